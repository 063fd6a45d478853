import { binomialPmf, binomialUpperTail } from './binomial.ts';
import { mcnemarMidP } from './mcnemar.ts';

/** By number of flips up to n, the fewest wins among them at which the one-sided mid-p is at most alpha; one more than the flips where none are enough. */
function fewestWins(n: number, alpha: number): number[] {
  const fewest = [1];
  for (let flips = 1; flips <= n; flips++) {
    // One flip more asks for the same number of wins or for one more.
    let wins = fewest[flips - 1]!;
    while (wins <= flips && mcnemarMidP(wins, flips - wins).improvement > alpha) wins += 1;
    fewest.push(wins);
  }
  return fewest;
}

function powerOf(fewest: readonly number[], gain: number, discordance: number): number {
  const n = fewest.length - 1;
  const flipRate = Math.min(1, Math.max(discordance, gain));
  const winShare = flipRate === 0 ? 0.5 : (flipRate + gain) / (2 * flipRate);
  let power = 0;
  for (let flips = 1; flips <= n; flips++) {
    const chance = binomialPmf(flips, n, flipRate);
    if (chance > 1e-12) power += chance * binomialUpperTail(fewest[flips]!, flips, winShare);
  }
  return power;
}

/**
 * Exact chance that McNemar's one-sided mid-p test at `alpha` finds a true gain on `n` pass/fail pairs of which a share `discordance` flips:
 * sum over m of Bin(m; n, discordance) P(Bin(m, (discordance + gain) / (2 discordance)) >= fewest wins). A gain beyond the discordance raises it.
 */
export function mcnemarPower(n: number, gain: number, discordance: number, alpha: number): number {
  return powerOf(fewestWins(n, alpha), gain, discordance);
}

/** The smallest gain that this test finds with probability `power`, to a hundredth of a point; 1 where none is found so often. */
export function smallestGainFound(n: number, discordance: number, alpha: number, power: number): number {
  const fewest = fewestWins(n, alpha);
  if (powerOf(fewest, 1, discordance) < power) return 1;
  let [missed, found] = [0, 1];
  while (found - missed > 1e-4) {
    const middle = (missed + found) / 2;
    if (powerOf(fewest, middle, discordance) >= power) found = middle;
    else missed = middle;
  }
  return found;
}
