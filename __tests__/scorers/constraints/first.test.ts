import type { ConstraintSpec } from '../../../src/domain/evalset.ts';
import type { Answer } from '../../../src/domain/trial.ts';
import { loadConstraints } from '../../../src/scorers/constraints/bound.ts';
import { scorerOf } from '../fixtures.ts';

const example = { id: 'a', vars: {}, messages: [], tags: [], expected: 'yes', source: { file: 'evals/a.jsonl', line: 1 } };
const scorers = [{ kind: 'contains', weight: 1, options: {} }];
const answer = (text: string): Answer => ({ kind: 'answer', text, finish: 'stop', latencyMs: 0 });

describe('constraints come before scorers', () => {
  const constraints: ConstraintSpec[] = [
    { name: 'json', options: {} },
    { name: 'length', options: { words: { max: 3 } } },
  ];
  const score = scorerOf(scorers, constraints);

  it.each([
    ['a right answer that breaks one scores 0 and names it', 'yes, that is right', { value: 0, pass: false, broken: 'json' }],
    ['the first broken one is named', '"yes indeed it is so"', { value: 0, pass: false, broken: 'length' }],
    ['an answer that keeps all is left to the scorers', '"yes"', { value: 1, pass: true }],
    ['and may still be wrong', '"no"', { value: 0, pass: false }],
  ])('%s', (_title, text, expected) => {
    const scored = score(answer(text), example);
    expect(scored).toMatchObject(expected);
    expect('broken' in scored).toBe('broken' in expected);
  });

  it('one that needs more than this file is loaded first', async () => {
    const language = [{ name: 'language', options: { languages: ['en'] } }];
    await loadConstraints(language);
    const inEnglish = scorerOf(scorers, language);
    expect(inEnglish(answer('yes, this sentence was written in plain English'), example)).toMatchObject({ value: 1 });
    expect(inEnglish(answer('yes, aber dieser Satz steht eindeutig auf Deutsch da'), example)).toMatchObject({
      value: 0,
      broken: 'language',
    });
  });
});
