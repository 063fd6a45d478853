import type { Pair } from '../../src/domain/verdict.ts';
import { judge } from '../../src/gate/gate.ts';
import { drawnDifferences } from '../../src/gate/metric.ts';
import { randomStream } from '../../src/stats/random.ts';

const EXAMPLES = 10_000;
const LABELS = 8;

/** Seconds to decide one prompt with 10,000 pairs, 20 slices and the interval of its macro-F1 from 2,000 draws. */
export function secondsToDecide(seed: string): number {
  const stream = randomStream(seed, 'speed');
  const gold = Uint8Array.from({ length: EXAMPLES }, () => stream.below(LABELS));
  const guess = () => gold.map((label) => (stream.uniform() < 0.85 ? label : stream.below(LABELS)));
  const [base, head] = [guess(), guess()];
  const pairs = Array.from({ length: EXAMPLES }, (_, i): Pair => {
    const passes = (labels: Uint8Array) => (labels[i] === gold[i] ? 1 : 0);
    return { exampleId: `e${i}`, base: passes(base), head: passes(head), tags: [`slice ${i % 20}`] };
  });
  const started = performance.now();
  judge({ pairs, missing: [] }, [], { alpha: 0.05, margin: 0.05, slices: true, protected: [{ slice: 'slice 0' }] });
  const [before, after] = [macroF1(gold, base), macroF1(gold, head)];
  drawnDifferences(
    { pooled: ['macroF1'], pool: (counts) => ({ base: [before(counts)], head: [after(counts)] }) },
    { examples: pairs.length },
    0.05,
    seed,
  );
  return (performance.now() - started) / 1000;
}

/** Mean over labels of 2TP / (2TP + FP + FN), where example i counts `counts[i]` times: first the confusions, then their sums. */
function macroF1(gold: Uint8Array, predicted: Uint8Array): (counts: ArrayLike<number>) => number {
  const cellOf = gold.map((label, i) => label * LABELS + predicted[i]!);
  return (counts) => {
    const confusions = new Uint32Array(LABELS * LABELS);
    for (let i = 0; i < counts.length; i++) confusions[cellOf[i]!]! += counts[i]!;
    let sum = 0;
    for (let label = 0; label < LABELS; label++) {
      let either = 0;
      for (let other = 0; other < LABELS; other++) either += confusions[label * LABELS + other]! + confusions[other * LABELS + label]!;
      sum += either === 0 ? 0 : (2 * confusions[label * LABELS + label]!) / either;
    }
    return sum / LABELS;
  };
}
