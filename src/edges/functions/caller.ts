import type { FunctionRequest, ScorerFunction } from '../../domain/function.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { CallFunction } from '../../domain/ports.ts';
import { type End, notStarted, Program, type Start } from './program.ts';

type Reply = Awaited<ReturnType<CallFunction>>;

interface Call {
  readonly request: FunctionRequest;
  readonly resolve: (reply: Reply) => void;
  /** How often it was given to a program. */
  attempts: number;
  timer?: NodeJS.Timeout;
}

/** How often a program that ended is started again within a run. */
const MOST_RESTARTS = 5;
/** How long a program may take to end by itself. */
const GRACE_MS = 2_000;

/**
 * Gives a program answers to score, as many at a time as it takes; it is started with the first and kept. One that hangs or talks
 * nonsense is ended, and the answers it had are failures, never scores; it is started again at most five times. Where several answers
 * were with a program that ended, each is given once more by itself: any of them may have been the one.
 */
export class Caller {
  readonly #fn: ScorerFunction;
  readonly #start: Start;
  readonly #clean: (text: string) => string;
  readonly #waiting: Call[] = [];
  readonly #open = new Map<number, Call>();
  #program: Program | undefined;
  #lastId = 0;
  #starts = 0;
  /** Why no program is started any more. */
  #refusal: string | undefined;

  constructor(fn: ScorerFunction, start: Start, clean: (text: string) => string) {
    this.#fn = fn;
    this.#start = start;
    this.#clean = clean;
  }

  /** Never rejects. */
  call(request: FunctionRequest): Promise<Reply> {
    return new Promise((resolve) => {
      this.#waiting.push({ request, resolve, attempts: 0 });
      this.#proceed();
    });
  }

  /** Resolves when the program is gone; what is still open fails. */
  async close(): Promise<void> {
    this.#refusal = 'the run is over';
    const program = this.#program;
    this.#program = undefined;
    for (const call of this.#open.values()) this.#fail(call, this.#refusal);
    this.#open.clear();
    this.#proceed();
    await program?.close(GRACE_MS);
  }

  #proceed(): void {
    while (this.#waiting.length > 0 && this.#open.size < this.#room(this.#waiting[0]!)) {
      const call = this.#waiting.shift()!;
      const program = this.#refusal === undefined ? this.#running() : undefined;
      if (program === undefined) this.#fail(call, this.#refusal!);
      else this.#hand(call, program);
    }
  }

  /** Answers given for the second time are given alone. */
  #room(next: Call): number {
    const isAlone = next.attempts > 0 || [...this.#open.values()].some(({ attempts }) => attempts > 1);
    return isAlone ? 1 : this.#fn.concurrency;
  }

  /** Undefined where none can be had; `#refusal` says why. */
  #running(): Program | undefined {
    if (this.#program !== undefined) return this.#program;
    this.#starts += 1;
    try {
      const program: Program = new Program(this.#start, {
        onReply: (id, reply) => this.#settle(id, reply),
        onEnd: (end) => this.#ended(program, end),
      });
      this.#program = program;
      return program;
    } catch (error) {
      this.#refusal = notStarted(error).why;
      return undefined;
    }
  }

  #hand(call: Call, program: Program): void {
    const id = ++this.#lastId;
    call.attempts += 1;
    this.#open.set(id, call);
    call.timer = setTimeout(() => this.#timedOut(id, program), this.#fn.timeoutMs);
    program.send(id, call.request);
  }

  #settle(id: number, reply: JsonObject): void {
    const call = this.#open.get(id);
    if (call === undefined) {
      this.#program?.end({ cause: 'nonsense', why: `it answered request ${id}, which was not open` });
      return;
    }
    this.#close(id, call);
    call.resolve({ reply });
    this.#proceed();
  }

  /** Its other answers are not to blame. */
  #timedOut(id: number, program: Program): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    this.#close(id, call);
    this.#fail(call, `it gave no score within ${this.#fn.timeoutMs / 1000} s`);
    program.end({ cause: 'hung', why: 'it was ended because another answer took it too long' });
  }

  #ended(program: Program, { cause, why }: End): void {
    if (this.#program !== program) return;
    this.#program = undefined;
    if (cause === 'hopeless') this.#refusal = why;
    else if (this.#starts > MOST_RESTARTS)
      this.#refusal = `it was started ${this.#starts} times and is not started again; the last time ${why}`;
    const calls = [...this.#open];
    const mayBeBlameless = cause === 'hung' || calls.length > 1;
    for (const [id, call] of calls.reverse()) {
      this.#close(id, call);
      if (mayBeBlameless && call.attempts < 2 && this.#refusal === undefined) this.#waiting.unshift(call);
      else this.#fail(call, why);
    }
    this.#proceed();
  }

  #close(id: number, call: Call): void {
    this.#open.delete(id);
    clearTimeout(call.timer);
  }

  #fail(call: Call, why: string): void {
    clearTimeout(call.timer);
    const sentence = `The scorer function ${this.#fn.name} gave no score: ${this.#clean(why)}.`;
    call.resolve({ kind: 'failure', reason: 'function', sentence, retryable: false });
  }
}
