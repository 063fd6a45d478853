import type { RateLimits } from '../../src/domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../../src/domain/trial.ts';
import { Pace } from '../../src/evaluate/pace.ts';
import { randomStream } from '../../src/stats/random.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';
import { answer, failure } from '../support/scripted-model.ts';

const full = 64;
const latencyMs = 100;
const request = (model = 'm', bytes = 0): ModelRequest => ({
  model,
  params: { maxOutputTokens: 100 },
  messages: [{ role: 'user', content: 'x'.repeat(bytes) }],
});

interface Server {
  /** What becomes of a call that arrives now. */
  reply(): Answer | Failure;
  limits?(): RateLimits;
  /** Told when a call that was not refused is done. */
  done?(): void;
}

interface Driven {
  readonly sent: number;
  readonly refused: number;
  readonly elapsedMs: number;
  /** Calls under way, at the start of each. */
  readonly underWay: readonly { readonly atMs: number; readonly count: number }[];
}

/** Asks a model `calls` times as fast as its pace lets it, refused calls again until they are answered. */
async function drive(clock: FakeClock, server: Server, calls: number, concurrency = full): Promise<Driven> {
  const pace = new Pace(concurrency, clock, randomStream('test', 'pace'));
  const { signal } = new AbortController();
  const underWay: { atMs: number; count: number }[] = [];
  const so = { now: 0, sent: 0, refused: 0 };
  const questions = Array.from({ length: calls }).values();
  const one = async (): Promise<void> => {
    const place = pace.place();
    for (;;) {
      const turn = (await pace.enter(request(), place, signal))!;
      so.sent += 1;
      so.now += 1;
      underWay.push({ atMs: clock.now(), count: so.now });
      const reply = server.reply();
      await clock.sleep(latencyMs);
      const limits = server.limits?.();
      if (limits !== undefined) turn.heard(limits);
      so.now -= 1;
      if (reply.kind === 'answer') server.done?.();
      else so.refused += 1;
      turn.end(reply);
      if (reply.kind === 'answer') return;
    }
  };
  const work = async (): Promise<void> => {
    for (const _ of questions) await one();
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return { sent: so.sent, refused: so.refused, elapsedMs: clock.now(), underWay };
}

/** A bucket of `size` requests that fills with `perSecond`. */
function bucket(clock: FakeClock, size: number, perSecond: number) {
  let [level, atMs] = [size, 0];
  const fill = (): void => {
    level = Math.min(size, level + ((clock.now() - atMs) * perSecond) / 1_000);
    atMs = clock.now();
  };
  return {
    take: (): boolean => {
      fill();
      if (level < 1) return false;
      level -= 1;
      return true;
    },
    limits: (): RateLimits => {
      fill();
      return { requests: { limit: size, remaining: Math.floor(level), resetMs: ((size - level) / perSecond) * 1_000 } };
    },
  };
}

describe('the pace of a model that takes everything', () => {
  it('is full from the first call to the last', async () => {
    const ran = await drive(fakeClock(), { reply: () => answer('x') }, 640);
    expect(ran).toMatchObject({ sent: 640, elapsedMs: 10 * latencyMs });
  });
});

describe('a burst of refusals', () => {
  it('halves the calls under way once, and pauses all of them as long as the server says', async () => {
    const clock = fakeClock();
    const reply = () => (clock.now() < 50 ? failure('rate-limited', { retryAfterMs: 5_000 }) : answer('x'));
    const { underWay, refused } = await drive(clock, { reply }, 640);
    expect(refused).toBe(full);
    const after = underWay.filter(({ atMs }) => atMs > 0);
    expect(after[0]!.atMs).toBeGreaterThanOrEqual(latencyMs + 5_000);
    expect(Math.max(...after.filter(({ atMs }) => atMs === after[0]!.atMs).map(({ count }) => count))).toBe(full / 2);
  });

  it('is recovered from to the full number', async () => {
    const clock = fakeClock();
    const reply = () => (clock.now() < 3_000 ? failure('rate-limited') : answer('x'));
    const { underWay } = await drive(clock, { reply }, 6_000);
    expect(Math.max(...underWay.slice(-full).map(({ count }) => count))).toBe(full);
    // From one call at a time on, one more with each round.
    const recovered = underWay.find(({ atMs, count }) => atMs > 3_000 && count === full)!;
    const first = underWay.find(({ atMs }) => atMs > 3_000)!;
    expect(recovered.atMs - first.atMs).toBeLessThan(70 * latencyMs);
  });
});

describe('a server that takes 16 calls at a time', () => {
  it('is kept busy at three quarters of that at least, and refuses few', async () => {
    const clock = fakeClock();
    let busy = 0;
    const reply = () => {
      if (busy === 16) return failure('rate-limited', { retryAfterMs: 100 });
      busy += 1;
      return answer('x');
    };
    const ran = await drive(clock, { reply, done: () => (busy -= 1) }, 8_000);
    const ideal = (8_000 / 16) * latencyMs;
    expect(ran.elapsedMs).toBeLessThan(ideal / 0.6);
    expect(ran.refused / ran.sent).toBeLessThan(0.1);
  });
});

describe('a server that says how much is left', () => {
  it('is never asked more than it takes, and at four fifths of its rate at least', async () => {
    const clock = fakeClock();
    const { take, limits } = bucket(clock, 100, 20);
    const ran = await drive(
      clock,
      { reply: () => (take() ? answer('x') : failure('rate-limited', { retryAfterMs: 1_000 })), limits },
      2_000,
    );
    expect(ran.refused).toBe(0);
    expect(ran.elapsedMs).toBeLessThan(((2_000 - 100) / 20 / 0.8) * 1_000);
  });

  it('and refuses without saying so is asked again all the same', async () => {
    const clock = fakeClock();
    const { take } = bucket(clock, 100, 20);
    const ran = await drive(clock, { reply: () => (take() ? answer('x') : failure('rate-limited', { retryAfterMs: 1_000 })) }, 2_000);
    expect(ran.elapsedMs).toBeLessThan(((2_000 - 100) / 20 / 0.8) * 1_000);
    expect(ran.refused / ran.sent).toBeLessThan(0.3);
  });

  it('counts tokens too', async () => {
    const clock = fakeClock();
    const pace = new Pace(8, clock, randomStream('test', 'pace'));
    const { signal } = new AbortController();
    const first = (await pace.enter(request('m', 400), pace.place(), signal))!;
    // Of 500 tokens 300 are left for two calls of 200: one fits, the other waits for the limit to be whole again.
    first.heard({ tokens: { limit: 500, remaining: 300, resetMs: 7_000 } });
    first.end(answer('x'));
    const sentAtMs: number[] = [];
    const turns = [1, 2].map(async () => {
      const turn = (await pace.enter(request('m', 400), pace.place(), signal))!;
      sentAtMs.push(clock.now());
      return turn;
    });
    await Promise.all(turns);
    expect(sentAtMs).toEqual([0, 7_000]);
  });

  it.each([
    ['a question above the whole limit', { limit: 10, remaining: 10, resetMs: 4_000 }, 4_000],
    ['a limit that is whole tomorrow, after a minute', { limit: 10, remaining: 0, resetMs: 86_400_000 }, 60_000],
  ])('does not hold up %s for ever', async (_, tokens, untilMs) => {
    const clock = fakeClock();
    const pace = new Pace(8, clock, randomStream('test', 'pace'));
    const { signal } = new AbortController();
    const first = (await pace.enter(request(), pace.place(), signal))!;
    first.heard({ tokens });
    first.end(answer('x'));
    await pace.enter(request(), pace.place(), signal);
    expect(clock.now()).toBe(untilMs);
  });
});

describe('calls that wait', () => {
  const refusedFor = (retryAfterMs: number) => failure('rate-limited', { retryAfterMs });

  it('go in the order of their questions, however often these are asked again', async () => {
    const pace = new Pace(1, fakeClock(), randomStream('test', 'pace'));
    const { signal } = new AbortController();
    const places = [pace.place(), pace.place(), pace.place()];
    const order: number[] = [];
    const one = async (place: number, isAgain = false): Promise<void> => {
      const turn = (await pace.enter(request(), place, signal))!;
      order.push(place);
      turn.end(isAgain || place > 0 ? answer('x') : refusedFor(1_000));
      if (place === 0 && !isAgain) await one(0, true);
    };
    await Promise.all(places.map((place) => one(place)));
    expect(order).toEqual([0, 0, 1, 2]);
  });

  it('for one model do not hold up those for another', async () => {
    const clock = fakeClock();
    const pace = new Pace(8, clock, randomStream('test', 'pace'));
    const { signal } = new AbortController();
    (await pace.enter(request('slow'), pace.place(), signal))!.end(refusedFor(30_000));
    const slow = pace.enter(request('slow'), pace.place(), signal);
    await pace.enter(request('quick'), pace.place(), signal);
    expect(clock.now()).toBe(0);
    await slow;
    expect(clock.now()).toBeGreaterThanOrEqual(30_000);
  });

  it('are never more together than the run may have under way, whatever their models', async () => {
    const pace = new Pace(3, fakeClock(), randomStream('test', 'pace'));
    const { signal } = new AbortController();
    const turns = await Promise.all(['a', 'b', 'c'].map(async (model) => pace.enter(request(model), pace.place(), signal)));
    let isThrough = false;
    const fourth = Promise.resolve(pace.enter(request('d'), pace.place(), signal)).then(() => (isThrough = true));
    await Promise.resolve();
    expect(isThrough).toBe(false);
    turns[0]!.end(answer('x'));
    await fourth;
  });

  it('end with the run, and leave no timer behind', async () => {
    const clock = fakeClock();
    const pace = new Pace(8, clock, randomStream('test', 'pace'));
    const run = new AbortController();
    (await pace.enter(request(), pace.place(), run.signal))!.end(refusedFor(30_000));
    const enter = async () => pace.enter(request(), pace.place(), run.signal);
    const waiting = [enter(), enter()];
    run.abort();
    await Promise.all(waiting);
    await clock.sleep(1);
    expect(clock.now()).toBe(1);
    expect(await pace.enter(request(), pace.place(), run.signal)).toBeUndefined();
  });
});
