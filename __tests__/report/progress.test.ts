import type { Progress } from '../../src/domain/ports.ts';
import { progressTeller } from '../../src/report/index.ts';

const so = (done: number, more: Partial<Progress> = {}): Progress => ({
  done,
  total: 2_000,
  failed: 0,
  calls: done,
  costUsd: done / 10_000,
  ...more,
});

describe('where a run stands', () => {
  it('is told by counts, pace, time left and spend', () => {
    const tell = progressTeller(1_000);
    expect(tell(so(240), 11_000)).toBe('240 of 2,000 trials (12 %), 24 a second, 1 min 13 s left, 240 calls, 0.0240 USD');
  });

  it('names trials without a score, and no cost that is unknown', () => {
    const { costUsd: _, ...unpriced } = so(15, { failed: 3, calls: 40 });
    expect(progressTeller(0)(unpriced, 10_000)).toBe(
      '15 of 2,000 trials (0 %), 1.5 a second, 22 min 3 s left, 40 calls, 3 without a score',
    );
  });

  it('has no time left at its end', () => {
    expect(progressTeller(0)(so(2_000), 100_000)).toBe('2,000 of 2,000 trials (100 %), 20 a second, 2,000 calls, 0.20 USD');
  });

  it('has no pace while nothing moves', () => {
    expect(progressTeller(0)(so(0), 0)).toBe('0 of 2,000 trials (0 %), 0 calls, 0.00 USD');
    expect(progressTeller(0)(so(0), 10_000)).toBe('0 of 2,000 trials (0 %), 0 calls, 0.00 USD');
  });

  it('follows a pace that changes', () => {
    const tell = progressTeller(0);
    for (let second = 1; second <= 60; second++) tell(so(second * 20), second * 1_000);
    for (let second = 61; second <= 120; second++) tell(so(1_200 + second - 60), second * 1_000);
    expect(tell(so(1_261), 121_000)).toMatch(/, 1\.0 a second, 12 min 19 s left,/);
  });
});
