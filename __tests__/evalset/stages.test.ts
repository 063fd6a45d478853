import type { Example } from '../../src/domain/evalset.ts';
import { rankIn } from '../../src/evalset/stages.ts';

const row = (id: string, tags: readonly string[], passRate?: number): Example => ({
  id,
  input: id,
  vars: {},
  messages: [],
  tags,
  ...(passRate !== undefined && { passRate }),
  source: { file: 'evals/a.jsonl', line: 1 },
});

/** Ids in their order, those that are equal between bars. */
function ordered(stages: Parameters<typeof rankIn>[0], rows: readonly Example[]): string {
  const rank = rankIn(stages);
  const ranks = [...new Set(rows.map(rank))].sort((one, other) => one - other);
  return ranks.map((each) => rows.flatMap((one) => (rank(one) === each ? [one.id] : [])).join('|')).join(' ');
}

it.each<[string, Parameters<typeof rankIn>[0], readonly Example[], string]>([
  ['stages come in their order, the rest last', ['hard', 'long'], [row('a', []), row('b', ['long']), row('c', ['hard'])], 'c b a'],
  [
    'a row of several stages is of the first',
    ['hard', 'long'],
    [row('a', ['long', 'hard']), row('b', ['hard']), row('c', ['long'])],
    'a|b c',
  ],
  [
    'what tells versions apart comes before what all pass or fail',
    'passRate',
    [row('a', [], 1), row('b', [], 0.5), row('c', [], 0)],
    'b a|c',
  ],
  ['as often above as below the middle is equal', 'passRate', [row('a', [], 0.3), row('b', [], 0.7), row('c', [], 0.31)], 'c a|b'],
  ['what nobody knows is not taken for dull', 'passRate', [row('a', [], 0.6), row('b', []), row('c', [], 0.5)], 'b|c a'],
  ['a stage counts before a rate', ['hard'], [row('a', ['hard'], 1), row('b', [], 0.5), row('c', ['hard'], 0.5)], 'c a b'],
])('%s', (_title, stages, rows, expected) => {
  expect(ordered(stages, rows)).toBe(expected);
});
