import { embedded } from '../domain/embedded.ts';
import type { AnswerStore, LanguageModel } from '../domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../domain/trial.ts';
import { requestKey, withoutParameters } from './questions.ts';

/** What nobody was asked for, and the parameters that were withheld when somebody was. */
interface Found {
  readonly reply: Answer | Failure;
  readonly withheld: readonly string[];
}

/**
 * What a run need not ask, since it was answered before. A question is known by what would be sent: without the parameters that its
 * model has refused by now. The embedded model is always asked: it costs nothing, and its answers change with this tool.
 */
export class KnownAnswers {
  readonly #store: AnswerStore | undefined;
  readonly #model: Pick<LanguageModel, 'refusedParameters'>;
  #found = 0;

  constructor(store: AnswerStore | undefined, model: Pick<LanguageModel, 'refusedParameters'>) {
    this.#store = store;
    this.#model = model;
  }

  /** Answers given so far. */
  get found(): number {
    return this.#found;
  }

  has(request: ModelRequest, repeat: number | string): boolean {
    return this.#storeFor(request)?.has(keyOf(request, repeat, this.#model.refusedParameters(request.model)), request) ?? false;
  }

  find(request: ModelRequest, repeat: number | string): Found | undefined {
    const withheld = this.#model.refusedParameters(request.model);
    const reply = this.#storeFor(request)?.find(keyOf(request, repeat, withheld), request);
    if (reply === undefined) return undefined;
    if (reply.kind === 'answer') this.#found += 1;
    return { reply, withheld };
  }

  /** `withheld`: the parameters that were refused when the answer was asked for. */
  keep(request: ModelRequest, repeat: number | string, answer: Answer, withheld: readonly string[]): void {
    this.#storeFor(request)?.keep(keyOf(request, repeat, withheld), answer, request);
  }

  /** Takes in that asking came to nothing, whatever was tried. */
  failed(request: ModelRequest, repeat: number | string, failure: Failure, withheld: readonly string[]): void {
    this.#storeFor(request)?.failed?.(keyOf(request, repeat, withheld), failure);
  }

  #storeFor({ model }: ModelRequest): AnswerStore | undefined {
    return model === embedded ? undefined : this.#store;
  }
}

const keyOf = (request: ModelRequest, repeat: number | string, withheld: readonly string[]): string =>
  requestKey(withoutParameters(request, withheld), repeat);
