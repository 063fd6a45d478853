import * as core from '@actions/core';
import type { Clock, OnProgress, Progress } from '../../domain/ports.ts';

const everyMs = 10_000;

/** Lines in the log, folded away in a group of their own: a bar would fill it. */
export interface ProgressLog {
  readonly onProgress: OnProgress;
  /** Ends the group, with a last line that says where the run ended. */
  readonly stop: () => void;
}

type Log = Pick<typeof core, 'info' | 'startGroup' | 'endGroup'>;

/** Says where the run stands every ten seconds from its first answer on, whether anything has happened since or not. */
export function progressLog(clock: Clock, tell: (so: Progress, nowMs: number) => string, log: Log = core): ProgressLog {
  let so: Progress | undefined;
  let callOff = (): void => {};
  const say = (latest: Progress): void => log.info(tell(latest, clock.now()));
  const tick = (): void => {
    if (so !== undefined) say(so);
    callOff = clock.after(everyMs, tick);
  };
  return {
    onProgress: (latest) => {
      if (so === undefined) {
        log.startGroup('Progress');
        callOff = clock.after(everyMs, tick);
      }
      so = latest;
    },
    stop: () => {
      callOff();
      if (so === undefined) return;
      say(so);
      log.endGroup();
      so = undefined;
    },
  };
}
