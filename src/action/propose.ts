import { connect } from '../edges/github/client.ts';
import { standingComments, writeComment } from '../edges/github/comment.ts';
import { numbered } from '../edges/github/comments.ts';
import { proposeFile } from '../edges/github/proposal.ts';
import { withLooks } from '../edges/github/state.ts';
import type { Optimized } from '../jobs/optimize.ts';
import { pullRequestBody, pullRequestTitle } from '../report/index.ts';
import { commentKey } from './comment-key.ts';
import { type Occasion, rootOf } from './occasion.ts';
import { warnWhereRefused } from './refused.ts';

/** What became of a proposal, as a sentence; with the address of the pull request where there is one. */
export interface Outcome {
  readonly sentence: string;
  readonly url?: string;
}

/** What the branches begin with that a search proposes. */
export const PROPOSED = 'prompt-ratchet/';

/** Opens a pull request with the suggested text. Where that is not allowed a sentence says what is left to do: the branch, or the patch. */
export async function propose(optimized: Optimized, occasion: Occasion): Promise<Outcome> {
  const { inputs, client, repository, env, log } = occasion;
  const { report, run } = optimized;
  const { suggestion } = report.search;
  const branch = `${PROPOSED}${slugOf(report.path)}-${suggestion!.hash.slice(0, 8)}`;
  const base = baseBranch(occasion);
  const title = pullRequestTitle(report);
  const ownClient =
    inputs.pushToken === ''
      ? client
      : connect({ token: inputs.pushToken, apiUrl: env['GITHUB_API_URL'] ?? '', log: (sentence) => log.info(sentence) });
  const file = { branch, parent: report.head.sha, path: `${rootOf(inputs)}${report.path}`, text: suggestion!.text, message: title };
  const proposed = await proposeFile(ownClient, repository, file, { base, branch, title, body: pullRequestBody(report, run) });
  if (proposed.kind === 'refused')
    return {
      sentence: `No branch could be pushed (GitHub answered "${proposed.words}"): the job needs \`permissions: contents: write\`, or the input \`push-token\`. The patch is below, and in \`suggestion.patch\`.`,
    };
  if (proposed.kind === 'pushed') {
    const compare = `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository.owner}/${repository.name}/compare/${encodeURIComponent(base)}...${encodeURIComponent(branch)}?expand=1`;
    return {
      sentence: `The branch \`${branch}\` is pushed, but no pull request could be opened (GitHub answered "${proposed.words}"): allow it under Settings → Actions → General, give the job \`permissions: pull-requests: write\`, or give the input \`push-token\`. To open it by hand: ${compare}`,
    };
  }
  await remember(optimized, proposed.number, occasion);
  const idle =
    inputs.pushToken === ''
      ? ' Its checks do not start by themselves, since a workflow’s own token opened it: close and reopen it, or give the input `push-token`.'
      : '';
  return { sentence: `Pull request opened: ${proposed.url}.${idle}`, url: proposed.url };
}

/** The pull request's comment says where its text came from, so that the check holds only the confirm rows against it. */
async function remember({ report, look }: Optimized, number: number, { inputs, client, repository, log }: Occasion): Promise<void> {
  if (look === undefined) return;
  const target = numbered(repository, number);
  await warnWhereRefused(log, async () => {
    const standing = await standingComments(client, target, commentKey(inputs));
    if (standing.kind === 'forbidden') return;
    await writeComment(client, target, standing, {
      body: 'This text came out of a search. Its check compares it on the examples that had no part in choosing it.',
      create: true,
      objection: async () => undefined,
      state: { ...standing.state, looks: withLooks(standing.state.looks ?? [], [{ path: report.path, ...look }]) },
    });
  });
}

/** The branch that the workflow was started on, else the default one. */
function baseBranch({ env, trigger }: Occasion): string {
  const [, branch] = /^refs\/heads\/(.+)$/.exec(env['GITHUB_REF'] ?? '') ?? [];
  return branch ?? trigger.range.base;
}

function slugOf(path: string): string {
  return path
    .replace(/\.\w+$/, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
}
