import type { ChangedPrompt } from '../domain/change.ts';
import type { EvalSet } from '../domain/evalset.ts';
import type { Tree } from '../domain/ports.ts';
import { sentence, UserError } from '../domain/problem.ts';
import type { Version } from '../domain/prompt.ts';
import type { Because } from '../domain/verdict.ts';
import { loadVersion } from '../prompts/version.ts';
import type { EditReport } from '../report/model.ts';
import { pairwiseOfSet } from '../scorers/judge/assigned.ts';
import { editsOf } from './edits.ts';
import { evalSetFor, promptsRoot } from './evalsets.ts';
import type { Versions } from './example-requests.ts';
import { refuseFunctions } from './functions.ts';
import type { Ground } from './ground.ts';
import { type Measurement, measurementOf } from './measurement.ts';
import { subjectName } from './names.ts';
import { arrival, departure, unusableBase, unwatched } from './notes.ts';
import { proposedFor } from './proposed.ts';
import { refuseForeignModel } from './requests.ts';
import { heldOut } from './search/own-text.ts';
import { loweredLimits, tooLongQuestion } from './trial-caps.ts';

/** A changed prompt, made ready to measure or settled without a call. */
export interface Case {
  readonly change: ChangedPrompt;
  readonly notes: readonly string[];
  /** What was done to its text; absent where nothing, or where it could not be read. */
  readonly edits?: readonly EditReport[];
  readonly evalSet?: EvalSet;
  /** Whether a search suggested the head's text, so that only confirm rows judge it. */
  readonly isSuggested?: true;
  /** Absent where `settled` says why. */
  readonly gate?: Measurement;
  readonly settled?: { readonly verdict: 'not-evaluated' | 'bad-input' | 'could-not-measure'; readonly because: Because };
  /** The same prompt under the pull request's own eval set or settings: information only. */
  readonly proposed?: Measurement;
}

/** Reads what one prompt's comparison needs. The user's mistakes settle this prompt and leave the others alone. */
export async function prepare(change: ChangedPrompt, ground: Ground): Promise<Case> {
  try {
    return await prepared(change, ground);
  } catch (error) {
    return faulty(change, error);
  }
}

/** A prompt that a mistake in its files settles; faults of our own are passed on. */
export function faulty(change: ChangedPrompt, error: unknown): Case {
  if (!(error instanceof UserError)) throw error;
  const { more } = error.problems.at(-1) ?? {};
  return {
    change,
    notes: [],
    settled: {
      verdict: 'bad-input',
      because: { rule: 'bad-input', sentences: error.problems.map(sentence), ...(more !== undefined && { more }) },
    },
  };
}

const notEvaluated = (because: Because) => ({ verdict: 'not-evaluated', because }) as const;

async function prepared(change: ChangedPrompt, ground: Ground): Promise<Case> {
  if (change.status === 'removed') return { change, notes: [], settled: notEvaluated({ rule: 'deleted-prompt' }) };

  const { revisions, settings, config } = ground;
  const { base, head, notes } = await versionsOf(change, ground);
  refuseForeignModel(head, base, settings, config);
  const versions = { ...(base && { base }), head };
  return { ...(await measurable(change, versions, notes, ground)), edits: await editsOf(change, versions, revisions) };
}

async function measurable(change: ChangedPrompt, versions: Versions, notes: readonly string[], ground: Ground): Promise<Case> {
  const { revisions, settings, config } = ground;
  const { base, head } = versions;
  const { measurement: proposed, evalSet: arriving, notes: untried = [] } = await proposedFor(change, versions, ground);
  const information =
    proposed === undefined || tooLongQuestion(proposed.subject, settings.caps, settings.report.examples) ? {} : { proposed };
  if (change.status === 'affected' && base?.hash === head.hash)
    return { change, settled: notEvaluated({ rule: 'same-requests' }), ...(await standing(change, arriving, ground)), ...information };

  const found = await evalSetFor(revisions.policy, change, settings.prompts);
  if (found.evalSet === undefined) {
    const because = { rule: 'no-eval-set', expectedPath: arriving ?? found.expectedPath } as const;
    return { change, notes: [...notes, ...arrival(arriving)], settled: notEvaluated(because), ...information };
  }
  const { files } = found;
  const held = heldOut(found.evalSet, change.path, (await revisions.head.read(change.path)) ?? '', ground.known);
  const evalSet = held?.evalSet ?? found.evalSet;
  const suggested = held && ({ isSuggested: true } as const);
  refuseFunctions(evalSet, settings, config);
  const gate = measurementOf(subjectName(change.path, false), versions, evalSet, settings);
  const told = [
    ...(held ? [held.note] : []),
    ...notes,
    ...untried,
    ...unusableBase(gate.baseFault),
    ...departure(found, arriving, ground),
    ...unwatched(files, ground),
    ...loweredLimits(base === undefined ? [head] : [base, head], settings.caps),
  ];
  if (gate.models.base === undefined && pairwiseOfSet(evalSet) !== undefined)
    return { change, notes: told, evalSet, settled: notEvaluated({ rule: 'new-prompt' }), ...information };
  if (gate.same) return { change, notes: told, evalSet, settled: notEvaluated({ rule: 'same-requests' }), ...information };
  const tooLong = tooLongQuestion(gate.subject, settings.caps, settings.report.examples);
  if (tooLong !== undefined) return { change, notes: told, evalSet, settled: { verdict: 'could-not-measure', because: tooLong } };
  return { change, notes: told, evalSet, ...suggested, gate, ...information };
}

/** A prompt that stays as it is passes whatever is amiss on the base branch: the pull request may be what mends it. */
async function standing(change: ChangedPrompt, arriving: string | undefined, ground: Ground) {
  try {
    const found = await evalSetFor(ground.revisions.policy, change, ground.settings.prompts);
    const { evalSet } = found;
    return evalSet === undefined ? { notes: arrival(arriving) } : { notes: departure(found, arriving, ground), evalSet };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { notes: [] };
  }
}

/** A base that cannot be read is none to compare with: a pull request may be what mends it. */
async function versionsOf(
  change: ChangedPrompt,
  { revisions, settings }: Ground,
): Promise<{ base?: Version; head: Version; notes: string[] }> {
  const load = (tree: Tree, path: string) => loadVersion(tree, path, promptsRoot(path, settings.prompts));
  const loading = change.status === 'added' ? undefined : load(revisions.base, change.previousPath ?? change.path);
  const [head, { base, fault }] = await Promise.all([load(revisions.head, change.path), usable(Promise.resolve(loading))]);
  if (head === undefined)
    throw new UserError({ file: change.path, what: 'the file is not there, or is a symbolic link', fix: 'Prompts are plain files.' });
  return { ...(base && { base }), head, notes: unusableBase(fault) };
}

export interface Base {
  readonly base?: Version | undefined;
  readonly fault?: UserError;
}

/** A version, or what is wrong with it. */
export async function usable(loading: Promise<Version | undefined>): Promise<Base> {
  try {
    return { base: await loading };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { fault: error };
  }
}
