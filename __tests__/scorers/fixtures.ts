import type { ConstraintSpec, Example, ScorerSpec } from '../../src/domain/evalset.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Score } from '../../src/domain/score.ts';
import type { Answer, Finish } from '../../src/domain/trial.ts';
import { graderOf } from '../../src/scorers/score.ts';

export function answer(text: string, finish: Finish = 'stop'): Answer {
  return { kind: 'answer', text, finish, latencyMs: 0 };
}

export function example(expected?: Json): Example {
  const row = { id: 'row', input: 'question', vars: {}, messages: [], tags: [], source: { file: 'evals/x.jsonl', line: 1 } };
  return expected === undefined ? row : { ...row, expected };
}

export function spec(kind: string, options: JsonObject = {}, weight = 1): ScorerSpec {
  return { kind, options, weight };
}

/** The score of an answer by scorers that ask nobody. */
export function scorerOf(scorers: readonly ScorerSpec[], constraints: readonly ConstraintSpec[] = []) {
  const grade = graderOf({ scorers, constraints });
  return (answer: Answer, example: Example): Score => {
    const graded = grade(answer, example, () => Promise.reject(new Error('nobody is to be asked')));
    if (graded instanceof Promise) throw new Error('the score is not there at once');
    return graded;
  };
}
