import { shuffled } from '../../stats/random.ts';
import { editRequest } from '../proposer/messages.ts';
import { failuresOf, shown } from './failures.ts';
import type { Operator, Seen } from './operator.ts';

const MEMBERS = 5;
const FEWEST = 2;

/** Failures that have something in common. */
interface Cluster {
  /** What they share, in words of ours around words of the rows. */
  readonly trait: string;
  readonly failures: readonly Seen[];
  /** By how many the failures exceed what the rows with this trait would have at the parent's mean rate. */
  readonly excess: number;
}

/** Takes the failures that most rows with one trait share, and asks for one general rule for inputs of that kind. */
export const clusterRule: Operator = {
  name: 'cluster-rule',
  needsProposer: true,
  quotesRows: false,
  propose: ({ parent, seen, attempt, stream }) => {
    const clusters = clustersOf(seen);
    const cluster = clusters[attempt % Math.max(1, clusters.length)];
    if (cluster === undefined) return undefined;
    const messages = editRequest(parent, {
      aim: 'The prompt below fails on one kind of input again and again. Write one general rule that tells how inputs of this kind are to be handled, and put it where it belongs.',
      exhibits: [
        { heading: 'What the failures share', text: cluster.trait },
        { heading: 'Some of them', text: shuffled(cluster.failures, stream).slice(0, MEMBERS).map(shown).join('\n\n') },
      ],
      mostEdits: 1,
    });
    return { kind: 'ask', messages, base: parent, mostEdits: 1 };
  },
};

/** Groups by tag, expected answer, broken constraint and the scorer's words; those that stand out most first. */
function clustersOf(seen: readonly Seen[]): readonly Cluster[] {
  const failures = new Set(failuresOf(seen));
  const rate = failures.size / Math.max(1, seen.length);
  const members = new Map<string, Seen[]>();
  for (const one of seen) for (const trait of traitsOf(one)) members.set(trait, [...(members.get(trait) ?? []), one]);
  return [...members]
    .map(([trait, rows]) => {
      const failing = rows.filter((row) => failures.has(row));
      return { trait, failures: failing, excess: failing.length - rate * rows.length };
    })
    .filter(({ failures: { length }, excess }) => length >= FEWEST && excess > 0)
    .sort((one, other) => other.excess - one.excess || (one.trait < other.trait ? -1 : 1));
}

function traitsOf({ example: { tags, expected }, outcome: { reason, broken } }: Seen): readonly string[] {
  return [
    ...tags.map((tag) => `The tag ${JSON.stringify(tag)}`),
    ...(isShort(expected) ? [`The expected answer ${JSON.stringify(expected)}`] : []),
    ...(broken === undefined ? [] : [`The broken rule ${JSON.stringify(broken)}`]),
    ...(reason === '' ? [] : [`The scorer's words, numbers aside: ${JSON.stringify(reason.replace(/\d+/g, '#').slice(0, 80))}`]),
  ];
}

function isShort(expected: Seen['example']['expected']): boolean {
  return (typeof expected === 'string' && expected.length <= 40) || typeof expected === 'number' || typeof expected === 'boolean';
}
