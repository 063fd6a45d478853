import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closed } from './ending.ts';

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: ChatRequest;
}

/** The parts of a chat completion's request that tests look at. */
interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [parameter: string]: unknown;
}

/** What the server does with one request. */
export type Reply =
  | {
      readonly content: string | null;
      readonly finish?: string;
      readonly refusal?: string;
      readonly usage?: object | null;
      readonly logprobs?: object;
    }
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** The connection is cut without a byte. */
  | 'drop'
  /** Nothing ever comes. */
  | 'hang'
  /** Half of a good body, then the end. */
  | 'truncate';

/** Decides on the `count`-th request (0-based). */
export type Script = (request: SeenRequest, count: number) => Reply | Promise<Reply>;

export interface ModelServer extends AsyncDisposable {
  /** Base URL, such as `http://127.0.0.1:1234/v1`. */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

/** A chat-completions server on loopback that does as its script says, faults included. */
export async function startModelServer(script: Script): Promise<ModelServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: ChatRequest = JSON.parse(Buffer.concat(chunks).toString());
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      void Promise.resolve(script(one, seen.length - 1)).then((reply) => act(reply, response));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    seen,
    [Symbol.asyncDispose]: () => closed(server),
  };
}

function act(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'drop') {
    response.destroy();
    return;
  }
  if (reply === 'truncate') {
    const whole = completion({ content: 'never seen in full' });
    response.writeHead(200, { 'content-type': 'application/json' }).end(whole.slice(0, whole.length / 2));
    return;
  }
  if ('status' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body ?? '');
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(completion(reply));
}

function completion({ content, finish, refusal, usage, logprobs }: Extract<Reply, { content: unknown }>): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: refusal ?? null },
        finish_reason: finish ?? 'stop',
        ...(logprobs && { logprobs }),
      },
    ],
    usage: usage === undefined ? { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } : usage,
  });
}

/** An error in OpenAI's envelope. */
export function apiError(status: number, error: { message: string; code?: string; param?: string; type?: string }): Reply {
  return { status, body: JSON.stringify({ error: { type: 'invalid_request_error', code: null, param: null, ...error } }) };
}
