import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';

/** How the API words one. */
export const runReply = z
  .object({
    id: z.int(),
    event: z.string(),
    path: z.string(),
    head_sha: z.string(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
    repository: z.object({ full_name: z.string() }),
    head_repository: z.object({ full_name: z.string() }).nullish(),
  })
  .transform((run) => ({
    id: run.id,
    event: run.event,
    /** Of the workflow's file. */
    path: run.path.replace(/@.*$/, ''),
    headSha: run.head_sha,
    isOver: run.status === 'completed',
    hasFailed: run.conclusion === 'failure' || run.conclusion === 'timed_out',
    /** When GitHub began it, whoever's clock the commit goes by; further attempts keep it. */
    createdAt: run.created_at,
    updatedAt: run.updated_at,
    /** Whether the code is this repository's own and no fork's. */
    isOwn: run.head_repository?.full_name.toLowerCase() === run.repository.full_name.toLowerCase(),
  }));

/** A workflow run as GitHub keeps it. */
export type WorkflowRun = z.infer<typeof runReply>;

/** The run of that id. GitHubRefusal where the token may not read it. */
export async function workflowRun({ rest }: GitHubClient, { owner, name }: Repository, id: number): Promise<WorkflowRun> {
  const { data } = await rest.actions.getWorkflowRun({ owner, repo: name, run_id: id });
  return understood(runReply, data, `workflow run ${id}`);
}

/** The path of the workflow's file out of `GITHUB_WORKFLOW_REF`; undefined where it is another repository's. */
export function workflowPath({ owner, name }: Repository, workflowRef: string): string | undefined {
  const prefix = `${owner}/${name}/`;
  if (!workflowRef.toLowerCase().startsWith(prefix.toLowerCase())) return undefined;
  return /^(\.github\/workflows\/[^@]+)@/.exec(workflowRef.slice(prefix.length))?.[1];
}
