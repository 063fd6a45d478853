import { createHash } from 'node:crypto';
import { UserError } from '../domain/problem.ts';
import { uploadFiles } from '../edges/actions/artifact.ts';
import { downloadArtifact, type OwnArtifact, ownArtifacts } from '../edges/github/artifacts.ts';
import { fileAt } from '../edges/github/contents.ts';
import { workflowPath, workflowRun } from '../edges/github/runs.ts';
import { fileInZip } from '../edges/zip.ts';
import type { Checked } from '../jobs/report.ts';
import type { Recalled, World } from '../jobs/world.ts';
import { reportJson } from '../report/index.ts';
import { parseReport } from '../report/schema/report.ts';
import type { Occasion } from './occasion.ts';
import type { KeptFiles } from './publish.ts';

/** Packed and unpacked: what a report may take at most, and the trials beside it. */
const MOST_PACKED_BYTES = 64_000_000;
const MOST_REPORT_BYTES = 40_000_000;
/** Of one digest that are looked at: the newest. */
const MOST_ARTIFACTS = 5;

const believedEvents: ReadonlySet<string> = new Set(['pull_request', 'push', 'merge_group']);

/** By what decides a run, so that it can be asked for by that. */
const nameOf = (digest: string): string => `prompt-ratchet-${digest.slice(0, 32)}`;

/** Keeps the report and every trial as an artifact, where anything was asked. Gives its address. */
export async function keepOutcomes(
  { report, trials }: Checked,
  files: KeptFiles | undefined,
  occasion: Occasion,
): Promise<string | undefined> {
  const { inputs, env, log, run } = occasion;
  if (!inputs.artifact || files === undefined || trials.length === 0) return undefined;
  const name = nameOf(report.digest ?? createHash('sha256').update(reportJson(report)).digest('hex'));
  const uploaded = await uploadFiles(name, files.folder, files.names, env);
  if (uploaded.kind === 'uploaded') return `${run.url}/artifacts/${uploaded.id}`;
  log.info(uploaded.sentence);
  return undefined;
}

/** What runs of this workflow came to that asked the same, for a merge queue: its commit was checked as a pull request. */
export function recallFrom(occasion: Occasion): Pick<World, 'recall'> {
  return occasion.trigger.kind === 'merge-group' ? { recall: (digest) => recalledFrom(digest, occasion) } : {};
}

async function* recalledFrom(digest: string, occasion: Occasion): AsyncGenerator<Recalled> {
  const { client, repository, log } = occasion;
  try {
    const found = await ownArtifacts(client, repository, nameOf(digest));
    for (const artifact of found.slice(0, MOST_ARTIFACTS)) {
      const report = await reportIn(artifact, digest, occasion);
      if (typeof report !== 'string') yield report;
      else log.warning(`Artifact ${artifact.id} of run ${artifact.runId} is not used: ${report}.`);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(`Earlier runs could not be looked at, so everything is asked again: ${error.message}`);
  }
}

/** What an artifact says, or why it is not believed. Its name and its content prove nothing: whose it is does, as GitHub says it. */
async function reportIn({ id, runId, sizeBytes }: OwnArtifact, digest: string, occasion: Occasion): Promise<Recalled | string> {
  const { client, repository } = occasion;
  const distrust = await whyNotBelieved(runId, occasion);
  if (distrust !== undefined) return distrust;
  if (sizeBytes > MOST_PACKED_BYTES) return `it is larger than ${MOST_PACKED_BYTES} bytes`;
  const file = fileInZip(await downloadArtifact(client, repository, id), 'report.json', MOST_REPORT_BYTES);
  if ('fault' in file) return `it ${file.fault}`;
  const report = parseReport(file.bytes.toString('utf8'));
  if (report === undefined) return 'its report.json is none of this version';
  return report.digest === digest ? { report, runId } : 'its report is of something else than its name says';
}

/** A run of this workflow's file, in this repository, of this repository's own code, and the file as it is here. */
async function whyNotBelieved(runId: number, { client, repository, env, trigger }: Occasion): Promise<string | undefined> {
  const path = workflowPath(repository, env['GITHUB_WORKFLOW_REF'] ?? '');
  if (path === undefined) return 'it is not known which workflow this is';
  const run = await workflowRun(client, repository, runId);
  if (!run.isOwn) return 'the run is a fork’s';
  if (!believedEvents.has(run.event)) return 'the run was not started by a pull request, a push or a merge queue';
  if (run.path !== path) return 'the run is another workflow’s';
  const [there, here] = await Promise.all([run.headSha, trigger.range.head].map((sha) => fileAt(client, repository, path, sha)));
  return there !== undefined && there.id === here?.id ? undefined : 'the workflow’s file was another then';
}
