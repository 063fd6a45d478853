import { designOf, flakinessOf, isHarmful, isStopLook, nextLook, stoppedEarly } from '../../src/gate/design.ts';
import { judge } from '../../src/gate/gate.ts';
import { passFail, repeated, runs } from './pairs.ts';

describe('how alpha is shared', () => {
  it.each([
    ['nothing is set: one look at the whole of it', 1, {}, { looks: [{ repeats: 1, alpha: 0.05 }] }],
    ['early stop takes a fifth', 3, { earlyStop: true }, { stopAlpha: 0.01, looks: [{ repeats: 3, alpha: 0.04 }] }],
    ['settling looks three times', 1, { settle: { maxRepeats: 5 } }, { looks: [1, 3, 5].map((repeats) => ({ repeats, alpha: 0.05 / 3 })) }],
    [
      'settling by one repeat looks twice',
      4,
      { settle: { maxRepeats: 5 } },
      { looks: [4, 5].map((repeats) => ({ repeats, alpha: 0.025 })) },
    ],
    ['settling to what is planned anyway is no settling', 5, { settle: { maxRepeats: 5 } }, { looks: [{ repeats: 5, alpha: 0.05 }] }],
    ['fewer than planned are never run', 5, { settle: { maxRepeats: 3 } }, { looks: [{ repeats: 5, alpha: 0.05 }] }],
  ])('%s', (_title, repeats, choice, expected) => {
    const { looks, stopAlpha } = designOf(0.05, repeats, choice);
    expect(stopAlpha).toBe('stopAlpha' in expected ? expected.stopAlpha : undefined);
    expect(looks.map((look) => look.repeats)).toEqual(expected.looks.map((look) => look.repeats));
    for (const [at, look] of looks.entries()) expect(look.alpha).toBeCloseTo(expected.looks[at]!.alpha, 8);
  });

  it('never spends more than alpha in total', () => {
    for (const maxRepeats of [1, 2, 3, 10, 100]) {
      const { stopAlpha = 0, looks } = designOf(0.05, 1, { earlyStop: true, settle: { maxRepeats } });
      expect(looks.reduce((sum, { alpha }) => sum + alpha, stopAlpha)).toBeLessThanOrEqual(0.05 + 1e-12);
    }
  });
});

describe('an early stop', () => {
  const rules = { alpha: 0.04, margin: 0.05 };

  it('is considered after every tenth example but the last', () => {
    expect(Array.from({ length: 31 }, (_, at) => at).filter((at) => isStopLook(at, 30))).toEqual([10, 20]);
  });

  it('comes where losses are overwhelming', () => {
    expect(isHarmful(passFail(0, 14, 6), rules, 0.01)).toBe(true);
    expect(isHarmful(passFail(2, 6, 12), rules, 0.01)).toBe(false);
  });

  it('says regressed and how much was asked, without what would settle the rest', () => {
    const judgement = judge({ pairs: passFail(0, 7, 3), missing: [] }, [], rules);
    expect(stoppedEarly(judgement, 10, 50)).toMatchObject({
      verdict: 'regressed',
      because: [{ rule: 'stopped-early', examples: 10, of: 50 }, { rule: 'upper-below-zero' }],
    });
  });

  it('never comes for good news', () => {
    expect(isHarmful(passFail(40, 0, 0), rules, 0.01)).toBe(false);
  });

  it('never comes for a drop that the margin tolerates', () => {
    const small = passFail(0, 30, 970);
    expect(isHarmful(small, { ...rules, margin: 0.01 }, 0.01)).toBe(true);
    expect(isHarmful(small, rules, 0.01)).toBe(false);
  });
});

describe('settling', () => {
  const design = designOf(0.05, 1, { settle: { maxRepeats: 5 } });
  const steady = [repeated('a', runs(3, 3), runs(0, 3))];
  const unsteady = [repeated('a', runs(3, 3), runs(2, 3))];

  it('goes on only while the verdict is inconclusive', () => {
    expect(nextLook(design, 0, 'inconclusive', passFail(1, 1, 1))?.repeats).toBe(3);
    expect(nextLook(design, 0, 'regressed', passFail(1, 1, 1))).toBeUndefined();
    expect(nextLook(design, 0, 'no-worse', passFail(1, 1, 1))).toBeUndefined();
  });

  it('ends after the last look', () => {
    expect(nextLook(design, 1, 'inconclusive', unsteady)?.repeats).toBe(5);
    expect(nextLook(design, 2, 'inconclusive', unsteady)).toBeUndefined();
  });

  it('ends where no two runs disagreed: more of them would change nothing', () => {
    expect(nextLook(design, 1, 'inconclusive', steady)).toBeUndefined();
  });
});

it('examples are flaky under the prompt whose runs disagree', () => {
  const pairs = [
    repeated('a', runs(1, 3), runs(3, 3)),
    repeated('b', runs(3, 3), runs(2, 3)),
    repeated('c', runs(3, 3), runs(0, 3)),
    ...passFail(1, 1, 0),
  ];
  expect(flakinessOf(pairs)).toEqual({ base: ['a'], head: ['b'] });
});

it('of many flaky examples the first are listed and the others counted, on either side and together', () => {
  const flaky = (count: number, name: string, base: number[], head: number[]) =>
    Array.from({ length: count }, (_, i) => repeated(`${name}${i}`, base, head));
  const pairs = [...flaky(300, 'a', runs(1, 3), runs(3, 3)), ...flaky(50, 'b', runs(1, 3), runs(2, 3))];
  const { base, head, more } = flakinessOf(pairs);
  expect([base.length, base[0], head.length, more]).toEqual([200, 'a0', 50, { base: 150, head: 0, examples: 100 }]);
});
