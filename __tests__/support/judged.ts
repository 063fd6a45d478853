import type { Answer } from '../../src/domain/trial.ts';
import { markOf } from './naive-judge.ts';
import { answer } from './scripted-model.ts';

/** A request as a model reads it. */
interface Read {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
}

/** A task whose answers say how good they are, `quality 1` to `quality 5`, and a judge that reads it off them. */

/** What the judge `small` is shown as the answer. */
export function gradedAnswer({ messages }: Pick<Read, 'messages'>): string {
  return /===== ANSWER \w+ =====\n([\s\S]*)\n===== END ANSWER/.exec(messages[1]!.content)![1]!.replace(/^\| /gm, '');
}

/** The judge's reply: `level` says what it makes of an answer's quality. */
export function graded(request: Pick<Read, 'messages'>, level: (quality: number) => number): Answer {
  const mark = markOf(request);
  const quality = Number(/quality (\d)/.exec(gradedAnswer(request))?.[1] ?? 1);
  return answer(JSON.stringify({ mark, clarity: { reason: `it says quality ${quality}`, level: level(quality) } }));
}

export const isJudged = ({ model }: Pick<Read, 'model'>): boolean => model === 'small';

/** Answers as good as the prompt says: `quality 4` in its text. */
export const asGoodAsSaid = ({ messages }: Pick<Read, 'messages'>): Answer =>
  answer(`${/quality \d/.exec(messages[0]!.content)?.[0]}, ${messages.at(-1)!.content}`);

/** Rows with one question each. */
export const questions = (n: number): string => lines(n, (index) => ({ id: `q${index}`, input: `question ${index}`, expected: 'quality' }));

/** Labelled answers of every quality; `human` says what people make of one. */
export const labels = (n: number, human: (quality: number) => unknown): string =>
  lines(n, (index) => ({ input: `labelled ${index}`, answer: `quality ${1 + (index % 5)}`, human: human(1 + (index % 5)) }));

const lines = (n: number, row: (index: number) => object): string =>
  Array.from({ length: n }, (_, index) => `${JSON.stringify(row(index))}\n`).join('');

/** A repository whose eval set is graded by a rubric of one criterion. */
export function judgedShop(evalSet: string, more: Readonly<Record<string, string>> = {}) {
  return {
    'prompt-ratchet.yml': 'model: { name: parrot, temperature: 0, maxOutputTokens: 32 }\njudge: { model: small, maxOutputTokens: 200 }\n',
    'prompts/reply.md': 'Answer with quality 4.\n',
    'evals/reply.yml': `examples: questions.jsonl\n${evalSet}`,
    'evals/questions.jsonl': questions(40),
    ...more,
  };
}
