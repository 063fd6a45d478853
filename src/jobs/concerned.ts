import picomatch from 'picomatch';
import type { ChangedPrompt } from '../domain/change.ts';
import type { Tree } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import { isPartial, loadVersion } from '../prompts/version.ts';
import { defaultPrompts } from '../settings/settings.ts';
import { changedPaths, changedPrompts, pairMoved, promptMatcher } from './changed.ts';
import { evalSetFor, namedBy, promptsRoot } from './evalsets.ts';
import { leavesOut, pathMatcher } from './globs.ts';
import type { Ground } from './ground.ts';

/** The prompts a pull request concerns: those it changes, and those that use a partial, an eval set or settings it changes. */
export async function concernedPrompts(ground: Ground): Promise<ChangedPrompt[]> {
  const isPrompt = promptMatcher(ground.settings.prompts);
  const changed = await pairedByEvalSet(changedPrompts(ground.revisions.changes, isPrompt), ground);
  const own = new Set(changed.map(({ path }) => path));
  const uses = usesChanged(ground);
  if (uses === undefined) return changed;
  const others = (await ground.revisions.head.list()).filter((path) => isPrompt(path) && !own.has(path));
  const affected = await Promise.all(others.map(async (path) => ((await uses(path)) ? [{ path, status: 'affected' } as const] : [])));
  return [...changed, ...affected.flat()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** UserError for a glob of the user's own that no file matches: a slip there would leave prompts unchecked for ever. */
export async function refuseIdleGlobs({ revisions, settings, config }: Ground): Promise<void> {
  if (settings.prompts.join() === defaultPrompts.join()) return;
  for (const glob of settings.prompts) {
    const isMatch = picomatch(glob);
    const matches = async (tree: Tree) => (await tree.list()).some((path) => isMatch(path));
    if (leavesOut(glob) || (await matches(revisions.head)) || (await matches(revisions.base))) continue;
    throw new UserError({ key: 'prompts', what: `"${glob}" matches no file`, fix: `Mend the pattern in ${config} or in the input.` });
  }
}

/** What to tell a person in whose folder there is no prompt at all: most likely it is another folder. A commit is not listed for that. */
export async function noPromptNotes({ revisions: { head }, settings, config }: Ground): Promise<string[]> {
  if (head.folder === undefined || (await head.list()).some(promptMatcher(settings.prompts))) return [];
  const globs = settings.prompts.map((glob) => `\`${glob}\``).join(', ');
  const fix = `Run in the folder that the paths begin at, or say where prompts are: \`prompts: [...]\` in \`${config}\`, or \`--prompts\`.`;
  return [`There is no prompt in \`${head.folder}\`: no file there matches ${globs}. ${fix}`];
}

/** A prompt that moved and was rewritten is the same one if it still names the same eval set. */
async function pairedByEvalSet(changed: readonly ChangedPrompt[], { revisions }: Ground): Promise<ChangedPrompt[]> {
  const named = new Map<string, string | undefined>();
  const moved = changed.filter(({ status }) => status === 'added' || status === 'removed');
  await Promise.all(
    moved.map(async ({ path, status }) => {
      named.set(path, (await namedBy(status === 'added' ? revisions.head : revisions.base, path))?.path);
    }),
  );
  return pairMoved(changed, (removed, added) => named.get(removed) !== undefined && named.get(removed) === named.get(added));
}

/** Tells whether a prompt uses something that changed; undefined where nothing that prompts use did, so that none need be read. */
function usesChanged({ revisions, settings, config }: Ground): ((path: string) => Promise<boolean>) | undefined {
  const paths = changedPaths(revisions.changes);
  if (paths.has(config)) return async () => true;
  const partials = [...paths].filter((path) => isPartial(path) && path.endsWith('.md'));
  const evals = new Set([...paths].filter(pathMatcher(settings.evals)));
  if (partials.length === 0 && evals.size === 0) return undefined;

  const usesPartial = async (path: string) => {
    const root = promptsRoot(path, settings.prompts);
    const versions = await Promise.all([revisions.base, revisions.head].map((tree) => loadVersion(tree, path, root)));
    return versions.some((version) => [...(version?.partials.values() ?? [])].some((partial) => partials.includes(partial.path)));
  };
  const usesEvals = async (path: string) => {
    const found = await Promise.all([revisions.policy, revisions.head].map((tree) => evalSetFor(tree, { path }, settings.prompts)));
    return found.some(({ files }) => files.some((file) => evals.has(file)));
  };
  return async (path) => {
    try {
      return (partials.length > 0 && (await usesPartial(path))) || (evals.size > 0 && (await usesEvals(path)));
    } catch (error) {
      // A file that this pull request broke is looked at in earnest, where the user gets the sentence; older faults are not its own.
      if (error instanceof UserError) return error.problems.some(({ file }) => file !== undefined && paths.has(file));
      throw error;
    }
  };
}
