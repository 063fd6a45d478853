import { progressLog } from '../../../src/edges/actions/progress.ts';
import { fakeClock } from '../../support/clock.ts';

function logged() {
  const lines: string[] = [];
  const clock = fakeClock();
  const log = {
    info: (line: string) => lines.push(line),
    startGroup: (name: string) => lines.push(`> ${name}`),
    endGroup: () => lines.push('<'),
  };
  const progress = progressLog(clock, ({ done }, nowMs) => `${done} at ${nowMs / 1_000} s`, log);
  return { lines, clock, progress, at: (done: number) => progress.onProgress({ done, total: 50, failed: 0, calls: done }) };
}

describe('the progress in a log', () => {
  it('is a line every ten seconds in a group, however often something happens, and one at the end', async () => {
    const { lines, clock, progress, at } = logged();
    for (let second = 0; second < 25; second++) {
      at(second);
      await clock.sleep(1_000);
    }
    progress.stop();
    expect(lines).toEqual(['> Progress', '9 at 10 s', '19 at 20 s', '24 at 25 s', '<']);
  });

  it('goes on while nothing happens', async () => {
    const { lines, clock, progress, at } = logged();
    at(1);
    await clock.sleep(30_500);
    progress.stop();
    expect(lines).toEqual(['> Progress', '1 at 10 s', '1 at 20 s', '1 at 30 s', '1 at 30.5 s', '<']);
  });

  it('is nothing at all where nothing was asked, and leaves no timer behind', async () => {
    const { lines, clock, progress, at } = logged();
    progress.stop();
    expect(lines).toEqual([]);
    at(1);
    progress.stop();
    await clock.sleep(60_000);
    expect(lines).toEqual(['> Progress', '1 at 0 s', '<']);
  });
});
