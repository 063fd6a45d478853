import type { PlannedTrial, SubjectTrial } from '../evaluate/plan.ts';

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
  /** `sentence` only where examples are reported in full: servers quote what they were asked. */
  readonly failure?: { readonly reason: string; readonly sentence?: string };
  /** Why there is an answer but no score; `sentence` as above. */
  readonly ungraded?: { readonly reason: string; readonly sentence?: string };
}

/** Names of subjects: a prompt's path, with a mark for what is measured as information only. */
export const subjectName = (path: string, proposed: boolean): string => `${proposed ? 'proposed' : 'gate'}:${path}`;

/** The trials as they are kept, in plan order. */
export function recordsOf(plan: readonly PlannedTrial[], trials: readonly SubjectTrial[]): TrialRecord[] {
  return trials.map(({ subject, arm, exampleId, repeat, outcome, score, ungraded }, index) => ({
    prompt: subject.slice(subject.indexOf(':') + 1),
    proposed: subject.startsWith('proposed:'),
    example: exampleId,
    arm,
    repeat,
    model: plan[index]!.request.model,
    ...(outcome.kind === 'answer'
      ? { answer: outcome.text, finish: outcome.finish, score: score?.value, pass: score?.pass, reason: score?.reason }
      : { failure: { reason: outcome.reason, sentence: outcome.sentence } }),
    ...(ungraded && { ungraded: { reason: ungraded.reason, sentence: ungraded.sentence } }),
  }));
}

/** JSON Lines, a line at a time: all of them can be more than one string holds. */
export function* trialsJsonl(records: readonly TrialRecord[]): Iterable<string> {
  for (const record of records) yield `${JSON.stringify(record)}\n`;
}
