import { createHash } from 'node:crypto';
import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';
import { downloadArtifact, ownArtifacts } from '../../edges/github/artifacts.ts';
import { workflowPath, workflowRun } from '../../edges/github/runs.ts';
import { fileInZip } from '../../edges/zip.ts';
import type { Optimized } from '../../jobs/optimize.ts';
import { rootOf } from '../occasion.ts';
import type { CommandOccasion } from './occasion.ts';

const suggestionSchema = z.object({
  /** From the repository's root. */
  path: z.string().min(1).max(1000),
  /** Git object id of the file that was improved. */
  blob: z.string().regex(/^[0-9a-f]{40}$/),
  /** The whole file. */
  text: z.string().max(1_000_000),
});

/** A verified version of a file, which may replace that very file and no other. */
export type Suggestion = z.infer<typeof suggestionSchema>;

const fileSchema = z.object({ suggestions: z.array(suggestionSchema).max(100) });

export const FILE = 'suggestions.json';
const MOST_BYTES = 20_000_000;

export const nameOf = (number: number): string => `prompt-ratchet-suggestions-${number}`;

/** What was verified of a search, for a later command; undefined where nothing was. */
export function suggestionOf({ report, before }: Optimized, { inputs }: Pick<CommandOccasion, 'inputs'>): Suggestion | undefined {
  const { finding, suggestion } = report.search;
  if (finding !== 'verified' || suggestion === undefined || suggestion.isNew) return undefined;
  return { path: rootOf(inputs) + report.path, blob: blobId(before), text: suggestion.text };
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function blobId(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** What one search left, and where all of it stands, as the end of a sentence. */
interface Found {
  readonly suggestions: readonly Suggestion[];
  readonly place: string;
}

/**
 * What the newest search by comment found for this pull request, or why there is nothing. Only a run that a comment started counts, of this
 * workflow: GitHub takes it from the default branch, so that no pull request can have written it.
 */
export async function suggestionsFor(occasion: CommandOccasion): Promise<Found | string> {
  const { client, repository, trigger, env } = occasion;
  const name = nameOf(trigger.number);
  const own = workflowPath(repository, env['GITHUB_WORKFLOW_REF'] ?? '');
  for (const { id, runId, sizeBytes } of (await ownArtifacts(client, repository, name)).slice(0, 3)) {
    const run = await workflowRun(client, repository, runId);
    if (!run.isOwn || run.event !== 'issue_comment' || run.path !== own || sizeBytes > MOST_BYTES) continue;
    const file = fileInZip(await downloadArtifact(client, repository, id), FILE, MOST_BYTES);
    if ('fault' in file) return `What was found cannot be read: the artifact ${file.fault}.`;
    const suggestions = parsed(file.bytes.toString('utf8'));
    const place = `the artifact [${name}](<${occasion.run.url.replace(/\d+$/, String(runId))}/artifacts/${id}>)`;
    return suggestions === undefined ? 'What was found cannot be read: it is of another version.' : { suggestions, place };
  }
  return 'No search has found a verified version yet: `/ratchet optimize` starts one.';
}

function parsed(text: string): readonly Suggestion[] | undefined {
  return fileSchema.safeParse(jsonIn(text)).data?.suggestions;
}
