import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { GitHubRefusal, isForbidden } from './refusal.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';

/** A file's new text, to be committed on a branch of its own. */
export interface BranchedFile {
  readonly branch: string;
  /** SHA of the commit that it builds on. */
  readonly parent: string;
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly message: string;
}

export interface PullRequest {
  readonly base: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

export type Proposed =
  | { readonly kind: 'opened'; readonly url: string; readonly number: number }
  /** The branch is there, but the token may not open pull requests, or one stands already. */
  | { readonly kind: 'pushed'; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string };

const shaReply = z.object({ sha: z.string() });
const commitReply = z.object({ commit: z.object({ tree: shaReply }) });
const pullReply = z.object({ number: z.number(), html_url: z.string() });

/** Pushes the file on its branch and opens a pull request for it. What the token may not do is a value; GitHubRefusal for anything else. */
export async function proposeFile(client: GitHubClient, repository: Repository, file: BranchedFile, pull: PullRequest): Promise<Proposed> {
  try {
    await pushFile(client, repository, file);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return { kind: 'refused', words: error.words };
  }
  try {
    const { data } = await client.rest.pulls.create({
      owner: repository.owner,
      repo: repository.name,
      base: pull.base,
      head: pull.branch,
      title: pull.title,
      body: pull.body,
    });
    const { number, html_url } = understood(pullReply, data, 'the new pull request');
    return { kind: 'opened', number, url: html_url };
  } catch (error) {
    if (!(error instanceof GitHubRefusal) || (error.status !== 403 && error.status !== 404 && error.status !== 422)) throw error;
    return { kind: 'pushed', words: error.words };
  }
}

/** A branch of that name is left as it is: its name says what is on it. */
async function pushFile(
  { rest }: GitHubClient,
  { owner, name }: Repository,
  { branch, parent, path, text, message }: BranchedFile,
): Promise<void> {
  const repository = { owner, repo: name };
  const { data } = await rest.repos.getCommit({ ...repository, ref: parent });
  const tree = await rest.git.createTree({
    ...repository,
    base_tree: understood(commitReply, data, `commit ${parent}`).commit.tree.sha,
    tree: [{ path, mode: '100644', type: 'blob', content: text }],
  });
  const commit = await rest.git.createCommit({
    ...repository,
    message,
    tree: understood(shaReply, tree.data, 'the new tree').sha,
    parents: [parent],
  });
  try {
    await rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: understood(shaReply, commit.data, 'the new commit').sha });
  } catch (error) {
    if (!(error instanceof GitHubRefusal) || error.status !== 422 || !/already exists/i.test(error.words)) throw error;
  }
}
