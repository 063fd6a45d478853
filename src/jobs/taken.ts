import type { Arm, Trial } from '../domain/trial.ts';
import { type Prices, usdOf } from '../evaluate/bounds.ts';
import type { ByArm } from '../metrics/arms.ts';
import { metricNamed } from '../metrics/table.ts';
import type { Measurement } from './measurement.ts';

/** What the answers of one side took; parts that cannot be known are absent. */
export interface Taken {
  readonly latencyP95Ms?: number;
  readonly costPer1kUsd?: number;
}

/** The model that answers on either side; a new prompt has no base. */
type Models = Readonly<Partial<Record<Arm, string>>>;

/**
 * What the answers of either side took: 95 in 100 came within `latencyP95Ms`, and 1,000 of them cost `costPer1kUsd` by the tokens that the server
 * counted. Answers kept from earlier runs count with what they took then. A cost is there only where the price is known and each answer tells its tokens.
 */
function takenBy(trials: Iterable<Trial>, models: Models, prices: Prices): ByArm<Taken> {
  const columns = { base: { latenciesMs: new Latencies(), costUsd: 0 }, head: { latenciesMs: new Latencies(), costUsd: 0 } };
  for (const { arm, took } of trials) {
    const model = models[arm];
    if (took === undefined || model === undefined) continue;
    const { latencyMs, inputTokens, outputTokens } = took;
    const cost = inputTokens === undefined || outputTokens === undefined ? undefined : usdOf(model, { inputTokens, outputTokens }, prices);
    columns[arm].latenciesMs.add(latencyMs);
    columns[arm].costUsd += cost ?? Number.NaN;
  }
  const { base, head } = { base: taken(columns.base), head: taken(columns.head) };
  return { ...(base && { base }), ...(head && { head }) };
}

/** The same where a threshold holds it; else nothing is looked at. */
export function takenFor({ evalSet, models }: Measurement, trials: Iterable<Trial>, prices: Prices): ByArm<Taken> {
  const isHeld = Object.keys(evalSet.thresholds).some((name) => metricNamed(name)?.family === 'run');
  return isHeld ? takenBy(trials, models, prices) : {};
}

function taken({ latenciesMs, costUsd }: { readonly latenciesMs: Latencies; readonly costUsd: number }): Taken | undefined {
  const rising = latenciesMs.rising();
  if (rising.length === 0) return undefined;
  const costPer1kUsd = (1000 * costUsd) / rising.length;
  return { latencyP95Ms: quantile(rising, 0.95), ...(Number.isFinite(costPer1kUsd) && { costPer1kUsd }) };
}

/** Four bytes each, as a run keeps them. */
class Latencies {
  #room = new Float32Array(1024);
  #length = 0;

  add(latencyMs: number): void {
    if (this.#length === this.#room.length) {
      const room = new Float32Array(2 * this.#room.length);
      room.set(this.#room);
      this.#room = room;
    }
    this.#room[this.#length++] = latencyMs;
  }

  /** To be called last. */
  rising(): Float32Array {
    return this.#room.subarray(0, this.#length).sort();
  }
}

/** The smallest value that at least the share `q` of the values, in rising order, does not exceed; to a microsecond. At least one value. */
export function quantile(rising: ArrayLike<number>, q: number): number {
  return Math.round(1_000 * rising[Math.max(0, Math.ceil(q * rising.length) - 1)]!) / 1_000;
}
