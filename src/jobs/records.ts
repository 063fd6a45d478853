import type { Score } from '../domain/score.ts';
import { mapped, type Sequence } from '../domain/sequence.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { Detail } from './flips.ts';
import { placeName } from './names.ts';
import type { Case } from './prepare.ts';

/** One line of `trials.jsonl`: the same bytes for the same answers, so nothing about time. */
export interface TrialRecord {
  readonly prompt: string;
  /** Measured under the pull request's own eval set or settings. */
  readonly proposed: boolean;
  readonly example: string;
  readonly arm: 'base' | 'head';
  readonly repeat: number;
  readonly model: string;
  readonly answer?: string;
  readonly finish?: string;
  readonly score?: number;
  readonly pass?: boolean;
  readonly reason?: string;
  /** Value of each criterion of a rubric, by name. */
  readonly criteria?: Readonly<Record<string, number>>;
  /** The score with advisory judges, where `score` is without them. */
  readonly advisory?: number;
  /** `sentence` only where examples are reported in full: servers quote what they were asked. */
  readonly failure?: { readonly reason: string; readonly sentence?: string };
  /** Why there is an answer but no score; `sentence` as above. */
  readonly ungraded?: { readonly reason: string; readonly sentence?: string };
}

/**
 * The trials as they are kept, in plan order, as far as `report.examples` lets them be: an artifact of a public repository is as public as its
 * comments. Scores and what became of each call are always there; texts of models and servers only in full, and ids not with `none`.
 */
export function recordsOf(trials: Sequence<SubjectTrial>, cases: readonly Case[], detail: Detail): Sequence<TrialRecord> {
  const measured = cases.flatMap(({ gate, proposed }) => [gate ?? [], proposed ?? []].flat());
  const models = new Map(measured.map(({ subject, models: own }) => [subject.name, own]));
  return mapped(trials, (trial) => recordOf(trial, models.get(trial.subject)?.[trial.arm] ?? '', detail));
}

function recordOf(trial: SubjectTrial, model: string, detail: Detail): TrialRecord {
  const { subject, arm, example, repeat, outcome, score, ungraded } = trial;
  return {
    prompt: subject.slice(subject.indexOf(':') + 1),
    proposed: subject.startsWith('proposed:'),
    example: detail === 'none' ? placeName(example) : trial.exampleId,
    arm,
    repeat,
    model,
    ...(outcome.kind === 'answer'
      ? {
          ...(detail === 'full' && { answer: outcome.text }),
          finish: outcome.finish,
          score: score?.value,
          pass: score?.pass,
          ...(detail === 'full' && { reason: score?.reason }),
        }
      : { failure: told(outcome, detail) }),
    ...judged(score),
    ...(ungraded && { ungraded: told(ungraded, detail) }),
  };
}

function told({ reason, sentence }: { readonly reason: string; readonly sentence: string }, detail: Detail) {
  return detail === 'full' ? { reason, sentence } : { reason };
}

function judged(score: Score | undefined): Pick<TrialRecord, 'criteria' | 'advisory'> {
  const criteria = score?.criteria ?? score?.advisory?.criteria;
  return {
    ...(criteria && { criteria: Object.fromEntries(criteria.map(({ name, value }) => [name, value])) }),
    ...(score?.advisory && { advisory: score.advisory.value }),
  };
}

/** Characters of a piece. */
const PIECE = 64 * 1024;

/** JSON Lines in pieces: all of them can be more than one string holds, and each line by itself is a write of its own. */
export function* trialsJsonl(records: Sequence<TrialRecord>): Iterable<string> {
  let piece = '';
  for (const record of records) {
    piece += `${JSON.stringify(record)}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
