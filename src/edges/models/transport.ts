import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { UserError } from '../../domain/problem.ts';

/** Bytes of one reply that are read; a chat completion of that size is no answer to an example. */
export const maxReplyBytes = 16 * 1024 * 1024;

const connectTimeoutMs = 3_000;

/** Why there is no whole response: the system's or undici's code, or one of ours. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The request's own signal fired, or its time was over. */
export const aborted = 'ABORTED';
export const tooLarge = 'TOO_LARGE';
export const notHttp = 'NOT_HTTP';

/** A whole response. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Posts a body to one address. Rejects with a TransportError. */
export type Post = (body: string, signal: AbortSignal) => Promise<Reply>;

/** HTTP over kept-alive connections. */
export interface Transport {
  /** How to post to `url`, which is on the transport's server, with these headers. */
  readonly to: (url: string, headers: Readonly<Record<string, string>>) => Post;
  readonly close: () => Promise<void>;
}

/**
 * Connections to `url`'s server, by way of `HTTPS_PROXY` and its kin unless it is this computer.
 * Redirects are not followed: a key must not travel to where a server points. A request may take `timeoutMs`.
 */
export function openTransport(url: string, timeoutMs: number): Transport {
  const agent = openAgent(url);
  return {
    to: (address, headers) => {
      const { origin, pathname, search } = new URL(address);
      const common = { origin, path: pathname + search, method: 'POST', headers: { ...headers, 'accept-encoding': 'identity' } } as const;
      return (body, signal) =>
        new Promise((resolve, reject) => agent.dispatch({ ...common, body }, new Reader({ signal, timeoutMs }, resolve, reject)));
    },
    close: () => agent.destroy(),
  };
}

interface Limits {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Collects one response. undici's `dispatch` costs a third of the CPU time of its `fetch`: no streams, no promises in between. */
class Reader implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #resolve: (reply: Reply) => void;
  readonly #reject: (error: TransportError) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #failed = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor({ signal, timeoutMs }: Limits, resolve: (reply: Reply) => void, reject: (error: TransportError) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(this.#onAbort, timeoutMs);
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  readonly #onAbort = (): void => this.#fail(aborted);

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failed) controller.abort(new TransportError(aborted));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > maxReplyBytes) this.#fail(tooLarge);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#leave();
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, text: whole.toString('utf8') });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error instanceof TransportError ? error.code : codeOf(error));
  }

  /** The first reason counts: the connection's end that follows an abort has nothing to add. */
  #fail(code: string): void {
    this.#leave();
    this.#failed = true;
    const error = new TransportError(code);
    this.#reject(error);
    this.#controller?.abort(error);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}

function codeOf(error: Error): string {
  if (error.name === 'HTTPParserError') return notHttp;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function openAgent(url: string): Dispatcher {
  // The engine aborts what takes too long, so undici's own timeouts would only cut a slow model short.
  const options = { connect: { timeout: connectTimeoutMs }, headersTimeout: 0, bodyTimeout: 0 };
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)) return new Agent(options);
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    throw new UserError({ key: 'HTTPS_PROXY', what: 'a proxy named by the environment is not a URL' });
  }
}
