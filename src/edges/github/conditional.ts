import { type Fetch, withBody } from './transport.ts';

/** What may change while a run lasts, and is asked for again and again. What Git keeps never changes. */
const CHANGES = /\/(?:issues|pulls)\//;

interface Known {
  readonly etag: string;
  readonly reply: Response;
  readonly body: ArrayBuffer;
}

/**
 * Asks for comments and pull requests that it has seen only whether they have changed: where they have not, GitHub counts nothing towards the
 * hourly limit (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
 */
export function conditional(fetch: Fetch): Fetch {
  const known = new Map<string, Known>();
  return async (url, init = {}) => {
    if ((init.method ?? 'GET') !== 'GET' || !CHANGES.test(new URL(url).pathname)) return fetch(url, init);
    const headers = new Headers(init.headers);
    const key = `${headers.get('accept')} ${url}`;
    const standing = known.get(key);
    if (standing !== undefined) headers.set('if-none-match', standing.etag);
    const reply = await fetch(url, { ...init, headers: Object.fromEntries(headers) });
    if (standing !== undefined && reply.status === 304) return withBody(standing.reply, standing.body);
    const etag = reply.headers.get('etag');
    if (reply.status !== 200 || etag === null) return reply;
    const body = await reply.arrayBuffer();
    known.set(key, { etag, reply, body });
    return withBody(reply, body);
  };
}
