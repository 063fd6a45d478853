import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';

const artifactReply = z
  .object({
    id: z.int(),
    size_in_bytes: z.number(),
    expired: z.boolean(),
    workflow_run: z.object({ id: z.int(), repository_id: z.int(), head_repository_id: z.int() }).nullish(),
  })
  .transform(({ id, size_in_bytes, expired, workflow_run }) => ({
    id,
    sizeBytes: size_in_bytes,
    runId: workflow_run?.id,
    isOwn: !expired && workflow_run != null && workflow_run.repository_id === workflow_run.head_repository_id,
  }));

/** An artifact of a run whose code is this repository's own, as far as the listing says. */
export interface OwnArtifact {
  readonly id: number;
  readonly runId: number;
  /** Packed. */
  readonly sizeBytes: number;
}

/** The newest artifacts of that name, newest first, without those of forks' runs and those that have expired. */
export async function ownArtifacts(client: GitHubClient, { owner, name }: Repository, artifact: string): Promise<OwnArtifact[]> {
  const named = { owner, repo: name, name: artifact, per_page: 100 };
  const replies: unknown[] = await client.paginate(client.rest.actions.listArtifactsForRepo, named);
  return understood(z.array(artifactReply), replies, `artifacts named ${artifact}`)
    .flatMap(({ isOwn, runId, id, sizeBytes }) => (isOwn && runId !== undefined ? [{ id, runId, sizeBytes }] : []))
    .sort((a, b) => b.id - a.id);
}

/** The bytes of the zip archive. */
export async function downloadArtifact({ rest }: GitHubClient, { owner, name }: Repository, id: number): Promise<Buffer> {
  const { data } = await rest.actions.downloadArtifact({ owner, repo: name, artifact_id: id, archive_format: 'zip' });
  return Buffer.from(understood(z.instanceof(ArrayBuffer), data, `artifact ${id}`));
}
