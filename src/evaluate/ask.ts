import type { Clock, LanguageModel } from '../domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../domain/trial.ts';
import type { RandomStream } from '../stats/random.ts';
import type { KnownAnswers } from './known-answers.ts';
import type { Fate, Ledger } from './ledger.ts';
import type { Pace, Turn } from './pace.ts';
import { retryWait } from './retry.ts';

/** What asking needs; one per run. */
export interface Asker {
  readonly model: LanguageModel;
  /** Consulted before a reservation is made: what it knows costs nothing. */
  readonly known: KnownAnswers;
  readonly ledger: Ledger;
  /** Shared by all askers of a run. */
  readonly pace: Pace;
  readonly clock: Clock;
  /** Longest that one attempt may take. */
  readonly timeoutMs: number;
  readonly jitter: RandomStream;
  /** Fires when nothing more is to be sent: whoever waits for his turn gives up. */
  readonly closing: AbortSignal;
  /** Fires when the run is over, whatever is still under way. */
  readonly signal: AbortSignal;
  /** Whether the server has answered anything in this run. */
  everAnswered: boolean;
}

/** What a question ended in, and the parameters that were withheld when it was last asked. */
export interface Outcome {
  readonly reply: Answer | Failure;
  readonly withheld: readonly string[];
}

/** Asks until there is an answer, the failure is final or the ledger refuses. Each attempt is paid from the ledger. `repeat` tells draws of one request apart. */
export async function ask(asker: Asker, request: ModelRequest, repeat: number | string): Promise<Outcome> {
  const { model, known, ledger, pace, clock, jitter, closing } = asker;
  const place = pace.place();
  const start = clock.now();
  let timedOut = 0;
  for (let made = 1; ; made++) {
    const found = known.find(request, repeat);
    if (found !== undefined) return found;
    const turn = await pace.enter(request, place, closing);
    if (turn === undefined) return { reply: notAsked, withheld: [] };
    const withheld = model.refusedParameters(request.model);
    const reservation = await ledger.reserve(asSent(request, withheld));
    if (reservation === undefined) {
      turn.end();
      return { reply: overBudget, withheld: [] };
    }
    const reply = closing.aborted ? notAsked : await attempt(asker, request, turn);
    ledger.settle(reservation, fateOf(reply));
    turn.end(reply);
    asker.everAnswered ||= reply.kind === 'answer';
    if (reply.kind === 'answer') {
      known.keep(request, repeat, reply, withheld);
      return { reply, withheld };
    }
    if (reply.reason === 'timeout') timedOut += 1;
    const { everAnswered } = asker;
    const attempts = { made, timedOut, elapsedMs: clock.now() - start, everAnswered, refusedForMs: pace.refusedForMs(request.model) };
    const waitMs = retryWait(reply, attempts, jitter.uniform());
    if (waitMs === undefined) {
      known.failed(request, repeat, reply, withheld);
      return { reply, withheld };
    }
    if (!(await slept(clock, waitMs, closing))) return { reply: stoppedMeanwhile, withheld };
  }
}

/** The older name of the limit is the last to be refused; without either the answer has no limit. */
function asSent({ params, ...request }: ModelRequest, withheld: readonly string[]): ModelRequest {
  const { maxOutputTokens, ...rest } = params;
  return { ...request, params: maxOutputTokens === undefined || withheld.includes('max_tokens') ? rest : params };
}

/** One attempt, given up on (and aborted) after `timeoutMs` or when the run is over, even if the model does not listen. */
async function attempt({ model, clock, timeoutMs, signal }: Asker, request: ModelRequest, { heard }: Turn): Promise<Answer | Failure> {
  const call = new AbortController();
  let end: (why: Failure) => void = () => {};
  const ended = new Promise<Failure>((resolve) => {
    end = (why) => {
      resolve(why);
      call.abort();
    };
  });
  const cut = (): void => end(stoppedMeanwhile);
  const inTime = clock.after(timeoutMs, () => end(timedOutAfter(timeoutMs)));
  signal.addEventListener('abort', cut, { once: true });
  try {
    return await Promise.race([model.ask(request, call.signal, heard), ended]);
  } finally {
    signal.removeEventListener('abort', cut);
    inTime();
  }
}

/** Whether the time passed; false where `signal` cut it short. */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch {
    return false;
  }
}

function fateOf(reply: Answer | Failure): Fate {
  if (reply.kind === 'answer') return reply.usage ?? 'unknown';
  if (reply.mayHaveCost) return 'unknown';
  return reply.reason === 'unreachable' || reply.reason === 'cancelled' ? 'unsent' : 'not-charged';
}

const notAsked: Failure = {
  kind: 'failure',
  reason: 'cancelled',
  sentence: 'The run was stopped before this call.',
  retryable: false,
};

const stoppedMeanwhile: Failure = { ...notAsked, sentence: 'The run was stopped during this call.', mayHaveCost: true };

const overBudget: Failure = { ...notAsked, reason: 'budget', sentence: 'A cap was reached before this call.' };

const timedOutAfter = (timeoutMs: number): Failure => ({
  kind: 'failure',
  reason: 'timeout',
  sentence: `The model did not answer within ${timeoutMs / 1_000} s.`,
  retryable: true,
  mayHaveCost: true,
});
