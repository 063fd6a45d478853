import type { Consult } from '../../domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../../domain/trial.ts';
import { askedAgain, type JudgeQuestion } from './messages.ts';
import type { Judge } from './options.ts';
import { isNoVerdict, type NoVerdict } from './verdict.ts';

/** Reads a reply that must carry `mark`. */
type Read<T extends object> = (reply: Answer, mark: string) => T | NoVerdict;

/**
 * The verdicts of every model of a judge, each as often as it repeats, in that order. A reply that is no verdict is asked for once more,
 * saying why. One that stays out is a Failure of the whole, named after its model: medians of different panels are not to be compared.
 * `draw` (0-based) tells independent gradings of one answer apart.
 */
export async function verdictsOf<T extends object>(
  { models, repeats, maxOutputTokens }: Judge,
  question: JudgeQuestion,
  read: Read<T>,
  consult: Consult,
  draw = 0,
): Promise<readonly T[] | Failure> {
  const verdicts: T[] = [];
  for (const model of models) {
    const requestFor = ({ messages, output }: JudgeQuestion): ModelRequest => ({
      model,
      params: { temperature: 0, maxOutputTokens },
      messages,
      output,
    });
    for (let repeat = 0; repeat < repeats; repeat++) {
      const verdict = await verdictOf(question, read, (asked) => consult(requestFor(asked), draw * repeats + repeat));
      if ('kind' in verdict) return verdict;
      if (isNoVerdict(verdict)) return noVerdict(model, verdict);
      verdicts.push(verdict);
    }
  }
  return verdicts;
}

async function verdictOf<T extends object>(
  question: JudgeQuestion,
  read: Read<T>,
  ask: (question: JudgeQuestion) => Promise<Answer | Failure>,
): Promise<T | NoVerdict | Failure> {
  const first = await ask(question);
  if (first.kind === 'failure') return first;
  const verdict = read(first, question.mark);
  if (!isNoVerdict(verdict)) return verdict;
  const second = await ask(askedAgain(question, verdict.fault));
  return second.kind === 'failure' ? second : read(second, question.mark);
}

function noVerdict(model: string, { fault }: NoVerdict): Failure {
  const advice = fault.includes('token limit') ? ' Raise `maxOutputTokens` of the judge.' : '';
  return {
    kind: 'failure',
    reason: 'bad-reply',
    sentence: `The judge "${model}" gave no verdict, asked twice: of its reply, ${fault}.${advice}`,
    retryable: false,
  };
}
