import type { Failure } from '../../src/domain/trial.ts';
import { type Attempts, retryWait } from '../../src/evaluate/retry.ts';
import { failure } from '../support/scripted-model.ts';

const attempts = (more: Partial<Attempts> = {}): Attempts => ({
  made: 1,
  timedOut: 0,
  elapsedMs: 0,
  everAnswered: true,
  refusedForMs: 0,
  ...more,
});

describe('asking again', () => {
  it.each([
    [1, 250],
    [2, 500],
    [3, 1_000],
    [6, 8_000],
    [7, 8_000],
    [8, undefined],
  ])('after %i attempts waits %p ms at the most', (made, expected) => {
    expect(retryWait(failure('server-error'), attempts({ made }), 1)).toBe(expected);
  });

  it('waits at least half of that', () => {
    expect(retryWait(failure('server-error'), attempts({ made: 3 }), 0)).toBe(500);
  });

  it.each<[string, Failure, Partial<Attempts>, number | undefined]>([
    ['at once after a refused parameter', failure('parameter'), {}, 0],
    ['as long as the server says', failure('server-error', { retryAfterMs: 30_000 }), {}, 30_000],
    ['no longer than its lane does, for a rate limit', failure('rate-limited', { retryAfterMs: 30_000 }), {}, 0],
    ['not for a model that has refused everything for two minutes', failure('rate-limited'), { refusedForMs: 120_001 }, undefined],
    ['not for a server that wants more than a minute', failure('rate-limited', { retryAfterMs: 61_000 }), {}, undefined],
    ['not for what cannot change', failure('unauthorized'), {}, undefined],
    ['more often for a rate limit', failure('rate-limited'), { made: 15 }, 0],
    ['but not forever', failure('rate-limited'), { made: 16 }, undefined],
    ['after four timeouts', failure('timeout'), { made: 4, timedOut: 4 }, 1_000],
    ['but not after five', failure('timeout'), { made: 5, timedOut: 5 }, undefined],
    [
      'only once after a timeout of a server that never answered',
      failure('timeout'),
      { made: 2, timedOut: 2, everAnswered: false },
      undefined,
    ],
    [
      'not after 6 s of a server that never answered',
      failure('unreachable'),
      { made: 5, elapsedMs: 5_900, everAnswered: false },
      undefined,
    ],
    ['after 6 s of a server that did', failure('unreachable'), { made: 5, elapsedMs: 5_900 }, 2_000],
    [
      'for a server that is starting and says how long it takes',
      failure('server-error', { retryAfterMs: 20_000 }),
      { made: 2, elapsedMs: 20_000, everAnswered: false },
      20_000,
    ],
  ])('%s', (_, why, more, expected) => {
    expect(retryWait(why, attempts(more), 0)).toBe(expected);
  });
});
