import { conditional } from '../../../src/edges/github/conditional.ts';

const comments = 'https://api.github.com/repos/acme/shop/issues/1/comments?per_page=100';

/** A server whose resource is what `now` says, with its tag; it records what it is asked. */
function server() {
  const state = { now: 'one', asked: [] as string[] };
  const fetch = conditional(async (url, init) => {
    const headers = new Headers(init?.headers);
    const tag = `"${state.now}"`;
    state.asked.push(`${init?.method ?? 'GET'} ${new URL(url).pathname.split('/').at(-1)} ${headers.get('if-none-match')}`);
    if (headers.get('if-none-match') === tag) return new Response(null, { status: 304 });
    return new Response(state.now, { headers: { etag: tag, link: '<next>' } });
  });
  const read = async (url = comments, init?: RequestInit) => {
    const reply = await fetch(url, init);
    return [reply.status, await reply.text(), reply.headers.get('link')];
  };
  return { state, read };
}

describe('What has been read before', () => {
  it('is read again only where it has changed, and looks the same either way', async () => {
    const { state, read } = server();
    const first = await read();
    expect([await read(), await read()]).toEqual([first, first]);
    state.now = 'two';
    expect(await read()).toEqual([200, 'two', '<next>']);
    expect(await read()).toEqual([200, 'two', '<next>']);
    expect(state.asked).toEqual([
      'GET comments null',
      'GET comments "one"',
      'GET comments "one"',
      'GET comments "one"',
      'GET comments "two"',
    ]);
  });

  it.each<[what: string, url: string, init: RequestInit, tagOfItsOwn: string]>([
    ['another page', `${comments}&page=2`, {}, '"one"'],
    ['another form', comments, { headers: { accept: 'application/vnd.github.sha' } }, '"one"'],
    ['a write', comments, { method: 'POST', body: '{}' }, 'null'],
    ['what never changes', 'https://api.github.com/repos/acme/shop/git/blobs/abc', {}, 'null'],
  ])('is not taken for %s', async (_, url, init, tagOfItsOwn) => {
    const { state, read } = server();
    await read();
    await read(url, init);
    await read(url, { ...init, method: init.method ?? 'GET' });
    expect(state.asked.slice(1).map((line) => line.split(' ').at(-1))).toEqual(['null', tagOfItsOwn]);
  });
});
