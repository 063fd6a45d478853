import type { ChangedPrompt } from '../domain/change.ts';
import { pairwiseOfSet } from '../scorers/judge/assigned.ts';
import type { Settings } from '../settings/settings.ts';
import { changedPaths } from './changed.ts';
import { evalSetFor, namedBy } from './evalsets.ts';
import type { Versions } from './example-requests.ts';
import type { Ground } from './ground.ts';
import { headOnly, type Measurement, measurementOf } from './measurement.ts';
import { subjectName } from './names.ts';
import { sameJudgement } from './proposal.ts';

/** What the pull request's own files would make of a prompt. */
export interface Proposed {
  /** Path of the eval set that the pull request has for the prompt. */
  readonly evalSet?: string;
  /** Absent where nothing differs from what decides, or no model is known that may be asked. */
  readonly measurement?: Measurement;
  /** Why it was not tried although it differs. */
  readonly notes?: readonly string[];
}

/**
 * The prompt under the pull request's own eval set and settings, where it changes them. They decide nothing.
 * UserError where the new files are broken: merged, they would break every check.
 */
export async function proposedFor(change: ChangedPrompt, versions: Versions, ground: Ground): Promise<Proposed> {
  const { revisions, settings, proposal } = ground;
  if (revisions.policy.revision === revisions.head.revision) return {};
  const { evalSet, files } = await evalSetFor(revisions.head, { path: change.path }, settings.prompts);
  if (evalSet === undefined) return {};
  const isSame = sameJudgement(proposal.settings, settings) && !(await choosesAnother(change, files, ground));
  if (isSame || (versions.head.model?.name ?? proposal.settings.model.name) === undefined) return { evalSet: evalSet.path };
  if (evalSet.functionFiles !== undefined) return { evalSet: evalSet.path, notes: [notTried(evalSet.path)] };
  const under = (before?: Settings) => measurementOf(subjectName(change.path, true), versions, evalSet, proposal.settings, before);
  const alike = under();
  // The same text under another model: what is compared is the models.
  const measurement = alike.same && proposal.settings.model.name !== settings.model.name ? under(settings) : alike;
  const isAlone = measurement.same || measurement.models.base === undefined;
  if (isAlone && pairwiseOfSet(evalSet) !== undefined) return { evalSet: evalSet.path };
  return { evalSet: evalSet.path, measurement: measurement.same ? headOnly(measurement) : measurement };
}

function notTried(path: string): string {
  return `\`${path}\` as this pull request has it was not tried: it scores by a function, and those run from the base branch only.`;
}

/** Whether the pull request changes the prompt's eval set, or which one that is. */
async function choosesAnother(
  { path, previousPath = path }: ChangedPrompt,
  files: readonly string[],
  { revisions }: Ground,
): Promise<boolean> {
  const touched = changedPaths(revisions.changes);
  if (files.some((file) => touched.has(file))) return true;
  const [before, after] = await Promise.all([namedBy(revisions.base, previousPath), namedBy(revisions.head, path)]);
  return before?.path !== after?.path;
}
