import type { Clock } from '../domain/ports.ts';

const msPerMinute = 60_000;

/** Calls `onOver` once that many minutes have passed on the clock; never without a cap. The function returned calls it off. */
export function startDeadline(minutes: number | undefined, clock: Clock, onOver: () => void): () => void {
  return minutes === undefined ? () => {} : clock.after(minutes * msPerMinute, onOver);
}
