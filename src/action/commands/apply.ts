import { connect } from '../../edges/github/client.ts';
import type { NewestCommit } from '../../edges/github/commands.ts';
import { commitFile, type FileAt, fileAt } from '../../edges/github/contents.ts';
import { patchOf } from '../../report/search/diff.ts';
import { committedAnswer, patchAnswer } from './answers.ts';
import type { Decision } from './decide.ts';
import type { CommandOccasion } from './occasion.ts';
import { type Suggestion, suggestionsFor } from './suggestions.ts';

/** Commits what a search has verified to the pull request's branch, file by file, where the file is still the one that was searched from. */
export async function applySuggestions(pull: NewestCommit, occasion: CommandOccasion): Promise<Decision> {
  const { client, repository } = occasion;
  const found = await suggestionsFor(occasion);
  if (typeof found === 'string') return { kind: 'refuse', sentence: found };
  const standing = await Promise.all(found.suggestions.map(({ path }) => fileAt(client, repository, path, pull.sha)));
  const fitting = found.suggestions.flatMap((one, nth) => {
    const file = standing[nth];
    return file?.id === one.blob ? [{ ...one, file }] : [];
  });
  if (fitting.length === 0)
    return { kind: 'refuse', sentence: 'The prompt has changed since the search, so what was found for it does not fit: search again.' };
  if (pull.isFork) return { kind: 'refuse', sentence: patchAnswer(fitting.map(editOf), found.place) };
  await commitAll(fitting, pull.branch, occasion);
  const left = found.suggestions.length - fitting.length;
  const paths = fitting.map(({ path }) => path);
  return { kind: 'answer', markdown: committedAnswer(paths, left, occasion.inputs.pushToken !== '') };
}

async function commitAll(fitting: readonly Suggestion[], branch: string, { client, repository, inputs, apiUrl, log }: CommandOccasion) {
  const writer = inputs.pushToken === '' ? client : connect({ token: inputs.pushToken, apiUrl, log: (sentence) => log.info(sentence) });
  for (const { path, blob, text } of fitting)
    await commitFile(writer, repository, {
      branch,
      path,
      text,
      replaces: blob,
      message: `Improve ${path}, as verified on held-out examples`,
    });
}

const editOf = ({ path, text, file }: Suggestion & { readonly file: FileAt }) => ({ path, patch: patchOf(path, file.text, text) });
