import { PassThrough } from 'node:stream';
import { progressBar } from '../../../src/edges/terminal/progress.ts';
import { fakeClock } from '../../support/clock.ts';

const so = (done: number) => ({ done, total: 1_000, failed: 0, calls: done });

/** What a bar writes while a thousand trials end, one each millisecond. */
async function written(isTTY: boolean): Promise<string> {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 100,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const clock = fakeClock();
  const bar = progressBar(stream, clock, ({ done }, nowMs) => `${done} at ${nowMs}`);
  for (let done = 1; done <= 1_000; done++) {
    await clock.sleep(1);
    bar.onProgress(so(done));
  }
  bar.stop();
  return String(stream.read() ?? '');
}

describe('a progress bar', () => {
  it('says on a terminal where the run stands', async () => {
    expect(await written(true)).toContain('█');
  });

  it('writes nothing where there is no terminal', async () => {
    expect(await written(false)).toBe('');
  });
});
