import { createEmulator } from 'emulate';
import * as z from 'zod';
import { checkRunsOn, type WrittenCheckRun } from './check-runs.ts';
import { documented } from './documented.ts';
import { type EventName, eventOf, type GitHubEvent } from './events.ts';
import type { Faults } from './faults.ts';
import { type Answer, type RecordedRequest, type Reply, startFront } from './front.ts';
import { type Files, type History, history, type Make } from './history.ts';
import { reviewComments } from './reviews.ts';

/** One repository with a base branch, a head branch and a pull request from one to the other. */
export interface GitHubSeed {
  /** Content at the merge base. */
  readonly base: Files;
  /** Content of the pull request's head, one commit above the merge base. */
  readonly head: Files;
  /** Content at the tip of the base branch, one commit above the merge base; absent: the branch has not moved. */
  readonly tip?: Files;
  readonly owner?: string;
  readonly name?: string;
  readonly baseBranch?: string;
  readonly headBranch?: string;
  /** `/api/v3` makes it look like an Enterprise Server. */
  readonly prefix?: string;
}

type PostedComment = z.infer<typeof postedComments>[number];

/** A stateful GitHub (`emulate`) behind a front that records, misbehaves on request, and answers in the documented shapes. */
export interface GitHubServer extends AsyncDisposable {
  /** What `GITHUB_API_URL` would be. */
  readonly url: string;
  /** Like `GITHUB_TOKEN`: acts as github-actions[bot], may not ask who it is. */
  readonly token: string;
  /** The same on a fork's pull request. */
  readonly readOnlyToken: string;
  /** A person's: acts as mona. */
  readonly userToken: string;
  readonly owner: string;
  readonly name: string;
  readonly baseBranch: string;
  readonly headBranch: string;
  /** Number of the pull request. */
  readonly pull: number;
  readonly shas: { readonly base: string; readonly tip: string; readonly head: string };
  readonly history: History;
  /** Every request of the product, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The same as lines `GET /path`. */
  log(): string[];
  /** How many of them brought nothing new (304), which GitHub does not count. */
  unchanged(): number;
  readonly faults: Faults;
  /** Answers what `instead` has an answer for; undefined leaves it to the server. */
  answerInstead(instead: (request: RecordedRequest) => Reply | undefined): void;
  /** Cuts recursive trees after so many entries. */
  cutTreesAfter(entries: number): void;
  /** All comments of the pull request, oldest first. */
  comments(): Promise<PostedComment[]>;
  /** Comments on the pull request as one of mona, who may write, mallory, who may not, hubot[bot] or github-actions[bot]; its id. */
  comment(login: CommentAuthor, body: string): Promise<number>;
  /** The check runs on `sha` (default: the head), oldest first, with all their annotations. */
  checkRuns(sha?: string): Promise<WrittenCheckRun[]>;
  /** Comments on lines of the pull request's diff. */
  suggestions(): ReturnType<ReturnType<typeof reviewComments>['kept']>;
  /** As its author may. */
  closePull(): Promise<void>;
  /** As a person with write access may. */
  editComment(id: number, body: string): Promise<void>;
  deleteComment(id: number): Promise<void>;
  /** What the runner would be told; `changes` are laid over the payload. */
  event(name: EventName, changes?: Readonly<Record<string, unknown>>): GitHubEvent;
}

type CommentAuthor = 'mona' | 'mallory' | 'hubot[bot]' | 'github-actions[bot]';

const made = z.object({ sha: z.string().default(''), number: z.number().default(0), id: z.number().default(0) });
const postedComments = z.array(z.object({ id: z.number(), body: z.string(), user: z.object({ login: z.string(), type: z.string() }) }));

const tokens = {
  ghs_owner: { login: 'acme' },
  ghs_actions: { login: 'github-actions[bot]' },
  ghs_actions_read: { login: 'github-actions[bot]', readOnly: true },
  ghs_hubot: { login: 'hubot[bot]' },
  ghp_mona: { login: 'mona' },
  ghp_mallory: { login: 'mallory' },
};
const tokenOf = { mona: 'ghp_mona', mallory: 'ghp_mallory', 'hubot[bot]': 'ghs_hubot', 'github-actions[bot]': 'ghs_actions' };

