import { hash } from 'node:crypto';
import type { AnswerStore } from '../../domain/ports.ts';
import type { ModelRequest } from '../../domain/trial.ts';

/**
 * The same store for a run that asks some models at a server of their own: what another server said of the same question is none of its answers.
 * `serverOf`: that server's address; undefined for models that are asked where the store takes all to be asked.
 */
export function byServer(store: AnswerStore, serverOf: (model: string) => string | undefined): AnswerStore {
  const keyAt = (key: string, { model }: ModelRequest): string => {
    const server = serverOf(model);
    return server === undefined ? key : hash('sha256', `${server}\n${key}`);
  };
  return {
    has: (key, request) => store.has(keyAt(key, request), request),
    find: (key, request) => store.find(keyAt(key, request), request),
    keep: (key, answer, request) => store.keep(keyAt(key, request), answer, request),
  };
}
