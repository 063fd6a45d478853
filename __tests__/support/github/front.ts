import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Faults, faults, suffer } from './faults.ts';

export interface RecordedRequest {
  readonly method: string;
  /** Decoded, without the API's prefix and without query. */
  readonly path: string;
  readonly query: string;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a recorded request. */
export type Answer = (request: RecordedRequest) => Promise<Reply>;

/** An HTTP server that records what it is asked and misbehaves on request. */
export interface Front extends AsyncDisposable {
  /** Without trailing slash, with the prefix. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  readonly faults: Faults;
  /** How many answers were 304, as what was asked for had not changed. */
  unchanged: number;
  /** Set once there is something behind the front. */
  answer: Answer;
}

/** `prefix`: what stands before every path, such as `/api/v3` on GitHub Enterprise Server. */
export async function startFront(prefix: string): Promise<Front> {
  const requests: RecordedRequest[] = [];
  const rules = faults();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(599).end(String(error));
    });
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await record(incoming, prefix);
    if (request === undefined) return void response.writeHead(404).end('{"message":"Not Found"}');
    requests.push(request);
    const misfortune = rules.next(request.method, request.path);
    if (misfortune !== undefined && misfortune !== 'drop-after' && misfortune !== 'half-body') return suffer(response, misfortune, '');
    const { status, headers, body } = await front.answer(request);
    if (misfortune !== undefined) return suffer(response, misfortune, body);
    const etag = status === 200 && request.method === 'GET' ? { etag: `"${createHash('sha1').update(body).digest('hex')}"` } : {};
    if (etag.etag !== undefined && request.headers['if-none-match'] === etag.etag) {
      front.unchanged += 1;
      return void response.writeHead(304, etag).end();
    }
    response.writeHead(status, { ...headers, ...etag }).end(body);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The front listens on no port.');
  const front: Front = {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    requests,
    faults: rules,
    unchanged: 0,
    answer: async () => ({ status: 503, headers: {}, body: '' }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return front;
}

async function record(incoming: IncomingMessage, prefix: string): Promise<RecordedRequest | undefined> {
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://front');
  const body = await text(incoming);
  const isGraphQL = pathname === `${prefix.replace(/\/v3$/, '')}/graphql`;
  if (!isGraphQL && !pathname.startsWith(`${prefix}/`)) return undefined;
  return {
    method: incoming.method ?? 'GET',
    path: isGraphQL ? '/graphql' : decodeURIComponent(pathname.slice(prefix.length)),
    query: search,
    body: body === '' ? undefined : JSON.parse(body),
    headers: incoming.headers,
  };
}