export async function startGitHub(seed: GitHubSeed): Promise<GitHubServer> {
  const { owner = 'acme', name = 'shop', baseBranch = 'main', headBranch = 'edit', prefix = '' } = seed;
  const front = await startFront(prefix);
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(Object.entries(tokens).map(([token, { login }]) => [token, { login: login === 'acme' ? owner : login }])),
      github: {
        users: [owner, 'mona', 'mallory', 'hubot[bot]', 'github-actions[bot]'].map((login) => ({ login })),
        repos: [{ owner, name, default_branch: baseBranch, auto_init: false }],
      },
    },
  });
  let mostTreeEntries = Number.POSITIVE_INFINITY;
  const emulated = forward(emulator.url, front.url);
  let commentCount = 0;
  const behind: Answer = async (request) => {
    const reply = await emulated(request);
    if (reply.status < 300) commentCount += commentsMore(request);
    return reply;
  };
  const reviews = reviewComments();
  front.answer = documented(behind, { tokens, mostTreeEntries: () => mostTreeEntries, reviews });

  const as =
    (token: string): Make =>
    async (method, path, body) => {
      const reply = await behind({ method, path, query: '', body, headers: { authorization: `token ${token}` } });
      if (reply.status < 300) return made.parse(JSON.parse(reply.body || '{}'));
      throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
    };
  const repository = `/repos/${owner}/${name}`;
  const commits = history(as('ghs_owner'), `${owner}/${name}`);
  const base = await commits.commit(seed.base);
  const tip = seed.tip === undefined ? base : await commits.commit(seed.tip, base);
  const head = await commits.commit(seed.head, base);
  await commits.branch(baseBranch, tip);
  await commits.branch(headBranch, head);
  const { number } = await as('ghs_owner')('POST', `${repository}/pulls`, {
    title: 'Edit a prompt',
    head: headBranch,
    base: baseBranch,
  });

  const server: GitHubServer = {
    url: front.url,
    token: 'ghs_actions',
    readOnlyToken: 'ghs_actions_read',
    userToken: 'ghp_mona',
    owner,
    name,
    baseBranch,
    headBranch,
    pull: number,
    shas: { base, tip, head },
    history: commits,
    requests: front.requests,
    suggestions: reviews.kept,
    log: () => front.requests.map(({ method, path }) => `${method} ${path}`),
    unchanged: () => front.unchanged,
    faults: front.faults,
    answerInstead: (instead) => {
      const proper = front.answer;
      front.answer = async (request) => instead(request) ?? proper(request);
    },
    cutTreesAfter: (entries) => {
      mostTreeEntries = entries;
    },
    comments: async () => {
      const request = { method: 'GET', path: `${repository}/issues/${number}/comments`, query: '?per_page=100', body: undefined };
      const reply = await front.answer({ ...request, headers: { authorization: 'token ghs_actions' } });
      return postedComments.parse(JSON.parse(reply.body));
    },
    comment: async (login, body) => {
      const { id } = await as(tokenOf[login])('POST', `${repository}/issues/${number}/comments`, { body });
      return id;
    },
    checkRuns: (sha = head) => checkRunsOn(front.answer, repository, sha),
    closePull: async () => {
      await as('ghs_owner')('PATCH', `${repository}/pulls/${number}`, { state: 'closed' });
    },
    editComment: async (id, body) => {
      await as('ghs_owner')('PATCH', `${repository}/issues/comments/${id}`, { body });
    },
    deleteComment: async (id) => {
      await as('ghs_owner')('DELETE', `${repository}/issues/comments/${id}`);
    },
    event: (eventName, changes = {}) => eventOf(eventName, { ...server, commentCount }, changes),
    [Symbol.asyncDispose]: async () => {
      await front[Symbol.asyncDispose]();
      await emulator.close();
    },
  };
  return server;
}

/** By how many comments a request that succeeds makes the conversation longer. */
function commentsMore({ method, path }: Parameters<Answer>[0]): number {
  if (method === 'POST' && /\/issues\/\d+\/comments$/.test(path)) return 1;
  return method === 'DELETE' && /\/issues\/comments\/\d+$/.test(path) ? -1 : 0;
}

/** Asks the emulator; URLs in its answers lead to the front. */
function forward(emulatorUrl: string, frontUrl: string): Answer {
  const outward = (text: string) => text.replaceAll(emulatorUrl, frontUrl);
  return async ({ method, path, query, body, headers }) => {
    const { authorization, accept = 'application/json' } = headers;
    const response = await fetch(`${emulatorUrl}${path.split('/').map(encodeURIComponent).join('/')}${query}`, {
      method,
      headers: { accept, ...(authorization && { authorization }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const kept = [...response.headers].filter(([header]) => /^(link|x-ratelimit-.*|content-type)$/.test(header));
    const outwards = kept.map(([header, value]) => [header, outward(value)]);
    return { status: response.status, headers: Object.fromEntries(outwards), body: outward(await response.text()) };
  };
}
