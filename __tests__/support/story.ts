import { endingTogether } from './ending.ts';
import { type GitHubSeed, type GitHubServer, startGitHub } from './github/server.ts';
import { type Script, startModelServer } from './model-server.ts';
import { type ActionRun, runAction } from './run-action.ts';
import { obedient } from './shop.ts';

export interface Story {
  /** `with:` of the step, besides an endpoint and a key. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly script?: Script;
  /** Happens while the model is asked its first question. */
  readonly meanwhile?: (github: GitHubServer) => Promise<unknown>;
  /** Laid over the event's payload. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** Fills the workspace, as steps before this one would; absent: it is empty. */
  readonly workspace?: (folder: string, github: GitHubServer) => Promise<void>;
}

/** Runs the built action on a pull request from `base` to `head`, whose model does as prompts say. */
export async function onPullRequest(seed: GitHubSeed, { inputs = {}, script = obedient, meanwhile, event, workspace }: Story = {}) {
  const github = await startGitHub(seed);
  let happened: Promise<unknown> | undefined;
  const model = await startModelServer(async (request, count) => {
    happened ??= meanwhile?.(github);
    await happened;
    return script(request, count);
  });
  const given = { 'base-url': model.url, 'api-key': 'sk-story', ...inputs };
  const run = await runAction({
    github,
    event: github.event('pull_request', event),
    inputs: given,
    ...(workspace && { workspace: (folder) => workspace(folder, github) }),
  });
  return {
    model,
    github,
    run,
    given,
    ...endingTogether(run, github, model),
  };
}

/** The comment without its marker and its last line, which is the run's. */
export async function commentBody(github: GitHubServer): Promise<string> {
  const comments = await github.comments();
  expect(comments).toHaveLength(1);
  return comments[0]!.body.split('\n').slice(1, -1).join('\n').trim();
}

export const writes = (github: GitHubServer) => github.requests.filter((request) => request.method !== 'GET' && !isQuery(request));

/** Files are read in bulk by a GraphQL query, which is a POST; a mutation would be a write. */
const isQuery = ({ path, body }: GitHubServer['requests'][number]) =>
  path === '/graphql' && typeof body === 'object' && body !== null && 'query' in body && /^query\b/.test(String(body.query));

export function expectQuiet(run: ActionRun): void {
  expect(run.stdout + run.stderr).not.toMatch(/\n\s+at /);
}
