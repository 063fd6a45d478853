import { findComment, roomInComment } from '../../../src/edges/github/comment.ts';
import { marker } from '../../../src/edges/github/marker.ts';
import { readState } from '../../../src/edges/github/state.ts';
import { clientOf } from '../../support/github/connect.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';
import { upsert as upsertComment, type Wanted } from '../../support/github/upsert.ts';

const files = { 'prompts/a.md': 'a\n' };
const key = 'prompt-ratchet.yml';
const nothing = { inputTokens: 0, outputTokens: 0, minutes: 0 };
let github: GitHubServer;
beforeEach(async () => {
  github = await startGitHub({ base: files, head: files });
});
afterEach(() => github[Symbol.asyncDispose]());

const target = () => ({ owner: 'acme', repo: 'shop', number: github.pull });
const upsert = (body: string, token?: string, changes: Partial<Wanted> = {}) =>
  upsertComment(clientOf(github, token), target(), { key, body, ...changes });
const posted = async () => (await github.comments()).map(({ user, body }) => `${user.login}: ${body.replace(marker(key), '(ours)')}`);
const writes = () => github.log().filter((line) => !line.startsWith('GET'));

describe('the one comment of a configuration', () => {
  it('is created, left alone while it says the same, and then updated in place', async () => {
    expect(await upsert('one')).toMatchObject({ kind: 'created', url: expect.stringMatching(/#issuecomment-\d+$/) });
    expect(await upsert('one')).toMatchObject({ kind: 'unchanged' });
    expect(await upsert('two')).toMatchObject({ kind: 'updated' });
    expect(await posted()).toEqual(['github-actions[bot]: (ours)\ntwo']);
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/1/comments', 'PATCH /repos/acme/shop/issues/comments/1']);
  });

  it('takes three requests to create, the last to see that it is alone, and never asks an installation’s token who it is', async () => {
    await upsert('one');
    const comments = '/repos/acme/shop/issues/1/comments';
    expect(github.log()).toEqual([`GET ${comments}`, `POST ${comments}`, `GET ${comments}`]);
  });

  it('is not begun where only one that stands is to be changed', async () => {
    expect(await upsert('one', undefined, { create: false })).toEqual({ kind: 'none' });
    await upsert('one');
    expect(await upsert('two', undefined, { create: false })).toMatchObject({ kind: 'updated' });
  });

  it.each([['created'], ['updated']])('is not %s against an objection, which is asked for just before', async (what) => {
    if (what === 'updated') await upsert('one');
    const before = await posted();
    const seen: string[] = [];
    const objection = async () => {
      seen.push(...github.log().slice(-1));
      return 'There is a newer head.';
    };
    expect(await upsert('two', undefined, { objection })).toEqual({ kind: 'withheld', sentence: 'There is a newer head.' });
    expect(seen).toEqual(['GET /repos/acme/shop/issues/1/comments']);
    expect(await posted()).toEqual(before);
  });

  it('keeps what later runs are to know, made of what it kept before', async () => {
    const spent = { calls: 2, inputTokens: 0, outputTokens: 0, minutes: 0 };
    const state: Wanted['state'] = ({ spent: before }) => ({ spent: { ...spent, calls: (before?.calls ?? 0) + 2 } });
    await upsert('one', undefined, { state });
    await upsert('two', undefined, { state });
    const standing = await findComment(clientOf(github), target(), key);
    expect(readState(standing!.body)).toEqual({ spent: { ...spent, calls: 4 } });
    expect(standing!.body.split('\n').slice(1)).toEqual(['two']);
  });

  it('keeps that even where the text is withheld, if it is told to', async () => {
    await upsert('one');
    const withheld = { objection: async () => 'There is a newer head.', state: () => ({ spent: { calls: 7, ...nothing } }) };
    await upsert('two', undefined, withheld);
    expect(await posted()).toEqual(['github-actions[bot]: (ours)\none']);
    await upsert('two', undefined, { ...withheld, keepsState: true });
    expect(await posted()).toEqual([
      'github-actions[bot]: (ours)<!-- prompt-ratchet-state:1 {"spent":{"calls":7,"inputTokens":0,"outputTokens":0,"minutes":0}} -->\none',
    ]);
  });

  it('is another one for another key', async () => {
    await upsert('one');
    await upsert('other', github.token, { key: 'bots/prompt-ratchet.yml' });
    await upsert('one again');
    expect(await posted()).toEqual([
      'github-actions[bot]: (ours)\none again',
      `github-actions[bot]: ${marker('bots/prompt-ratchet.yml')}\nother`,
    ]);
  });

  it('is found behind 130 others', async () => {
    for (let n = 0; n < 130; n++) await github.comment('mona', `chatter ${n}`);
    await upsert('one');
    expect(await upsert('two')).toMatchObject({ kind: 'updated' });
    expect(await findComment(clientOf(github), target(), key)).toMatchObject({ body: `${marker(key)}\ntwo` });
    expect(github.requests.filter(({ query }) => query === '?per_page=100&page=2')).not.toHaveLength(0);
  });

  it('is not one that merely quotes the marker', async () => {
    await github.comment('github-actions[bot]', `> ${marker(key)}\n> one`);
    expect(await findComment(clientOf(github), target(), key)).toBeUndefined();
    expect(await upsert('mine')).toMatchObject({ kind: 'created' });
  });

  it('is not what GitHub’s line ends make of it', async () => {
    await github.comment('github-actions[bot]', `${marker(key)}\r\none\r\ntwo`);
    expect(await upsert('one\ntwo\n')).toMatchObject({ kind: 'unchanged' });
  });
});

describe('runs at the same time', () => {
  it('leave exactly one comment, were they 20', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => upsert(`run ${n}`)));
    expect(outcomes.filter(({ kind }) => kind === 'created').length).toBeGreaterThan(1);
    expect(await posted()).toEqual([expect.stringMatching(/^github-actions\[bot\]: \(ours\)\nrun \d+$/)]);
    const [only] = await github.comments();
    expect(await upsert('later')).toMatchObject({ kind: 'updated', url: expect.stringContaining(`#issuecomment-${only!.id}`) });
  });

  it('take none away that is another’s, a quotation, or another configuration’s', async () => {
    await github.comment('mona', `${marker(key)}\nmona's`);
    await upsert('other', undefined, { key: 'bots/prompt-ratchet.yml' });
    await Promise.all([upsert('one'), upsert('two')]);
    expect(await posted()).toHaveLength(3);
  });

  it('are tidied up after where one of them was cut off', async () => {
    for (const text of ['first', 'second', 'third']) await github.comment('github-actions[bot]', `${marker(key)}\n${text}`);
    const [first] = await github.comments();
    await upsert('new');
    expect((await github.comments()).map(({ id, body }) => [id, body])).toEqual([[first!.id, `${marker(key)}\nnew`]]);
  });

  it.each([403, 404])('leave standing what they may not delete (%d)', async (status) => {
    for (const text of ['first', 'second']) await github.comment('github-actions[bot]', `${marker(key)}\n${text}`);
    github.faults.add({ method: 'DELETE', path: /comments/, misfortune: { status } });
    expect(await upsert('new')).toMatchObject({ kind: 'updated' });
    expect(await posted()).toEqual(['github-actions[bot]: (ours)\nnew', 'github-actions[bot]: (ours)\nsecond']);
  });
});

