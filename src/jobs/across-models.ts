import { UserError } from '../domain/problem.ts';
import { loadVersion } from '../prompts/version.ts';
import { promptMatcher } from './changed.ts';
import { evalSetFor, promptsRoot } from './evalsets.ts';
import { refuseFunctions } from './functions.ts';
import type { Ground } from './ground.ts';
import { measurementOf } from './measurement.ts';
import { subjectName } from './names.ts';
import type { Case } from './prepare.ts';
import { faulty } from './prepare.ts';
import { tooLongQuestion } from './trial-caps.ts';

/** The model that prompts run on, and the one that is to follow it. */
export interface Succession {
  readonly old: string;
  readonly next: string;
}

/** Takes `old,new` apart. UserError where it is anything else. */
export function readSuccession(text: string, flag: string): Succession {
  const [old = '', next = '', ...others] = text.split(',').map((name) => name.trim());
  if (old !== '' && next !== '' && old !== next && others.length === 0) return { old, next };
  throw new UserError({ file: flag, what: `"${text}" is not two models`, fix: 'Write the old one, a comma and the new one.' });
}

/** Every prompt with an eval set, as it stands, on one model and on the other. What names a third model in its front matter is left out. UserError where none is left. */
export async function acrossModels(models: Succession, ground: Ground): Promise<{ readonly cases: Case[]; readonly notes: string[] }> {
  const isPrompt = promptMatcher(ground.settings.prompts);
  const paths = (await ground.revisions.head.list()).filter(isPrompt);
  const found = await Promise.all(
    paths.map(async (path) => onBoth(path, models, ground).catch((error: unknown) => faulty(affected(path), error))),
  );
  const cases = found.filter((one) => typeof one !== 'string');
  const missed = [
    ...leftOut(count(found, 'unheld'), 'no eval set is theirs'),
    ...leftOut(count(found, 'another model'), `their front matter names another model than \`${models.old}\``),
  ];
  const what = `Two models are compared on the same text of each prompt: \`${models.old}\` as the base, \`${models.next}\` as the pull request.`;
  if (cases.length > 0) return { cases, notes: [what, ...missed] };
  throw new UserError({
    file: '--compare-models',
    what: `no prompt with an eval set runs on "${models.old}"`,
    fix: ['Name the model that they run on now.', ...missed].join(' '),
  });
}

const count = (found: readonly unknown[], why: Why): number => found.filter((one) => one === why).length;

const leftOut = (n: number, why: string): string[] => (n === 0 ? [] : [`Prompts left out, since ${why}: ${n}.`]);

const affected = (path: string) => ({ path, status: 'affected' }) as const;

/** Why a prompt is not compared. */
type Why = 'unheld' | 'another model';

async function onBoth(path: string, { old, next }: Succession, ground: Ground): Promise<Case | Why> {
  const { revisions, settings, config } = ground;
  const version = await loadVersion(revisions.head, path, promptsRoot(path, settings.prompts));
  const { evalSet } = await evalSetFor(revisions.policy, { path }, settings.prompts);
  if (version === undefined || evalSet === undefined) return 'unheld';
  if (version.model !== undefined && version.model.name !== old) return 'another model';
  refuseFunctions(evalSet, settings, config);
  const on = (name: string) => ({ ...version, model: { name, line: version.model?.line ?? 1 } });
  const gate = measurementOf(subjectName(path, false), { base: on(old), head: on(next) }, evalSet, settings);
  const tooLong = tooLongQuestion(gate.subject, settings.caps, settings.report.examples);
  const change = affected(path);
  return tooLong === undefined
    ? { change, notes: [], evalSet, gate }
    : { change, notes: [], evalSet, settled: { verdict: 'could-not-measure', because: tooLong } };
}
