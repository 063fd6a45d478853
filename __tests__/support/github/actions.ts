import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { zipSync } from 'fflate';
import { closed } from '../ending.ts';
import type { RecordedRequest, Reply } from './front.ts';
import { json, refusal } from './replies.ts';
import type { GitHubServer } from './server.ts';

/** A workflow run in GitHub's words, as far as anybody asks. */
interface SeededRun {
  readonly id: number;
  readonly event?: string;
  readonly path?: string;
  readonly headSha: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** `owner/name`; absent: this repository. */
  readonly headRepository?: string;
}

interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly bytes: Buffer;
}

/** GitHub Actions beside the repository: its service for artifacts, and the part of its API that knows runs. */
export interface ActionsService extends AsyncDisposable {
  /** What the runner would tell the action in that run. */
  env(runId: number): Readonly<Record<string, string>>;
  readonly artifacts: StoredArtifact[];
  /** Adds a run; one of the same id is replaced. */
  addRun(run: SeededRun): void;
  /** As a workflow that is not ours could: a zip of such files, or such bytes. */
  addArtifact(runId: number, name: string, content: Readonly<Record<string, string>> | Buffer): void;
  /** What was asked to be run again: `rerun 41`, `rerun-failed-jobs 41`. */
  readonly reruns: readonly string[];
}

const OWN_ID = 1;
const FORK_ID = 2;
const twirp = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** Begins to answer for `github` what concerns Actions. */
export async function startActions(github: GitHubServer): Promise<ActionsService> {
  const full = `${github.owner}/${github.name}`;
  const runs = new Map<number, SeededRun>();
  const artifacts: StoredArtifact[] = [];
  const blocks = new Map<string, Buffer[]>();
  const reruns: string[] = [];

  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const body = await buffer(request);
    if (url.pathname.startsWith(twirp)) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(called(url.pathname.slice(twirp.length), JSON.parse(body.toString()))));
    } else if (request.method === 'PUT') {
      const key = url.pathname.slice('/blobs/'.length);
      if (url.searchParams.get('comp') !== 'blocklist') blocks.set(key, [...(blocks.get(key) ?? []), body]);
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date(0).toUTCString(), 'x-ms-request-id': '1' }).end();
    } else {
      const bytes = artifacts.find(({ id }) => url.pathname === `/zip/${id}`)?.bytes;
      if (bytes === undefined) response.writeHead(404).end(`${request.method} ${url.pathname}`);
      else response.writeHead(200, { 'content-type': 'application/zip', 'content-length': bytes.length }).end(bytes);
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;

  const keep = (runId: number, name: string, bytes: Buffer) => artifacts.push({ id: 900 + artifacts.length, name, runId, bytes });
  function called(method: string, body: Readonly<Record<string, string>>): object {
    const key = `${body['workflow_run_backend_id'] ?? body['workflowRunBackendId']}/${body['name']}`;
    if (method === 'CreateArtifact') return { ok: true, signed_upload_url: `${origin}/blobs/${key}?sig=secret` };
    keep(Number(key.split('/')[0]), body['name']!, Buffer.concat(blocks.get(key) ?? []));
    return { ok: true, artifact_id: String(artifacts.at(-1)!.id) };
  }

  const listed = ({ id, name, runId, bytes }: StoredArtifact) => {
    const isFork = runs.get(runId)?.headRepository !== undefined;
    const workflow_run = { id: runId, repository_id: OWN_ID, head_repository_id: isFork ? FORK_ID : OWN_ID };
    return { id, name, size_in_bytes: bytes.length, expired: false, workflow_run };
  };
  github.answerInstead(({ method, path, query }: RecordedRequest): Reply | undefined => {
    const [, rest] = new RegExp(`^/repos/${full}/actions/(.*)$`).exec(path) ?? [];
    if (rest === undefined) return undefined;
    const [what, id, action] = rest.split('/');
    const asked = new URLSearchParams(query);
    if (rest === 'artifacts') {
      const named = artifacts.filter(({ name }) => name === asked.get('name')).map(listed);
      return json(200, { total_count: named.length, artifacts: named.reverse() });
    }
    if (what === 'artifacts') return { status: 302, headers: { location: `${origin}/zip/${id}` }, body: '' };
    if (rest === 'runs') {
      const found = [...runs.values()].filter(
        ({ headSha, event = 'pull_request' }) => headSha === asked.get('head_sha') && event === (asked.get('event') ?? event),
      );
      return json(200, { total_count: found.length, workflow_runs: found.map(shown).reverse() });
    }
    const run = runs.get(Number(id));
    if (run === undefined) return refusal(404, 'Not Found');
    if (method === 'POST') {
      reruns.push(`${action} ${id}`);
      return json(201, {});
    }
    return json(200, shown(run));
  });
  const shown = (run: SeededRun) => ({
    id: run.id,
    event: run.event ?? 'pull_request',
    path: run.path ?? '.github/workflows/prompts.yml',
    head_sha: run.headSha,
    status: run.status ?? 'completed',
    conclusion: run.conclusion ?? 'failure',
    created_at: run.createdAt ?? '2026-01-01T00:00:00Z',
    updated_at: run.updatedAt ?? '2026-01-01T00:01:00Z',
    repository: { full_name: full },
    head_repository: { full_name: run.headRepository ?? full },
  });

  return {
    env: (runId) => ({
      ACTIONS_RESULTS_URL: `${origin}/`,
      ACTIONS_RUNTIME_TOKEN: `${base64({ alg: 'none' })}.${base64({ scp: `Actions.Results:${runId}:job` })}.signed`,
      GITHUB_RUN_ID: String(runId),
    }),
    artifacts,
    addRun: (run) => runs.set(run.id, run),
    addArtifact: (runId, name, content) => {
      const files = () => zipSync(Object.fromEntries(Object.entries(content).map(([path, text]) => [path, Buffer.from(text)])));
      keep(runId, name, Buffer.isBuffer(content) ? content : Buffer.from(files()));
    },
    reruns,
    [Symbol.asyncDispose]: () => closed(server),
  };
}

const base64 = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
