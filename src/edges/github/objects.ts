import * as z from 'zod';
import { UserError } from '../../domain/problem.ts';
import type { GitHubClient } from './client.ts';
import { GitHubRefusal } from './refusal.ts';
import { misunderstood, understood } from './reply.ts';
import type { Repository } from './repository.ts';
import type { CommitRange } from './trigger.ts';

const comparedFile = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.enum(['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged']),
  changes: z.number(),
  patch: z.string().optional(),
});
const commit = z.object({ sha: z.string(), commit: z.object({ tree: z.object({ sha: z.string() }) }) });
const comparison = z.object({ base_commit: commit, merge_base_commit: commit, files: z.array(comparedFile).default([]) });
const treeEntry = z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string(), size: z.number().optional() });
const tree = z.object({ tree: z.array(treeEntry), truncated: z.boolean() });
const blob = z.object({ content: z.string(), encoding: z.enum(['base64', 'utf-8']), size: z.number() });

export type ComparedFile = z.infer<typeof comparedFile>;
type Comparison = z.infer<typeof comparison>;
export type TreeEntry = z.infer<typeof treeEntry>;
/** `truncated`: GitHub left entries out, as it does beyond 100,000 entries or 7 MB. */
type TreeReply = z.infer<typeof tree>;

/** A repository's commits, trees and blobs, one request a call. */
export interface GitObjects {
  /** The commit that a branch, tag or SHA names. */
  resolve(ref: string): Promise<string>;
  /** Both ends, the merge base, and at most MOST_COMPARED_FILES files. */
  compare(range: CommitRange): Promise<Comparison>;
  /** `treeish`: SHA of a tree or commit. */
  tree(treeish: string, recursive: boolean): Promise<TreeReply>;
  blob(sha: string): Promise<Buffer>;
}

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits; a list this long may be cut. */
export const MOST_COMPARED_FILES = 300;

/** Those of one repository. GitHubRefusal where GitHub does not give one. */
export function gitObjects({ rest }: GitHubClient, { owner, name }: Repository): GitObjects {
  const repository = { owner, repo: name };
  return {
    async resolve(ref) {
      const { data } = await rest.repos
        .getCommit({ ...repository, ref, mediaType: { format: 'sha' } })
        .catch((error: unknown) => unknownCommit(error, `${owner}/${name}`, ref));
      return understood(z.string().regex(/^[0-9a-f]{40,64}$/), data, `commit ${ref}`);
    },
    async compare({ base, head }) {
      // One commit a page: commits are not needed, and files come whole with the first page.
      const { data } = await rest.repos
        .compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head}`, per_page: 1, page: 1 })
        .catch((error: unknown) => unknownCommit(error, `${owner}/${name}`, base, head));
      return understood(comparison, data, `${base}...${head}`);
    },
    async tree(treeish, recursive) {
      const { data } = await rest.git.getTree({ ...repository, tree_sha: treeish, ...(recursive ? { recursive: '1' } : {}) });
      return understood(tree, data, `tree ${treeish}`);
    },
    async blob(sha) {
      const { data } = await rest.git.getBlob({ ...repository, file_sha: sha });
      const { content, encoding, size } = understood(blob, data, `blob ${sha}`);
      const bytes = Buffer.from(content, encoding);
      if (bytes.byteLength !== size) throw misunderstood(`blob ${sha}`);
      return bytes;
    },
  };
}

function unknownCommit(error: unknown, repository: string, ...refs: readonly string[]): never {
  if (!(error instanceof GitHubRefusal) || error.status !== 404) throw error;
  const named = refs.map((ref) => `"${ref}"`).join(' and ');
  if (/no common ancestor/i.test(error.words))
    throw new UserError({
      what: `${named} share no history in ${repository}, so there is no base to compare with`,
      fix: 'Name two related branches or commits.',
    });
  throw new UserError({
    what: `${refs.length === 1 ? `${named} is no commit` : `one of ${named} is no commit`} in ${repository} that the token may read`,
    fix: 'Check that the branch still exists, and that the job has `permissions: contents: read`.',
  });
}