describe('whose comment it is', () => {
  it('is not a person’s who wrote our marker, for GITHUB_TOKEN', async () => {
    await github.comment('mona', `${marker(key)}\nall is well, merge`);
    expect(await upsert('worse')).toMatchObject({ kind: 'created' });
    expect(await posted()).toEqual(['mona: (ours)\nall is well, merge', 'github-actions[bot]: (ours)\nworse']);
  });

  it('is only one’s own for a token that knows who it is', async () => {
    await github.comment('github-actions[bot]', `${marker(key)}\nthe action's`);
    await github.comment('mona', `${marker(key)}\nmona's`);
    expect(await upsert('from a person', github.userToken)).toMatchObject({ kind: 'updated' });
    expect(await posted()).toEqual(["github-actions[bot]: (ours)\nthe action's", 'mona: (ours)\nfrom a person']);
  });

  it('is that of github-actions before another app’s', async () => {
    await github.comment('hubot[bot]', `${marker(key)}\nhubot`);
    await github.comment('github-actions[bot]', `${marker(key)}\nactions`);
    await upsert('new');
    expect(await posted()).toEqual(['hubot[bot]: (ours)\nhubot', 'github-actions[bot]: (ours)\nnew']);
  });

  it.each([403, 404])('is created anew where another app’s may not be changed (%d)', async (status) => {
    await github.comment('hubot[bot]', `${marker(key)}\nhubot`);
    github.faults.add({ method: 'PATCH', path: /comments/, misfortune: { status, message: 'Forbidden' } });
    expect(await upsert('new')).toMatchObject({ kind: 'created' });
    expect(await posted()).toEqual(['hubot[bot]: (ours)\nhubot', 'github-actions[bot]: (ours)\nnew']);
  });

  it('falls back to bots where a token that might know may not ask', async () => {
    await github.comment('github-actions[bot]', `${marker(key)}\nold`);
    github.faults.add({ path: /^\/user$/, misfortune: { status: 403, message: 'Resource not accessible' } });
    expect(await upsert('new', github.userToken)).toMatchObject({ kind: 'updated' });
  });
});

