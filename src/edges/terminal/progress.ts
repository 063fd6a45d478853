import cliProgress from 'cli-progress';
import type { Clock, OnProgress, Progress } from '../../domain/ports.ts';

/** A progress bar on standard error; nothing where that is no terminal. */
export interface ProgressBar {
  readonly onProgress: OnProgress;
  stop(): void;
}

/** No eye sees more. */
const everyMs = 100;

/** `tell` says in words where the run stands. On `signal` the bar goes for good: what ends the process next must not leave a terminal without a cursor. */
export function progressBar(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  clock: Clock,
  tell: (so: Progress, nowMs: number) => string,
  signal: AbortSignal,
): ProgressBar {
  if (!stream.isTTY) return { onProgress: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {text}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    clearOnComplete: true,
    hideCursor: true,
  });
  let drawnMs: number | undefined;
  signal.addEventListener('abort', () => bar.stop(), { once: true });
  return {
    onProgress: (so) => {
      if (signal.aborted) return;
      const now = clock.now();
      if (drawnMs !== undefined && now - drawnMs < everyMs && so.done < so.total) return;
      const text = tell(so, now);
      if (drawnMs === undefined) bar.start(so.total, so.done, { text });
      else bar.update(so.done, { text });
      bar.setTotal(so.total);
      drawnMs = now;
    },
    stop: () => bar.stop(),
  };
}
