import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../domain/ports.ts';

/** The computer's own time. `sleep` rejects with an AbortError once its signal fires. */
export const realClock: Clock = {
  now: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
};
