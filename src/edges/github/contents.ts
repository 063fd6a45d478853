import type { GitHubClient } from './client.ts';
import type { Repository } from './repository.ts';

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
