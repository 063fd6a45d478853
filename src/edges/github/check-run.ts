import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { type Forbidden, failedHalfWay, orForbidden } from './refusal.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';

/** A finished check of one commit. */
export interface CheckRun {
  readonly name: string;
  readonly headSha: string;
  readonly conclusion: 'success' | 'neutral' | 'failure';
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly detailsUrl: string;
  /** Tells this run's own from others of the same name. */
  readonly externalId: string;
}

/** Lines of a file to be marked, 1-based and both inclusive. */
interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning';
  readonly title: string;
  readonly message: string;
}

export type WrittenCheckRun = { readonly kind: 'written'; readonly url: string } | Forbidden;

/** What one request takes (https://docs.github.com/en/rest/checks/runs). */
const MOST_ANNOTATIONS = 50;

const checkRunReply = z.object({ id: z.number(), html_url: z.string().nullish(), external_id: z.string().nullish() });
type Standing = z.infer<typeof checkRunReply>;

/** Writes the check run with its first 50 annotations, then adds the others by 50. GitHubRefusal for everything but a missing permission. */
export async function writeCheckRun(client: GitHubClient, { owner, name }: Repository, checkRun: CheckRun): Promise<WrittenCheckRun> {
  const repository = { owner, repo: name };
  const { title, summary, annotations } = checkRun;
  const output = (from: number) => ({ title, summary, annotations: annotations.slice(from, from + MOST_ANNOTATIONS).map(asGitHubWants) });
  return orForbidden(
    async () => {
      const { id, html_url } = await createOnce(client, repository, checkRun, output(0));
      for (let from = MOST_ANNOTATIONS; from < annotations.length; from += MOST_ANNOTATIONS)
        await client.rest.checks.update({ ...repository, check_run_id: id, output: output(from) });
      return { kind: 'written', url: html_url ?? '' };
    },
    ({ status, words }) =>
      `The check run could not be written (GitHub answered ${status} "${words}"): the job needs \`permissions: checks: write\`, which runs of forks and of Dependabot do not get.`,
  );
}

type Location = { readonly owner: string; readonly repo: string };
type Output = NonNullable<Parameters<GitHubClient['rest']['checks']['create']>[0]>['output'];

/** Where GitHub failed half-way the check run may stand already: looks before it creates another. */
async function createOnce(client: GitHubClient, repository: Location, checkRun: CheckRun, output: Output, retries = 2): Promise<Standing> {
  const { name, headSha, conclusion, detailsUrl, externalId } = checkRun;
  try {
    const { data } = await client.rest.checks.create({
      ...repository,
      name,
      head_sha: headSha,
      status: 'completed',
      conclusion,
      details_url: detailsUrl,
      external_id: externalId,
      ...(output && { output }),
    });
    return understood(checkRunReply, data, `the new check run ${name}`);
  } catch (error) {
    if (!failedHalfWay(error) || retries === 0) throw error;
    const asked = { ...repository, ref: headSha, check_name: name, per_page: 100 };
    const replies: unknown[] = await client.paginate(client.rest.checks.listForRef, asked);
    const standing = understood(z.array(checkRunReply), replies, `the check runs of ${headSha}`).find(
      ({ external_id }) => external_id === externalId,
    );
    return standing ?? createOnce(client, repository, checkRun, output, retries - 1);
  }
}

function asGitHubWants({ path, startLine, endLine, level, title, message }: CheckAnnotation) {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message };
}
