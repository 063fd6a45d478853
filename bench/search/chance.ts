import { normalQuantile } from '../../src/stats/normal.ts';

// Chance as a function of its name: whoever asks first or twice, the same question has the same answer. MurmurHash3 (Appleby, public domain) over UTF-16 units.

/** Names that many questions share, such as the text of a prompt: what they make of a state is kept. */
const LONG = 64;
const MOST_KEPT = 1_000;
const kept = new Map<string, Map<number, number>>();

/** The state of the hash after a further part of a name. */
function mixed(state: number, part: string): number {
  if (part.length < LONG) return mixedAnew(state, part);
  if (kept.size > MOST_KEPT) kept.clear();
  const known = kept.get(part) ?? new Map<number, number>();
  const next = known.get(state) ?? mixedAnew(state, part);
  kept.set(part, known.set(state, next));
  return next;
}

function mixedAnew(state: number, part: string): number {
  let h = state;
  for (let at = 0; at < part.length; at++) {
    let k = Math.imul(part.charCodeAt(at), 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    h ^= k;
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  return h;
}

function ended(state: number, length: number): number {
  let h = state ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const SEED = 0x9747b28c | 0;

/** Uniform in (0, 1), a function of its name: of its parts with "|" between them. */
export function uniform(...name: readonly (string | number)[]): number {
  let [state, length] = [SEED, name.length - 1];
  for (const [at, part] of name.entries()) {
    const text = String(part);
    state = mixed(at === 0 ? state : mixedAnew(state, '|'), text);
    length += text.length;
  }
  return (ended(state, length) + 0.5) / 2 ** 32;
}

/** Whether something of that chance happens, a function of its name. What never happens is not drawn. */
export function happens(chance: number, ...name: readonly (string | number)[]): boolean {
  return chance > 0 && uniform(...name) < chance;
}

/** Standard normal, a function of its name. */
export function normal(...name: readonly (string | number)[]): number {
  return normalQuantile(uniform(...name));
}

/** The place in `shares`, which sum to 1, that a uniform number falls into. */
export function choice(shares: readonly number[], u: number): number {
  let rest = u;
  for (const [at, share] of shares.entries()) {
    rest -= share;
    if (rest < 0) return at;
  }
  return shares.length - 1;
}

const NODES = 81;
const REACH = 6;

/** Mean of 1 / (1 + exp(−(logit + sd Z))) over a standard normal Z, by the trapezoid rule on [−6, 6]: to about 1e-9. */
export function meanChance(logit: number, sd: number): number {
  let [sum, weight] = [0, 0];
  for (let node = 0; node < NODES; node++) {
    const z = -REACH + (2 * REACH * node) / (NODES - 1);
    const density = Math.exp((-z * z) / 2);
    sum += density / (1 + Math.exp(-(logit + sd * z)));
    weight += density;
  }
  return sum / weight;
}
