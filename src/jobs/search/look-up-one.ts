import type { EvalSet } from '../../domain/evalset.ts';
import type { Revisions } from '../../domain/ports.ts';
import { UserError } from '../../domain/problem.ts';
import { planTrials } from '../../evaluate/plan.ts';
import { loadVersion } from '../../prompts/version.ts';
import { draftsFor } from '../../search/drafts.ts';
import type { Settings } from '../../settings/settings.ts';
import { promptMatcher } from '../changed.ts';
import { evalSetFor, promptsRoot } from '../evalsets.ts';
import { refuseFunctions } from '../functions.ts';
import type { Prepared } from '../look-up.ts';
import { type Measurement, measurementOf } from '../measurement.ts';
import { placeIn, subjectName } from '../names.ts';
import { type Request, readPolicy } from '../policy.ts';
import { usable } from '../prepare.ts';
import { priced } from '../prices.ts';
import { refuseForeignModel } from '../requests.ts';
import { tooLongQuestion } from '../trial-caps.ts';
import type { World } from '../world.ts';
import { type Searchable, versionOf } from './searchable.ts';

/** What to improve, and by which policy. */
export interface OptimizeRequest extends Request {
  /** Path of the prompt below the working directory. */
  readonly prompt: string;
}

/** A prompt made ready to be measured as it is, and then improved. */
export interface PreparedOne {
  readonly prepared: Prepared;
  readonly incumbent: Pick<Searchable, 'path' | 'text' | 'signature'>;
  readonly measurement: Measurement;
}

/** Finds one prompt and its eval set, without a call. UserError where one of them is not there, or is broken, and where the file is no prompt. */
export async function lookUpOne(request: OptimizeRequest, world: World): Promise<PreparedOne> {
  const revisions = await world.openRevisions();
  const policy = await readPolicy(revisions, request);
  const given: Settings = { ...policy, search: { ...policy.search, when: 'always' } };
  const path = request.prompt.replace(/^(?:\.\/)+/, '');
  if (!promptMatcher(given.prompts)(path)) throw noPrompt(path, given.prompts);
  const { evalSet, expectedPath } = await evalSetFor(revisions.policy, { path }, given.prompts);
  const incumbent = await incumbentOf(path, revisions, evalSet, expectedPath);
  if (evalSet === undefined) throw noEvalSet(path, expectedPath);
  refuseFunctions(evalSet, given, request.config);
  const head = await versionOf(incumbent.text, path, revisions.head, given);
  const { base } = await usable(loadVersion(revisions.base, path, promptsRoot(path, given.prompts)));
  refuseForeignModel(head, base, given, request.config);
  const measurement = measurementOf(subjectName(path, false), { head }, evalSet, given);
  const tooLong = tooLongQuestion(measurement.subject, given.caps, given.report.examples);
  if (tooLong !== undefined)
    throw new UserError({ file: path, what: 'a question is longer than `caps.inputTokensPerTrial` allows', fix: 'Raise the cap.' });
  const change = { path, status: 'affected' } as const;
  const cases = [{ change, notes: [], evalSet, gate: measurement }];
  const { settings, prices } = await priced(cases, given, world);
  const plan = planTrials([measurement.subject]);
  const known = await world.earlierLooks?.(given);
  return { prepared: { revisions, settings, prices, cases, plan, notes: [], ...(known && { known }) }, incumbent, measurement };
}

/** The file; for a prompt that does not exist yet the plainest draft of its signature. */
async function incumbentOf(
  path: string,
  { head }: Revisions,
  evalSet: EvalSet | undefined,
  expectedPath: string,
): Promise<PreparedOne['incumbent']> {
  const text = await head.read(path);
  if (text !== undefined) return { path, text };
  const { signature } = evalSet ?? {};
  if (signature !== undefined) return { path, text: draftsFor(signature)[0].text, signature };
  throw new UserError({
    file: path,
    what: `there is no such prompt ${placeIn(head)}`,
    fix: `Mend the path; for a prompt that is to be made, describe its task under \`signature:\` in ${evalSet?.path ?? expectedPath}.`,
  });
}

/** What is written over must be a prompt: an eval set with a prompt's words in it is none. */
function noPrompt(path: string, globs: readonly string[]): UserError {
  const patterns = globs.map((glob) => JSON.stringify(glob)).join(', ');
  return new UserError({
    file: path,
    what: 'this file is no prompt',
    fix: `Name one that "prompts" matches (${patterns}) and whose name does not begin with "_".`,
  });
}

function noEvalSet(path: string, expectedPath: string): UserError {
  return new UserError({ file: path, what: 'it has no eval set, so nothing says what is better', fix: `Add ${expectedPath}.` });
}
