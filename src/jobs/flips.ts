import type { Example } from '../domain/evalset.ts';
import type { Sequence } from '../domain/sequence.ts';
import type { Arm, Trial } from '../domain/trial.ts';
import { isUnsteady } from '../gate/design.ts';
import type { ExamplePair } from '../gate/pairs.ts';
import type { AnswerReport, FlipReport } from '../report/model.ts';

/** How much of the examples a report may show. */
export type Detail = 'full' | 'ids' | 'none';

const MOST = 200;

/** Examples whose score differs between the arms: losses by size, then wins by size, then by id. */
export function flipsOf(pairs: Sequence<ExamplePair>, trials: Iterable<Trial>, examples: Sequence<Example>, detail: Detail): FlipReport[] {
  if (detail === 'none') return [];
  const worst = worstFlips(pairs);
  const answers = firstAnswers(trials, worst);
  return worst.map((pair): FlipReport => {
    const { exampleId: id, example, base, head } = pair;
    const side = (arm: Arm): AnswerReport => ({
      score: pair[arm],
      ...(detail === 'full' && shown(answers[arm].get(example))),
    });
    return {
      id,
      change: head < base ? 'regressed' : 'fixed',
      ...(detail === 'full' && question(examples.at(example)!)),
      base: side('base'),
      head: side('head'),
      ...(isUnsteady(pair) && { flaky: true }),
    };
  });
}

/** A flip whose id is looked up once. */
interface Ranked {
  readonly pair: ExamplePair;
  readonly id: string;
}

/** The first of all flips in order, without putting all of them in order. */
function worstFlips(pairs: Sequence<ExamplePair>): ExamplePair[] {
  const worst: Ranked[] = [];
  for (const pair of pairs) {
    const last = worst.length === MOST ? worst[MOST - 1]! : undefined;
    if (pair.base === pair.head || (last !== undefined && bySize(last.pair, pair) < 0)) continue;
    const ranked = { pair, id: pair.exampleId };
    let [from, to] = [0, worst.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (worstFirst(worst[middle]!, ranked) < 0) from = middle + 1;
      else to = middle;
    }
    worst.splice(from, 0, ranked);
    worst.length = Math.min(worst.length, MOST);
  }
  return worst.map(({ pair }) => pair);
}

/** The first repeats of these examples' trials, by example. */
function firstAnswers(trials: Iterable<Trial>, pairs: readonly ExamplePair[]): Record<Arm, Map<number, Trial>> {
  const wanted = new Set(pairs.map(({ example }) => example));
  const answers = { base: new Map<number, Trial>(), head: new Map<number, Trial>() };
  for (const trial of trials) if (trial.repeat === 0 && wanted.has(trial.example)) answers[trial.arm].set(trial.example, trial);
  return answers;
}

function worstFirst(one: Ranked, other: Ranked): number {
  return bySize(one.pair, other.pair) || (one.id < other.id ? -1 : 1);
}

function bySize(one: ExamplePair, other: ExamplePair): number {
  const [a, b] = [one.head - one.base, other.head - other.base];
  if (a < 0 !== b < 0) return a < 0 ? -1 : 1;
  return Math.abs(b) - Math.abs(a);
}

function question({ input, vars, messages, expected }: Example): Pick<FlipReport, 'input' | 'expected'> {
  const asked = input ?? (Object.keys(vars).length > 0 ? JSON.stringify(vars) : messages.at(-1)?.content);
  return { ...(asked !== undefined && { input: asked }), ...(expected !== undefined && { expected }) };
}

function shown(trial: Trial | undefined): Pick<AnswerReport, 'answer' | 'reason'> {
  if (trial?.outcome.kind !== 'answer') return {};
  return { answer: trial.outcome.text, ...(trial.score && { reason: trial.score.reason }) };
}
