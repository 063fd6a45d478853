import type { ScorerSpec } from '../domain/evalset.ts';
import type { Score } from '../domain/score.ts';
import { type Answer, type Failure, isFailure } from '../domain/trial.ts';
import { answerConfidence, statedConfidence } from '../metrics/confidence.ts';
import type { Meter } from '../metrics/meter.ts';
import { calibrationMeter, calibrationMetrics } from '../metrics/meters/calibration.ts';
import { valueAt } from './json-reply.ts';
import type { CommonOptions } from './options.ts';
import { lastMatch } from './pattern.ts';
import { type ReplyReader, replyReader, required } from './reply.ts';

type Read = (answer: Answer) => number | undefined;

/** A scorer as far as observing goes; `Rest`: what scoring takes besides the answer. */
interface Observing<Rest extends readonly unknown[]> {
  readonly score: (answer: Answer, ...rest: Rest) => Score | Promise<Score | Failure>;
  readonly meters?: readonly Meter[];
}

/** The scorer that observes, beside its score, how sure each answer was and whether it passed, where its options say where to look. */
export function withConfidence<Rest extends readonly unknown[], Scorer extends Observing<Rest>>(
  scorer: Scorer & Observing<Rest>,
  options: object,
): Scorer {
  if (!asksForConfidence(options)) return scorer;
  const read = confidenceReader(options.confidence, options);
  const observing = (score: Score, answer: Answer): Score => {
    const seen = [read(answer) ?? Number.NaN, score.pass ? 1 : 0];
    return { ...score, observed: { ...score.observed, [calibrationMeter.id]: seen } };
  };
  return {
    ...scorer,
    score: (answer: Answer, ...rest: Rest) => {
      const graded = scorer.score(answer, ...rest);
      if (!(graded instanceof Promise)) return observing(graded, answer);
      return graded.then((later) => (isFailure(later) ? later : observing(later, answer)));
    },
    meters: [...(scorer.meters ?? []), calibrationMeter],
  };
}

type Confidence = NonNullable<CommonOptions['confidence']>;

function asksForConfidence(options: object): options is CommonOptions & { readonly confidence: Confidence } {
  return 'confidence' in options && options.confidence !== undefined;
}

/** Whether a spec makes its answers' own token chances be asked for. */
export function wantsLogprobs({ options }: ScorerSpec): boolean {
  return options['confidence'] === 'logprobs';
}

/** The metrics that a spec gives because it says where confidences stand. */
export function confidenceMetrics({ options }: ScorerSpec): readonly string[] {
  return options['confidence'] === undefined ? [] : calibrationMetrics;
}

function confidenceReader(confidence: Confidence, options: CommonOptions): Read {
  const reader = replyReader(options);
  if (confidence === 'logprobs') return (answer) => tokensChance(answer, reader);
  if ('field' in confidence) {
    return ({ text }) => {
      const json = reader.json(text);
      return 'problem' in json ? undefined : statedConfidence(valueAt(json.value, confidence.field), confidence.percent);
    };
  }
  const pattern = required(confidence.pattern, options.flags);
  return ({ text }) => statedConfidence(lastMatch(pattern, text), confidence.percent);
}

/** The chance of the tokens that the answer is made of: those of the last place where the reply has it. */
function tokensChance({ text, logprobs }: Answer, { part }: ReplyReader): number | undefined {
  if (logprobs === undefined) return undefined;
  const own = part(text).trim();
  const start = text.lastIndexOf(own);
  if (own === '' || start < 0) return undefined;
  const { ends, values } = logprobs;
  const chances: number[] = [];
  for (let k = 0; k < ends.length; k++) {
    const from = k === 0 ? 0 : ends[k - 1]!;
    if (ends[k]! > start && from < start + own.length) chances.push(values[k]!);
  }
  return answerConfidence(chances);
}
