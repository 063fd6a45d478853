import type { Pair } from '../../src/domain/verdict.ts';
import { rankIn } from '../../src/evalset/stages.ts';
import { planTrials } from '../../src/evaluate/plan.ts';
import { isHarmful, isStopLook } from '../../src/gate/design.ts';
import { stopsForHarm } from '../../src/stats/e-process.ts';
import { type RandomStream, randomStream } from '../../src/stats/random.ts';

/** The looks' share of an alpha of 5 %. */
const STOP_ALPHA = 0.01;
const RULES = { alpha: 0.04, margin: 0.05 };
const EXAMPLES = 200;
const WORLDS = 1_000;

/** How often each example is passed under either version, and what is declared of it. */
interface Row {
  readonly tag: string;
  readonly base: number;
  readonly head: number;
}

interface World {
  readonly stages: Parameters<typeof rankIn>[0];
  readonly repeats: number;
  readonly row: (index: number, stream: RandomStream) => Row;
  /** What the order goes by, where rows have a rate: earlier answers (of the base), or the very ones that are compared. */
  readonly rate?: 'earlier' | 'compared';
}

const passes = (rate: number, of: number, stream: RandomStream): number => {
  let sum = 0;
  for (let run = 0; run < of; run++) sum += stream.uniform() < rate ? 1 : 0;
  return sum / of;
};

const REQUEST = { model: 'm', params: {}, messages: [] };

/** The share of worlds whose run harm would end, asked in the order that the plan has. */
function stopped({ stages, repeats, row, rate }: World): number {
  let count = 0;
  for (let nth = 0; nth < WORLDS; nth++) {
    const stream = randomStream(`world ${nth}`, 'outcomes');
    const rank = rankIn(stages);
    const rows = Array.from({ length: EXAMPLES }, (_, index) => {
      const { tag, base, head } = row(index, stream);
      const pair: Pair = { exampleId: `e${index}`, base: passes(base, repeats, stream), head: passes(head, repeats, stream), tags: [tag] };
      const passRate = rate === 'compared' ? pair.base : passes(base, 4, stream);
      const source = { file: 'a', line: 1 };
      const example = { id: pair.exampleId, vars: {}, messages: [], tags: [tag], source, ...(rate && { passRate }) };
      return { pair, planned: { exampleId: pair.exampleId, requests: { head: REQUEST }, rank: rank(example) } };
    });
    const plan = planTrials([{ name: 's', seed: `seed ${nth}`, repeats: 1, examples: rows.map(({ planned }) => planned) }]);
    const pairs = Array.from({ length: EXAMPLES }, (_, at) => rows[plan.placeOf(at).example]!.pair);
    // The rule holds only where this does, which is quicker to see.
    const differences = pairs.map((pair) => pair.head - pair.base);
    if (stopsForHarm(differences, STOP_ALPHA, 10) === undefined) continue;
    if (pairs.some((_, at) => isStopLook(at, EXAMPLES) && isHarmful(pairs.slice(0, at), RULES, STOP_ALPHA))) count += 1;
  }
  return count / WORLDS;
}

const between = (low: number, high: number, stream: RandomStream): number => low + (high - low) * stream.uniform();

/** A quarter of the rows is hard; both versions do equally well in each stage, though not on each row. */
const harmless = (index: number, stream: RandomStream): Row => {
  const isHard = index % 4 === 0;
  const rate = () => (isHard ? between(0.2, 0.6, stream) : between(0.8, 1, stream));
  return { tag: isHard ? 'hard' : 'easy', base: rate(), head: rate() };
};
const same = (low: number, high: number) => (_: number, stream: RandomStream) => {
  const rate = between(low, high, stream);
  return { tag: 'all', base: rate, head: rate };
};

describe('a version that is no worse in any stage is stopped no more often than promised', () => {
  it.each<[string, World]>([
    ['hard rows first', { stages: ['hard'], repeats: 1, row: harmless }],
    ['hard rows first, three runs of each', { stages: ['hard'], repeats: 3, row: harmless }],
    ['easy rows first', { stages: ['easy'], repeats: 1, row: harmless }],
    ['rows about which earlier answers disagree first', { stages: 'passRate', rate: 'earlier', repeats: 1, row: same(0, 1) }],
    ['the same where nearly all fail, three runs of each', { stages: 'passRate', rate: 'earlier', repeats: 3, row: same(0.05, 0.3) }],
    ['the same where nearly all pass', { stages: 'passRate', rate: 'earlier', repeats: 3, row: same(0.7, 0.95) }],
    ['both: by stage, and by rate within', { stages: ['hard'], rate: 'earlier', repeats: 3, row: harmless }],
  ])('%s', (_title, world) => {
    expect(stopped(world)).toBeLessThanOrEqual(STOP_ALPHA);
  });
});

it('one that fails the first stage is stopped, whatever else it does better: so the report says which rows that speaks of', () => {
  const row = (index: number): Row =>
    index % 4 === 0 ? { tag: 'hard', base: 0.6, head: 0.2 } : { tag: 'easy', base: 0.8, head: 0.8 + 0.4 / 3 };
  expect(stopped({ stages: ['hard'], repeats: 1, row })).toBeGreaterThan(0.5);
});

it('an order by the very answers that are compared would break the promise: the base’s luck turns, and looks like harm', () => {
  expect(stopped({ stages: 'passRate', rate: 'compared', repeats: 3, row: same(0.05, 0.3) })).toBeGreaterThan(0.5);
});
