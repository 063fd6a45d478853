/** Those that the action does something on. */
export const eventNames = ['pull_request', 'push', 'merge_group', 'workflow_dispatch', 'issue_comment', 'workflow_run'] as const;

export type EventName = (typeof eventNames)[number];

/** What the runner tells an action about the event: `GITHUB_EVENT_NAME`, the file at `GITHUB_EVENT_PATH`, and so on. */
export interface GitHubEvent {
  readonly eventName: EventName;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sha: string;
  readonly ref: string;
  readonly actor: string;
}

/** The facts of a repository that payloads are made of. */
export interface EventFacts {
  readonly owner: string;
  readonly name: string;
  readonly baseBranch: string;
  readonly headBranch: string;
  readonly pull: number;
  /** Comments in the pull request's conversation. */
  readonly commentCount: number;
  readonly shas: { readonly tip: string; readonly head: string };
}

const NO_COMMIT = '0'.repeat(40);
/** Of the merge commit that GitHub makes for a pull request; nothing should ever be read from it. */
const MERGE_COMMIT = 'c'.repeat(40);

/**
 * An event in the shape of https://docs.github.com/en/webhooks/webhook-events-and-payloads, cut to what actions read. `changes` are laid
 * over it, object by object; `null` stays null.
 */
export function eventOf(eventName: EventName, facts: EventFacts, changes: Readonly<Record<string, unknown>> = {}): GitHubEvent {
  const { ref, sha, payload } = events[eventName](facts);
  const common = { repository: repositoryOf(facts), sender: { login: 'mona', type: 'User' } };
  return { eventName, ref, sha, actor: 'mona', payload: laidOver({ ...common, ...payload }, changes) };
}

type Event = Pick<GitHubEvent, 'ref' | 'sha' | 'payload'>;

const events: Readonly<Record<EventName, (facts: EventFacts) => Event>> = {
  pull_request: (facts) => ({
    ref: `refs/pull/${facts.pull}/merge`,
    sha: MERGE_COMMIT,
    payload: {
      action: 'synchronize',
      number: facts.pull,
      pull_request: {
        number: facts.pull,
        state: 'open',
        draft: false,
        comments: facts.commentCount,
        user: { login: 'mona', type: 'User' },
        base: { ref: facts.baseBranch, sha: facts.shas.tip, repo: repositoryOf(facts) },
        head: { ref: facts.headBranch, sha: facts.shas.head, repo: repositoryOf(facts) },
      },
    },
  }),
  push: ({ baseBranch, shas }) => ({
    ref: `refs/heads/${baseBranch}`,
    sha: shas.head,
    payload: { ref: `refs/heads/${baseBranch}`, before: shas.tip, after: shas.head, created: false, deleted: false, forced: false },
  }),
  merge_group: ({ baseBranch, pull, shas }) => {
    const ref = `refs/heads/gh-readonly-queue/${baseBranch}/pr-${pull}-${shas.tip}`;
    const merge_group = { base_ref: `refs/heads/${baseBranch}`, base_sha: shas.tip, head_ref: ref, head_sha: shas.head };
    return { ref, sha: shas.head, payload: { action: 'checks_requested', merge_group } };
  },
  workflow_run: ({ baseBranch, headBranch, shas }) => ({
    ref: `refs/heads/${baseBranch}`,
    sha: shas.tip,
    payload: {
      action: 'completed',
      workflow_run: {
        id: 41,
        event: 'pull_request',
        created_at: '2026-01-01T00:00:00Z',
        head_sha: shas.head,
        head_branch: headBranch,
        head_repository: { full_name: 'mallory/shop' },
        pull_requests: [],
      },
    },
  }),
  issue_comment: ({ baseBranch, pull, shas }) => ({
    ref: `refs/heads/${baseBranch}`,
    sha: shas.tip,
    payload: {
      action: 'created',
      issue: { number: pull, state: 'open', pull_request: { url: 'https://api.github.com' } },
      comment: { id: 1, body: '/ratchet help', created_at: '2026-01-01T00:00:00Z', user: { login: 'mona', type: 'User' } },
    },
  }),
  workflow_dispatch: ({ headBranch, shas }) => ({
    ref: `refs/heads/${headBranch}`,
    sha: shas.head,
    payload: { ref: `refs/heads/${headBranch}`, workflow: '.github/workflows/prompts.yml', inputs: { base: '', head: '', prompts: '' } },
  }),
};

/** A push that made the branch. */
export const firstPush = { before: NO_COMMIT, created: true };
/** A push that deleted the branch. */
export const deletion = { after: NO_COMMIT, deleted: true };

function repositoryOf({ owner, name, baseBranch }: EventFacts) {
  return { name, full_name: `${owner}/${name}`, owner: { login: owner }, default_branch: baseBranch, private: false };
}

type Plain = Readonly<Record<string, unknown>>;

function laidOver(under: Plain, over: Plain): Plain {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const standing = merged[key];
    merged[key] = isPlain(value) && isPlain(standing) ? laidOver(standing, value) : value;
  }
  return merged;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
