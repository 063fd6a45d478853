import { wholeBodies } from '../../../src/edges/github/transport.ts';

/** A server that sends a first piece and then nothing until the caller gives up. */
const stalling = async (_url: string, init?: RequestInit) => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"half":'));
      init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
    },
  });
  return new Response(body);
};

describe('whole bodies', () => {
  it('keep status, headers and bytes', async () => {
    const reply = new Response('{"a":1}', { status: 201, headers: { 'content-type': 'application/json', 'x-a': 'b' } });
    const response = await wholeBodies(async () => reply, 60_000)('http://x');
    expect([response.status, response.headers.get('x-a'), await response.json()]).toEqual([201, 'b', { a: 1 }]);
  });

  it('keep the address that they came from', async () => {
    const reply = Object.defineProperty(new Response('[]'), 'url', { value: 'http://x/moved' });
    expect((await wholeBodies(async () => reply, 60_000)('http://x')).url).toBe('http://x/moved');
  });

  it('may be none', async () => {
    const response = await wholeBodies(async () => new Response(null, { status: 204 }), 60_000)('http://x');
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('are given up when they stall half-way', async () => {
    await expect(wholeBodies(stalling, 20)('http://x')).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('are given up when the caller says so', async () => {
    const caller = new AbortController();
    const asked = wholeBodies(stalling, 60_000)('http://x', { signal: caller.signal });
    caller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});
