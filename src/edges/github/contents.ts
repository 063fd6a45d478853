import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { isForbidden } from './refusal.ts';
import type { Repository } from './repository.ts';

const fileReply = z.object({ type: z.literal('file'), sha: z.string(), content: z.string().default('') });

/** A file at a commit. */
export interface FileAt {
  /** Its Git object id. */
  readonly id: string;
  /** Empty beyond 1 MB, where GitHub gives none (https://docs.github.com/en/rest/repos/contents). */
  readonly text: string;
}

/** Undefined where there is no such file. */
export async function fileAt({ rest }: GitHubClient, { owner, name }: Repository, path: string, ref: string): Promise<FileAt | undefined> {
  try {
    const { data } = await rest.repos.getContent({ owner, repo: name, path, ref });
    const file = fileReply.safeParse(data).data;
    return file && { id: file.sha, text: Buffer.from(file.content, 'base64').toString('utf8') };
  } catch (error) {
    if (isForbidden(error) && error.status === 404) return undefined;
    throw error;
  }
}

/** A new version of one file, on a branch. */
interface FileCommit {
  readonly branch: string;
  readonly path: string;
  readonly text: string;
  /** Git object id of the file that it replaces: where another stands there GitHub refuses. */
  readonly replaces: string;
  readonly message: string;
}

/** Commits one file. GitHubRefusal where it has changed, or the token may not. */
export async function commitFile({ rest }: GitHubClient, { owner, name }: Repository, file: FileCommit): Promise<void> {
  const { branch, path, text, replaces, message } = file;
  await rest.repos.createOrUpdateFileContents({
    owner,
    repo: name,
    path,
    branch,
    message,
    content: Buffer.from(text).toString('base64'),
    sha: replaces,
  });
}
