/** The part of the platform's `fetch` that the client needs. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * A fetch that either has the whole body or fails: the client takes a body cut off half-way for a short one.
 * Gives up after `timeoutMs`, which covers the body too.
 */
export function wholeBodies(fetch: Fetch, timeoutMs: number): Fetch {
  return async (url, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])];
    const response = await fetch(url, { ...init, signal: AbortSignal.any(signals) });
    return withBody(response, await response.arrayBuffer());
  };
}

/** The response as if it had just come, with a body that was read already. Lists in several pages are asked for by its address. */
export function withBody({ status, statusText, headers, url }: Response, body: ArrayBuffer): Response {
  const response = new Response(body.byteLength === 0 ? null : body, { status, statusText, headers: [...headers] });
  return Object.defineProperty(response, 'url', { value: url });
}
