import { PassThrough } from 'node:stream';
import { progressBar } from '../../../src/edges/terminal/progress.ts';
import { fakeClock } from '../../support/clock.ts';

const so = (done: number) => ({ done, total: 1_000, failed: 0, calls: done });

/** What a bar writes while a thousand trials end, one each millisecond. */
async function written(isTTY: boolean, stopAfter = Infinity): Promise<string> {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 100,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const clock = fakeClock();
  const controller = new AbortController();
  const bar = progressBar(stream, clock, ({ done }, nowMs) => `${done} at ${nowMs}`, controller.signal);
  for (let done = 1; done <= 1_000; done++) {
    await clock.sleep(1);
    bar.onProgress(so(done));
    if (done === stopAfter) controller.abort();
  }
  bar.stop();
  return String(stream.read() ?? '');
}

describe('a progress bar', () => {
  it('says on a terminal where the run stands', async () => {
    expect(await written(true)).toContain('█');
  });

  it('gives the cursor and the wrapping of lines back once the run is to stop, and is not drawn again', async () => {
    const text = await written(true, 500);
    const [shown, wrapped] = ['\u001b[?25h', '\u001b[?7h'];
    expect([text.lastIndexOf('\u001b[?25l') < text.lastIndexOf(shown), text.lastIndexOf('\u001b[?7l') < text.lastIndexOf(wrapped)]).toEqual(
      [true, true],
    );
    expect(text.slice(text.lastIndexOf(shown))).not.toContain('█');
    expect(text).not.toContain('1000 at');
  });

  it('writes nothing where there is no terminal', async () => {
    expect(await written(false)).toBe('');
  });
});
