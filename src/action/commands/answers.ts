import { type Problem, sentence } from '../../domain/problem.ts';
import { bullets } from '../../report/markdown-parts.ts';
import { markdown } from '../../report/markup.ts';
import { codeBlock, inlineCode } from '../../report/neutral.ts';

/** Characters of an answer in which edits are shown; GitHub refuses a comment over 65,536. */
const MOST_SHOWN = 50_000;
const MOST_PROBLEMS = 10;

/** A verified edit of one file, as a unified diff. Hostile text: a model wrote it. */
export interface Edit {
  readonly path: string;
  readonly patch: string;
}

/** What was committed, and how many files were not, since they have changed. `startsRuns`: whether GitHub checks the commit by itself. */
export function committedAnswer(paths: readonly string[], left: number, startsRuns: boolean): string {
  const rest =
    left === 0
      ? ''
      : ` ${left === 1 ? '1 other has changed since the search, and stays as it is.' : `${left} others have changed since the search, and stay as they are.`}`;
  const next = startsRuns ? '' : ' GitHub starts no run for a commit by this token: push another, or comment `/ratchet rerun`.';
  return `Committed: ${paths.map((path) => inlineCode(path)).join(', ')}.${rest}${next}`;
}

/** The edits as one patch, for a branch that is not ours to push to. `place`: where the new texts are whole, as the end of a sentence. */
export function patchAnswer(edits: readonly Edit[], place: string): string {
  const shown: string[] = [];
  const left: string[] = [];
  let room = MOST_SHOWN;
  for (const { path, patch } of edits) {
    if (patch.length > room) left.push(inlineCode(path));
    else {
      shown.push(patch.trimEnd());
      room -= patch.length;
    }
  }
  return [
    'The branch is a fork’s, which is not ours to push to.',
    ...(shown.length === 0
      ? []
      : [
          'Whoever may push to it can save this as `edit.patch` and apply it by `git apply edit.patch`:',
          codeBlock(shown.join('\n'), MOST_SHOWN, 'diff'),
        ]),
    ...(left.length === 0 ? [] : [`Too long for a comment: ${left.join(', ')}. The new texts are whole in ${place}.`]),
  ].join('\n\n');
}

/** What is wrong, a sentence each; it may quote what a stranger's pull request holds. */
export function problemsAnswer(problems: readonly Problem[]): string {
  const said = problems.map((problem) => markdown.prose(sentence(problem)));
  return said.length === 1 ? said.join('') : bullets(said, MOST_PROBLEMS);
}
