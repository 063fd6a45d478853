import { connect } from '../../edges/github/client.ts';
import type { NewestCommit } from '../../edges/github/commands.ts';
import { commitFile } from '../../edges/github/contents.ts';
import { fileId } from '../../edges/github/runs.ts';
import { codeBlock, inlineCode } from '../../report/neutral.ts';
import type { Decision } from './decide.ts';
import type { CommandOccasion } from './occasion.ts';
import { type Suggestion, suggestionsFor } from './suggestions.ts';

const MOST_SHOWN = 20_000;

/** Commits what a search has verified to the pull request's branch, file by file, where the file is still the one that was searched from. */
export async function applySuggestions(pull: NewestCommit, occasion: CommandOccasion): Promise<Decision> {
  const { client, repository, inputs, log } = occasion;
  const found = await suggestionsFor(occasion);
  if (typeof found === 'string') return { kind: 'refuse', sentence: found };
  const ids = await Promise.all(found.map(({ path }) => fileId(client, repository, path, pull.sha)));
  const fitting = found.filter(({ blob }, nth) => ids[nth] === blob);
  const [first] = fitting;
  if (first === undefined)
    return { kind: 'refuse', sentence: 'The prompt has changed since the search, so what was found for it does not fit: search again.' };
  if (pull.isFork)
    return {
      kind: 'refuse',
      sentence: `The branch is a fork’s, which is not ours to push to. The whole file${fitting.length > 1 ? 's' : ''}:\n\n${fitting.map(shown).join('\n\n')}`,
    };
  const writer =
    inputs.pushToken === '' ? client : connect({ token: inputs.pushToken, apiUrl: occasion.apiUrl, log: (sentence) => log.info(sentence) });
  for (const { path, blob, text } of fitting)
    await commitFile(writer, repository, {
      branch: pull.branch,
      path,
      text,
      replaces: blob,
      message: `Improve ${path}, as verified on held-out examples`,
    });
  const left = found.length - fitting.length;
  const own = inputs.pushToken === '' ? ' GitHub starts no run for a commit by this token: push another, or comment `/ratchet rerun`.' : '';
  return {
    kind: 'answer',
    markdown: `Committed: ${fitting.map(({ path }) => inlineCode(path)).join(', ')}.${left > 0 ? ` ${left} others have changed since the search and were left alone.` : ''}${own}`,
  };
}

const shown = ({ path, text }: Suggestion): string => `${inlineCode(path)}\n\n${codeBlock(text, MOST_SHOWN)}`;
