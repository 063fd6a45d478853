import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closed } from '../ending.ts';

/** The part of GitHub's cache service that `@actions/cache` speaks to, with one scope. */
export interface CacheService extends AsyncDisposable {
  /** What the runner would tell the action. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of what was saved whole, oldest first. */
  readonly keys: readonly string[];
  /** What each request asked for, in order. */
  readonly asked: readonly string[];
  /** From now on as for a run that may only read. */
  denyWrites(): void;
  /** Replaces what was saved last. */
  damage(bytes: Buffer): void;
}

interface Entry {
  readonly key: string;
  readonly version: string;
  blob: Buffer | undefined;
}

interface TwirpRequest {
  readonly key: string;
  readonly version: string;
  readonly restore_keys?: readonly string[];
}

const twirp = '/twirp/github.actions.results.api.v1.CacheService/';

export async function startCacheService(): Promise<CacheService> {
  const entries: Entry[] = [];
  const asked: string[] = [];
  let isReadOnly = false;
  const blobUrl = (request: IncomingMessage, index: number) => `http://${request.headers.host}/blobs/container/${index}?sig=secret`;

  const methods: Readonly<Record<string, (body: TwirpRequest, request: IncomingMessage) => object>> = {
    GetCacheEntryDownloadURL: ({ key, version, restore_keys = [] }, request) => {
      const fits = (prefix: string) => (entry: Entry) =>
        entry.blob !== undefined && entry.version === version && entry.key.startsWith(prefix);
      const index = [key, ...restore_keys].map((prefix) => entries.findLastIndex(fits(prefix))).find((at) => at >= 0);
      return index === undefined
        ? { ok: false }
        : { ok: true, signed_download_url: blobUrl(request, index), matched_key: entries[index]!.key };
    },
    CreateCacheEntry: ({ key, version }, request) => {
      if (isReadOnly) return { ok: false, message: 'cache write denied: this run may only read' };
      if (entries.some((entry) => entry.key === key)) return { ok: false, message: 'the key is taken' };
      entries.push({ key, version, blob: undefined });
      return { ok: true, signed_upload_url: blobUrl(request, entries.length - 1) };
    },
    FinalizeCacheEntryUpload: ({ key }) => ({ ok: true, entry_id: String(entries.findIndex((entry) => entry.key === key)) }),
  };

  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    const body = await buffer(request);
    if (path.startsWith(twirp)) {
      const method = path.slice(twirp.length);
      asked.push(method);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(methods[method]!(JSON.parse(body.toString()), request)));
      return;
    }
    const entry = entries[Number(path.split('/').at(-1))]!;
    asked.push(`${request.method} blob`);
    if (request.method === 'PUT') {
      entry.blob = body;
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date(0).toUTCString(), 'x-ms-request-id': '1' }).end();
    } else response.writeHead(200, { 'content-length': entry.blob!.length }).end(entry.blob);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    env: {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `http://127.0.0.1:${address.port}/`,
      ACTIONS_RUNTIME_TOKEN: 'runtime-token',
    },
    get keys() {
      return entries.filter(({ blob }) => blob !== undefined).map(({ key }) => key);
    },
    asked,
    denyWrites: () => {
      isReadOnly = true;
    },
    damage: (bytes) => {
      entries.at(-1)!.blob = bytes;
    },
    [Symbol.asyncDispose]: () => closed(server),
  };
}
