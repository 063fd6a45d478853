import type { Answer, Failure, Took } from '../domain/trial.ts';

/** What the answers to questions took, in columns of numbers: twelve bytes for each. */
export class TookColumns {
  /** NaN: no answer. */
  readonly #latenciesMs: Float32Array;
  /** -1: the server did not say. */
  readonly #inputTokens: Int32Array;
  readonly #outputTokens: Int32Array;

  constructor(questions: number) {
    this.#latenciesMs = new Float32Array(questions).fill(Number.NaN);
    this.#inputTokens = new Int32Array(questions).fill(-1);
    this.#outputTokens = new Int32Array(questions).fill(-1);
  }

  put(question: number, reply: Answer | Failure): void {
    const { latencyMs, usage } = reply.kind === 'answer' ? reply : { latencyMs: Number.NaN, usage: undefined };
    this.#latenciesMs[question] = latencyMs;
    this.#inputTokens[question] = usage?.inputTokens ?? -1;
    this.#outputTokens[question] = usage?.outputTokens ?? -1;
  }

  of(question: number): Took | undefined {
    const [latencyMs, inputTokens, outputTokens] = [this.#latenciesMs, this.#inputTokens, this.#outputTokens].map(
      (column) => column[question]!,
    );
    if (Number.isNaN(latencyMs)) return undefined;
    return { latencyMs: latencyMs!, ...(inputTokens! >= 0 && { inputTokens: inputTokens!, outputTokens: outputTokens! }) };
  }

  /** Wall time of each answer's call, in the order of the questions. */
  latenciesMs(): Float32Array {
    return this.#latenciesMs.some(Number.isNaN) ? this.#latenciesMs.filter((latencyMs) => !Number.isNaN(latencyMs)) : this.#latenciesMs;
  }
}
