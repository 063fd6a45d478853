import type { Progress } from '../domain/ports.ts';
import { counted, duration, grouped, usd } from './numbers.ts';

/** The pace told is that of the last quarter to half minute. */
const stretchMs = 15_000;

/** Says where a run stands: counts, pace, time left, spend. One per run; `nowMs` never goes back. */
export function progressTeller(startMs: number): (so: Progress, nowMs: number) => string {
  let [older, newer] = [
    { atMs: startMs, done: 0 },
    { atMs: startMs, done: 0 },
  ];
  return (so, nowMs) => {
    if (nowMs - newer.atMs >= stretchMs) [older, newer] = [newer, { atMs: nowMs, done: so.done }];
    return sentence(so, ((so.done - older.done) / (nowMs - older.atMs)) * 1_000);
  };
}

function sentence({ done, total, failed, calls, costUsd }: Progress, perSecond: number): string {
  const isMoving = Number.isFinite(perSecond) && perSecond > 0;
  return [
    `${grouped(done)} of ${counted(total, 'trial')} (${Math.floor((100 * done) / total)} %)`,
    isMoving ? `${perSecond < 10 ? perSecond.toFixed(1) : grouped(Math.round(perSecond))} a second` : '',
    isMoving && done < total ? `${duration(((total - done) / perSecond) * 1_000)} left` : '',
    counted(calls, 'call'),
    costUsd === undefined ? '' : usd(costUsd),
    failed === 0 ? '' : `${grouped(failed)} without a score`,
  ]
    .filter(Boolean)
    .join(', ');
}
