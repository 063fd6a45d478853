import { judge, type Rules } from '../../src/gate/gate.ts';
import { slicesLeftOut } from '../../src/gate/slices.ts';
import { randomStream } from '../../src/stats/random.ts';
import { findingsOf, passFail } from './pairs.ts';

const rules: Rules = { alpha: 0.05, margin: 0.05 };
const judged = (pairs: ReturnType<typeof passFail>, more: Partial<Rules>) => judge({ pairs, missing: [] }, [], { ...rules, ...more });

/** 400 examples without harm, and 40 tagged `refunds` of which many broke. */
const hiddenHarm = [...passFail(60, 5, 335, ['orders']), ...passFail(1, 12, 27, ['refunds'])];

describe('a protected slice', () => {
  it('blocks though the whole improved, and is named', () => {
    const { verdict, because } = judged(hiddenHarm, { protected: [{ slice: 'refunds' }] });
    expect([verdict, because]).toEqual(['regressed', [{ rule: 'slice-regressed', slice: 'refunds' }, { rule: 'lower-above-zero' }]]);
  });

  it('does not block where its drop is surely within its own margin', () => {
    const { verdict } = judged(hiddenHarm, { protected: [{ slice: 'refunds', margin: 0.6 }] });
    expect(verdict).toBe('improved');
  });

  it('shares alpha with the whole by Holm, so that a whole just significant alone no longer blocks', () => {
    // Tango at zero is McNemar: 12 losses against 5 wins give z = −1.698, p = 0.045; with one more test Holm asks for 0.025.
    const pairs = [...passFail(5, 12, 63, ['a']), ...passFail(0, 0, 20, ['b'])];
    expect(judged(pairs, {}).verdict).toBe('regressed');
    expect(judged(pairs, { protected: [{ slice: 'b' }] }).verdict).toBe('inconclusive');
  });

  it('takes no alpha from the whole where no example has its tag', () => {
    const pairs = passFail(5, 12, 63, ['a']);
    expect(judged(pairs, { protected: [{ slice: 'nobody' }] }).verdict).toBe('regressed');
  });

  it('of fewer than 10 examples is not tested, and that is said', () => {
    const judgement = judged([...passFail(12, 6, 282), ...passFail(0, 9, 0, ['tiny'])], { protected: [{ slice: 'tiny' }] });
    expect([judgement.verdict, findingsOf(judgement)]).toEqual(['no-worse', [{ rule: 'slice-too-small', slice: 'tiny', examples: 9 }]]);
  });

  it('must in strict mode be shown to keep its own margin before anything passes', () => {
    const pairs = [...passFail(4, 4, 400), ...passFail(1, 2, 37, ['refunds'])];
    expect(judged(pairs, { protected: [{ slice: 'refunds' }] }).verdict).toBe('no-worse');
    const judgement = judged(pairs, { protected: [{ slice: 'refunds' }], strict: true });
    expect([judgement.verdict, findingsOf(judgement)]).toEqual([
      'inconclusive',
      [{ rule: 'slice-unproven', slice: 'refunds', margin: 0.05 }],
    ]);
    expect(judged(pairs, { protected: [{ slice: 'refunds', margin: 0.3 }], strict: true }).verdict).toBe('no-worse');
  });

  it('that is too small keeps a strict gate from passing', () => {
    const pairs = [...passFail(0, 0, 400), ...passFail(0, 0, 5, ['tiny'])];
    expect(judged(pairs, { protected: [{ slice: 'tiny' }], strict: true }).verdict).toBe('inconclusive');
  });
});

describe('of very many tags', () => {
  const few = Array.from({ length: 300 }, (_, i) => passFail(0, 0, 2, [`customer-${String(i).padStart(3, '0')}`])).flat();
  const pairs = [...few, ...passFail(1, 1, 20, ['chat'])];
  const names = (guarded: readonly string[]) =>
    judged(pairs, { slices: true, protected: guarded.map((slice) => ({ slice })) }).slices.map(({ name }) => name);

  it('the largest are compared, among equals the first by name, and the rest is counted', () => {
    expect(names([])).toHaveLength(200);
    expect([names([])[0], names([]).at(-1)]).toEqual(['chat', 'customer-198']);
    expect(slicesLeftOut(pairs, judged(pairs, { slices: true }).slices)).toBe(101);
    expect(slicesLeftOut(pairs, judged(pairs, {}).slices)).toBe(0);
  });

  it('every protected one is compared, however small', () => {
    expect(names(['customer-299'])).toHaveLength(201);
    expect(names(['customer-299']).at(-1)).toBe('customer-299');
  });
});

describe('a slice that nobody protected', () => {
  it('is named where it got worse while the mean improved, and blocks nothing', () => {
    const judgement = judged(hiddenHarm, { slices: true });
    expect([judgement.verdict, findingsOf(judgement)]).toEqual(['improved', [{ rule: 'slice-worse', slice: 'refunds' }]]);
  });

  it('is not named where the whole got worse: that says enough', () => {
    expect(findingsOf(judged(passFail(0, 40, 40, ['all']), { slices: true }))).toEqual([]);
  });

  it('is named by chance in few of many harmless comparisons', () => {
    const stream = randomStream('slices', 'harmless');
    const trial = () =>
      Array.from({ length: 200 }, (_, i) => {
        const flips = stream.uniform() < 0.15;
        const base = stream.below(2);
        return { exampleId: `${i}`, base, head: flips ? 1 - base : base, tags: [`slice ${i % 5}`] };
      });
    const named = Array.from({ length: 400 }, () => findingsOf(judged(trial(), { slices: true })).length).filter(
      (count) => count > 0,
    ).length;
    // Five true nulls: Benjamini and Hochberg name any of them in at most alpha of all comparisons; 400 of them err by 0.011.
    expect(named / 400).toBeLessThan(0.05 + 3 * 0.011);
  });

  it('counts an example once however often it carries the tag', () => {
    const pairs = passFail(0, 0, 30).map((pair) => ({ ...pair, tags: ['twice', 'twice'] }));
    expect(judged(pairs, { slices: true }).slices.map(({ pairs: members }) => members.length)).toEqual([30]);
  });
});

it('compares 20 slices of 10,000 examples, each over its own', () => {
  const pairs = Array.from({ length: 10_000 }, (_, i) => ({
    exampleId: `${i}`,
    base: 1,
    head: i % 20 === 7 && i % 3 === 0 ? 0 : 1,
    tags: [`s${i % 20}`],
  }));
  const judgement = judged(pairs, { slices: true });
  expect(judgement.slices.map(({ pairs: members }) => members.length)).toEqual(Array.from({ length: 20 }, () => 500));
  expect(findingsOf(judgement)).toEqual([{ rule: 'slice-worse', slice: 's7' }]);
});