describe('what goes wrong', () => {
  it.each([
    ['create', false],
    ['update', true],
  ])('says which permission a read-only token lacks to %s', async (_what, standing) => {
    if (standing) await github.comment('github-actions[bot]', `${marker(key)}\nold`);
    const before = await posted();
    const outcome = await upsert('new', github.readOnlyToken);
    expect(outcome).toEqual({
      kind: 'forbidden',
      sentence: expect.stringMatching(/403 "Resource not accessible by integration.*the job needs `permissions: pull-requests: write`/),
    });
    expect(await posted()).toEqual(before);
  });

  it('says that a conversation is locked', async () => {
    github.faults.add({
      method: 'POST',
      path: /comments/,
      misfortune: { status: 403, message: 'Unable to create comment because issue is locked.' },
    });
    expect(await upsert('new')).toMatchObject({ kind: 'forbidden', sentence: expect.stringMatching(/: its conversation is locked\.$/) });
  });

  it('says the same where comments may not even be read', async () => {
    github.faults.add({ path: /comments/, misfortune: { status: 403, message: 'Resource not accessible by integration' } });
    expect(await upsert('new')).toMatchObject({ kind: 'forbidden' });
  });

  it.each(['drop-after', 'half-body', 'drop'] as const)('posts once though the connection fails (%s)', async (misfortune) => {
    github.faults.add({ method: 'POST', path: /comments/, misfortune, times: 1 });
    expect(await upsert('new')).toMatchObject({ kind: 'created' });
    expect(await posted()).toEqual(['github-actions[bot]: (ours)\nnew']);
  });

  it('gives up on an outage after three tries', async () => {
    github.faults.add({ method: 'POST', path: /comments/, misfortune: { status: 500 } });
    await expect(upsert('new')).rejects.toMatchObject({ name: 'UserError', status: 500 });
    expect(writes()).toHaveLength(3);
  });

  it('repeats an update that failed, as it can be done twice', async () => {
    await upsert('old');
    github.faults.add({ method: 'PATCH', path: /comments/, misfortune: { status: 502 }, times: 2 });
    expect(await upsert('new')).toMatchObject({ kind: 'updated' });
  });

  it('passes on that a body is too long', async () => {
    await expect(upsert('x'.repeat(65_536))).rejects.toThrow(/422 "Validation Failed: .*maximum is 65536 characters/);
  });

  it('takes a body as long as there is room, beside a marker and a state of any length', async () => {
    const longKey = `${'folder/'.repeat(30)}${key}`;
    const sha = (nth: number) => String(nth).padStart(64, '0');
    const looks = Array.from({ length: 20 }, (_, nth) => ({ path: 'p'.repeat(220), text: sha(nth), rows: sha(nth) }));
    const body = 'x'.repeat(roomInComment(longKey));
    expect(await upsert(body, undefined, { key: longKey, state: () => ({ looks }) })).toMatchObject({ kind: 'created' });
    const [comment] = await github.comments();
    expect(comment!.body.length).toBeGreaterThan(65_000);
    expect(readState(comment!.body).looks).toHaveLength(20);
  });

  it('passes on that the token is wrong', async () => {
    await expect(upsert('new', 'ghs_wrong')).rejects.toMatchObject({ status: 401 });
  });
});
