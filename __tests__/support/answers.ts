import type { AnswerStore } from '../../src/domain/ports.ts';
import type { Answer } from '../../src/domain/trial.ts';

/** Answers kept in this process; `kept` is by key. */
export function answersInMemory(): AnswerStore & { readonly kept: Map<string, Answer> } {
  const kept = new Map<string, Answer>();
  return {
    kept,
    has: (key) => kept.has(key),
    find: (key) => kept.get(key),
    keep: (key, answer) => kept.set(key, answer),
  };
}
