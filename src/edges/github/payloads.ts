import * as z from 'zod';

// What is read of each event's payload: https://docs.github.com/en/webhooks/webhook-events-and-payloads

export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'is not a commit SHA');

/** The rules of git-check-ref-format (https://git-scm.com/docs/git-check-ref-format) that keep a name from being anything but a name. */
const refName = z
  .string()
  .max(255)
  .refine(
    (name) => /^[^\s~^:?*[\\\p{Cc}]+$/u.test(name) && !/^[-/.]|\.\.|@\{|\/\/|[/.]$/.test(name),
    'is not the name of a branch, tag or commit',
  );

const repository = z.object({ default_branch: refName });
const sender = z.object({ login: z.string() }).optional();

export const pullRequestEvent = z.object({
  action: z.string().optional(),
  pull_request: z.object({
    number: z.int().positive(),
    state: z.string(),
    comments: z.int().nonnegative().optional(),
    base: z.object({ ref: refName, repo: z.object({ full_name: z.string() }) }),
    head: z.object({ sha, ref: z.string().optional(), repo: z.object({ full_name: z.string() }).nullish() }),
  }),
  sender,
});
export const pushEvent = z.object({ before: sha, after: sha, ref: z.string(), repository, sender });
export const mergeGroupEvent = z.object({ merge_group: z.object({ base_sha: sha, head_sha: sha, head_ref: z.string().optional() }) });
export const commentEvent = z.object({
  action: z.string(),
  issue: z.object({ number: z.int().positive(), state: z.string(), pull_request: z.unknown().optional() }),
  comment: z.object({
    id: z.int().positive(),
    body: z.string(),
    created_at: z.iso.datetime({ offset: true }),
    user: z.object({ login: z.string().regex(/^[\w-]{1,100}(\[bot\])?$/), type: z.string() }),
  }),
});
export const workflowRunEvent = z.object({
  workflow_run: z.object({
    event: z.string(),
    created_at: z.iso.datetime({ offset: true }),
    head_sha: sha,
    head_branch: refName.nullish(),
    head_repository: z.object({ full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/) }).nullish(),
  }),
  repository: z.object({ full_name: z.string() }),
});
const blankAsAbsent = (value: unknown) => (value === '' || value === null ? undefined : value);
export const dispatchEvent = z.object({
  inputs: z
    .object({
      base: z.preprocess(blankAsAbsent, refName.optional()),
      head: z.preprocess(blankAsAbsent, refName.optional()),
      prompts: z.preprocess(blankAsAbsent, z.string().optional()),
    })
    .nullish(),
  repository,
});
