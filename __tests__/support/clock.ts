import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/domain/ports.ts';

/** A clock whose time passes only when everyone sleeps: no test waits for it. */
export interface FakeClock extends Clock {
  /** Every sleep asked for, in ms. */
  readonly sleeps: readonly number[];
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Jumps to the earliest sleeper once nothing else is about to happen in this process. */
export function fakeClock(): FakeClock {
  const sleeps: number[] = [];
  const sleepers = new Set<Sleeper>();
  let now = 0;
  let isTicking = false;

  const tick = (): void => {
    const next = [...sleepers].reduce<Sleeper | undefined>(
      (first, one) => (first === undefined || one.at < first.at ? one : first),
      undefined,
    );
    isTicking = next !== undefined;
    if (next === undefined) return;
    sleepers.delete(next);
    now = Math.max(now, next.at);
    next.wake();
    setImmediate(tick);
  };

  const add = (sleeper: Sleeper): void => {
    sleepers.add(sleeper);
    if (isTicking) return;
    isTicking = true;
    setImmediate(tick);
  };

  return {
    sleeps,
    now: () => now,
    after: (ms, then) => {
      const sleeper: Sleeper = { at: now + ms, wake: then };
      add(sleeper);
      return () => sleepers.delete(sleeper);
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const aborted = (): void => reject(new DOMException('The sleep was cut short.', 'AbortError'));
        if (signal?.aborted) {
          aborted();
          return;
        }
        sleeps.push(ms);
        const sleeper: Sleeper = { at: now + ms, wake: () => resolve() };
        add(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleepers.delete(sleeper);
            aborted();
          },
          { once: true },
        );
      }),
  };
}

/** The computer's time, run `speed` times as fast: for engines that talk to a real server. */
export function hurriedClock(speed: number): Clock {
  return {
    now: () => performance.now() * speed,
    after: (ms, then) => {
      const timer = setTimeout(then, ms / speed);
      return () => clearTimeout(timer);
    },
    sleep: (ms, signal) => wait(ms / speed, undefined, { signal }),
  };
}
