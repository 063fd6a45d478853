import { binomialUpperTail } from '../../src/stats/binomial.ts';
import { mcnemarMidP } from '../../src/stats/mcnemar.ts';
import { mcnemarPower, smallestGainFound } from '../../src/stats/mcnemar-power.ts';
import { randomStream } from '../../src/stats/random.ts';

describe("the power of McNemar's mid-p test", () => {
  it('is, where only wins flip, the chance of enough wins', () => {
    // At 0.1 three wins without a loss are enough: mid-p 0.0625; two are not: 0.125.
    expect(mcnemarPower(12, 0.3, 0.1, 0.1)).toBeCloseTo(binomialUpperTail(3, 12, 0.3), 12);
  });

  it('stays close to alpha without a gain', () => {
    for (const n of [20, 60, 200]) expect(mcnemarPower(n, 0, 0.2, 0.1)).toBeLessThan(0.11);
  });

  it('is what drawing pairs comes to', () => {
    const stream = randomStream('mcnemar power', 'draws');
    const [n, gain, discordance, alpha, draws] = [60, 0.1, 0.2, 0.08, 20_000];
    let found = 0;
    for (let draw = 0; draw < draws; draw++) {
      let [wins, losses] = [0, 0];
      for (let pair = 0; pair < n; pair++) {
        const u = stream.uniform();
        if (u < (discordance + gain) / 2) wins += 1;
        else if (u < discordance) losses += 1;
      }
      if (mcnemarMidP(wins, losses).improvement <= alpha) found += 1;
    }
    const power = mcnemarPower(n, gain, discordance, alpha);
    expect(Math.abs(found / draws - power)).toBeLessThan(4 * Math.sqrt((power * (1 - power)) / draws));
  });

  // Simulated to about a point, for 80 % power at one-sided 0.10, on what is left of 20, 50, 100, 200 and 500 rows.
  it.each([
    [0.1, [0.33, 0.14, 0.09, 0.07, 0.04]],
    [0.2, [0.33, 0.17, 0.13, 0.09, 0.06]],
  ])('finds the gains that were simulated for it, at a discordance of %d', (discordance, gains) => {
    const found = [12, 30, 60, 120, 300].map((n) => smallestGainFound(n, discordance, 0.1, 0.8));
    for (const [at, gain] of gains.entries()) expect(Math.abs(found[at]! - gain)).toBeLessThan(0.012);
  });

  it('finds nothing on too few pairs', () => {
    expect(smallestGainFound(2, 0.2, 0.1, 0.8)).toBe(1);
  });
});
