import { NarrowColumn } from '../domain/narrow-column.ts';
import type { Answer, Failure, Took } from '../domain/trial.ts';

/** What the answers to questions took, in columns of numbers. */
export class TookColumns {
  /** NaN: no answer. */
  readonly #latenciesMs: Float32Array;
  /** One more than the tokens; 0: the server did not say. */
  readonly #input: NarrowColumn;
  readonly #output: NarrowColumn;

  constructor(questions: number) {
    this.#latenciesMs = new Float32Array(questions).fill(Number.NaN);
    this.#input = new NarrowColumn(questions);
    this.#output = new NarrowColumn(questions);
  }

  put(question: number, reply: Answer | Failure): void {
    const { latencyMs, usage } = reply.kind === 'answer' ? reply : { latencyMs: Number.NaN, usage: undefined };
    this.#latenciesMs[question] = latencyMs;
    this.#input.put(question, usage === undefined ? 0 : usage.inputTokens + 1);
    this.#output.put(question, usage === undefined ? 0 : usage.outputTokens + 1);
  }

  of(question: number): Took | undefined {
    const latencyMs = this.#latenciesMs[question]!;
    if (Number.isNaN(latencyMs)) return undefined;
    const input = this.#input.at(question);
    return input === 0 ? { latencyMs } : { latencyMs, inputTokens: input - 1, outputTokens: this.#output.at(question) - 1 };
  }

  /** Wall time of each answer's call, in the order of the questions. */
  latenciesMs(): Float32Array {
    return this.#latenciesMs.some(Number.isNaN) ? this.#latenciesMs.filter((latencyMs) => !Number.isNaN(latencyMs)) : this.#latenciesMs;
  }
}
