import { stirlingError } from './log-gamma.ts';
import type { RandomStream } from './random.ts';

/** From this mean on rejection is quicker than counting up. */
const REJECT_FROM = 10;

/**
 * A draw of X ~ Bin(n, p). Counting up the distribution (Kachitvichyanukul & Schmeiser's BINV, CACM 31:216, 1988) where the mean is small, else
 * Hormann's transformed rejection (BTRS, J. Stat. Comput. Simul. 46:101, 1993), whose time does not grow with n. Both are exact.
 * RangeError unless n is 0, 1, 2, ... and p lies in [0, 1].
 */
export function binomialDraw(n: number, p: number, stream: RandomStream): number {
  if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`the number of trials must be 0, 1, 2, ...; it is ${n}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability must lie in [0, 1]; it is ${p}`);
  if (n === 0 || p === 0) return 0;
  if (p > 0.5) return n - binomialDraw(n, 1 - p, stream);
  return n * p < REJECT_FROM ? countedUp(n, p, stream) : rejected(n, p, stream);
}

function countedUp(n: number, p: number, stream: RandomStream): number {
  const odds = p / (1 - p);
  const none = (1 - p) ** n;
  for (;;) {
    let left = stream.uniform();
    let term = none;
    for (let k = 0; k <= n; k++) {
      if (left <= term) return k;
      left -= term;
      term *= (odds * (n - k)) / (k + 1);
    }
    // What rounding leaves beyond the last term is drawn again.
  }
}

function rejected(n: number, p: number, stream: RandomStream): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const center = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const logOdds = Math.log(p / (1 - p));
  const surely = 0.92 - 4.2 / b;
  const atMode = logWays(n, mode);
  for (;;) {
    const u = stream.uniform() - 0.5;
    const v = stream.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + center);
    if (us >= 0.07 && v <= surely) return k;
    if (!(k >= 0 && k <= n)) continue;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= logWays(n, k) - atMode + (k - mode) * logOdds) return k;
  }
}

/** ln (n over k), but for what does not depend on k, by Stirling's formula and what that leaves out. */
function logWays(n: number, k: number): number {
  return -logFactorial(k) - logFactorial(n - k);
}

const logFactorial = (k: number): number => (k === 0 ? 0 : (k + 0.5) * Math.log(k) - k + HALF_LOG_TWO_PI + stirlingError(k));

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Fills `into` with a draw of multinomial counts: how often each of its places comes up among n, place i with the chance `shares[i]` out of their sum.
 * One binomial draw a place, each of what the places before have left.
 */
export function multinomialDraw(n: number, shares: ArrayLike<number>, stream: RandomStream, into: Uint32Array): void {
  let left = n;
  let rest = 0;
  for (let i = 0; i < shares.length; i++) rest += shares[i]!;
  for (let i = 0; i < shares.length; i++) {
    const count = i === shares.length - 1 ? left : binomialDraw(left, Math.min(1, shares[i]! / rest), stream);
    into[i] = count;
    left -= count;
    rest -= shares[i]!;
  }
}
