import { openRevisions } from '../../../src/edges/github/revisions.ts';
import { clientOf } from '../../support/github/connect.ts';
import type { Files } from '../../support/github/history.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';

const base: Files = {
  'README.md': 'Shop\n',
  'prompts/a.md': 'old a\n',
  'prompts/b.md': 'b\n',
  'evals/a.yml': 'examples: []\n',
};

const pullRequest = (github: GitHubServer, workingDirectory = '.') =>
  openRevisions(clientOf(github), github, { base: github.baseBranch, head: github.shas.head }, { workingDirectory });

const many = (count: number, text: string): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`pages/${String(i).padStart(4, '0')}.md`, `${text} ${i}\n`]));

describe('what differs', () => {
  it('lists added, modified, renamed and removed files from the merge base on', async () => {
    const { 'prompts/b.md': moved, ...kept } = base;
    const { 'evals/a.yml': _removed, ...head }: Files = {
      ...kept,
      'prompts/a.md': 'new a\n',
      'prompts/c.md': moved!,
      'prompts/d.md': 'd\n',
    };
    await using github = await startGitHub({ base, head, tip: { ...base, 'later.md': 'only on main\n' } });
    const revisions = await pullRequest(github);
    expect(revisions.changes).toEqual([
      { path: 'evals/a.yml', status: 'removed' },
      { path: 'prompts/a.md', status: 'modified' },
      { path: 'prompts/c.md', previousPath: 'prompts/b.md', status: 'renamed' },
      { path: 'prompts/d.md', status: 'added' },
    ]);
    expect(revisions.touchesWorkflows).toBe(false);
  });

  it('needs one request where nothing is moved or a link', async () => {
    await using github = await startGitHub({ base, head: { ...base, 'prompts/a.md': 'new a\n', 'docs/new.md': 'new\n' } });
    await pullRequest(github);
    expect(github.log()).toEqual([`GET /repos/acme/shop/compare/main...${github.shas.head}`]);
  });

  it.each([
    ['added', {}, { '.github/workflows/ci.yml': 'on: push\n' }],
    ['moved away', { '.github/workflows/ci.yml': 'on: push\n' }, { 'ci.yml': 'on: push\n' }],
  ])('sees a workflow that is %s, whatever the working directory', async (_how, before, after) => {
    const whole = { ...base, 'bots/triage/a.md': 'a\n' };
    await using github = await startGitHub({ base: { ...whole, ...before }, head: { ...whole, ...after } });
    const revisions = await pullRequest(github, 'bots/triage');
    expect(revisions).toMatchObject({ changes: [], touchesWorkflows: true });
  });

  it('falls back to comparing whole trees where GitHub cuts the list of files', async () => {
    const before: Files = { ...base, ...many(400, 'old'), '.github/workflows/ci.yml': 'on: push\n' };
    const { 'prompts/b.md': moved, ...kept } = before;
    const head = { ...kept, ...many(400, 'new'), 'prompts/z.md': moved!, '.github/workflows/ci.yml': 'on: pull_request\n' };
    await using github = await startGitHub({ base: before, head, tip: before });
    const revisions = await pullRequest(github);
    expect(revisions.changes).toHaveLength(402);
    expect(revisions.changes.at(-1)).toEqual({ path: 'prompts/z.md', previousPath: 'prompts/b.md', status: 'renamed' });
    expect(revisions.touchesWorkflows).toBe(true);
    expect(github.requests).toHaveLength(3);
  });

  it('takes three requests for 3,000 changed files, as for 300', async () => {
    const before: Files = { ...base, ...many(3000, 'old') };
    await using github = await startGitHub({ base: before, head: { ...base, 'prompts/a.md': 'new a\n', ...many(3000, 'new') } });
    const revisions = await pullRequest(github);
    expect(revisions.changes).toHaveLength(3001);
    expect(revisions.changes.at(-1)).toEqual({ path: 'prompts/a.md', status: 'modified' });
    expect(github.requests).toHaveLength(3);
  }, 120_000);

  it.each([
    ['in a short list of files', 0],
    ['in a list that GitHub cuts', 400],
  ])('leaves symbolic links and submodules out; a file that becomes one is not gone but has no text: %s', async (_title, others) => {
    const links: Files = { 'prompts/link.md': { symlink: '../README.md' }, 'prompts/sub': { submodule: 'd'.repeat(40) } };
    const more = Object.fromEntries(Array.from({ length: others }, (_, index) => [`x/${index}`, 'x\n']));
    await using github = await startGitHub({ base, head: { ...base, ...links, ...more, 'prompts/a.md': { symlink: 'b.md' } } });
    const revisions = await pullRequest(github);
    expect(revisions.changes.slice(0, 1)).toEqual([{ path: 'prompts/a.md', status: 'modified' }]);
    expect(revisions.changes).toHaveLength(1 + others);
    expect((await revisions.head.list()).slice(0, 3)).toEqual(['README.md', 'evals/a.yml', 'prompts/b.md']);
    expect(await revisions.head.read('prompts/a.md')).toBeUndefined();
    expect(await revisions.head.read('prompts/link.md')).toBeUndefined();
  });

  it('keeps a file without a final line end, though a link looks like that', async () => {
    await using github = await startGitHub({ base, head: { ...base, 'prompts/a.md': 'one line' } });
    expect((await pullRequest(github)).changes).toEqual([{ path: 'prompts/a.md', status: 'modified' }]);
  });

  it('speaks of paths below the working directory and drops the rest', async () => {
    const before = { 'bots/prompts/a.md': 'a\n', 'bots/prompts/gone.md': 'move me away\n', 'in.md': 'move me in\n', 'bots2/x.md': 'x\n' };
    const head = { 'bots/prompts/a.md': 'A\n', 'out.md': 'move me away\n', 'bots/prompts/in.md': 'move me in\n', 'bots2/x.md': 'X\n' };
    await using github = await startGitHub({ base: before, head });
    const revisions = await pullRequest(github, './bots/');
    expect(revisions.changes).toEqual([
      { path: 'prompts/a.md', status: 'modified' },
      { path: 'prompts/gone.md', status: 'removed' },
      { path: 'prompts/in.md', status: 'added' },
    ]);
    expect(await revisions.head.list()).toEqual(['prompts/a.md', 'prompts/in.md']);
    expect(await revisions.base.read('prompts/a.md')).toBe('a\n');
  });
});

describe('the three trees', () => {
  it('reads base texts from the merge base, new ones from the head and policy from the tip', async () => {
    const at = (text: string) => ({ ...base, 'prompts/a.md': text });
    await using github = await startGitHub({ base, tip: at('tip\n'), head: at('head\n') });
    const { base: before, head, policy } = await pullRequest(github);
    expect([before.revision, head.revision, policy.revision]).toEqual([github.shas.base, github.shas.head, github.shas.tip]);
    expect(await Promise.all([before, head, policy].map((tree) => tree.read('prompts/a.md')))).toEqual(['old a\n', 'head\n', 'tip\n']);
    expect(await policy.read('prompts/none.md')).toBeUndefined();
  });

  it('asks once for what is equal: 7 requests to list three revisions and read a prompt, its eval set and settings everywhere', async () => {
    await using github = await startGitHub({ base, head: { ...base, 'prompts/a.md': 'new a\n' } });
    const revisions = await pullRequest(github);
    const trees = [revisions.policy, revisions.base, revisions.head];
    await Promise.all(trees.map((tree) => tree.list()));
    const paths = ['prompt-ratchet.yml', 'evals/a.yml', 'prompts/a.md', 'prompts/b.md'];
    for (const tree of trees) for (const path of paths) await tree.read(path);
    expect(github.log().map((line) => line.replace(/[0-9a-f]{40}$/, 'sha').replace('/repos/acme/shop', ''))).toEqual([
      'GET /compare/main...sha',
      'GET /git/trees/sha',
      'GET /git/trees/sha',
      'GET /git/blobs/sha',
      'GET /git/blobs/sha',
      'GET /git/blobs/sha',
      'GET /git/blobs/sha',
    ]);
  });

  it('walks folder by folder where a tree is too long for one answer, past folders that do not matter', async () => {
    const before = {
      ...base,
      ...many(60, 'page'),
      'bots/prompts/deep/x.md': 'x\n',
      'bots/y.md': 'y\n',
      '.github/workflows/ci.yml': 'on: push\n',
    };
    await using github = await startGitHub({ base: before, head: { ...before, ...many(60, 'edited') } });
    github.cutTreesAfter(10);
    const revisions = await pullRequest(github, 'bots');
    expect(await revisions.head.list()).toEqual(['prompts/deep/x.md', 'y.md']);
    expect(await revisions.head.read('y.md')).toBe('y\n');
    const trees = github.log().filter((line) => line.includes('/git/trees/'));
    // Four for either side.
    expect(trees).toHaveLength(8);
    expect(github.requests.filter(({ query }) => query === '?recursive=1')).toHaveLength(6);
  });

  it('takes branch names with slashes on both sides, and an Enterprise Server’s address', async () => {
    const names = { baseBranch: 'release/1.0', headBranch: 'mona/edit', prefix: '/api/v3' };
    await using github = await startGitHub({ base, head: { ...base, 'prompts/a.md': 'new a\n' }, ...names });
    const range = { base: 'release/1.0', head: 'mona/edit' };
    const revisions = await openRevisions(clientOf({ ...github, url: `${github.url}/` }), github, range, { workingDirectory: '' });
    expect(revisions.head.revision).toBe(github.shas.head);
    expect(await revisions.head.read('prompts/a.md')).toBe('new a\n');
  });

  it('says which of the ends is unknown', async () => {
    await using github = await startGitHub({ base, head: base });
    const open = (range: { base: string; head: string }) => openRevisions(clientOf(github), github, range, { workingDirectory: '' });
    await expect(open({ base: 'main', head: 'nowhere' })).rejects.toThrow('"nowhere" is no commit in acme/shop that the token may read.');
    await expect(open({ base: 'main', head: 'e'.repeat(40) })).rejects.toThrow('one of "main" and "eeee');
  });

  it('says that two histories have nothing in common', async () => {
    await using github = await startGitHub({ base, head: base });
    const orphan = await github.history.commit({ 'x.md': 'x\n' });
    await expect(openRevisions(clientOf(github), github, { base: 'main', head: orphan }, { workingDirectory: '' })).rejects.toThrow(
      'share no history in acme/shop',
    );
  });

  it('refuses a working directory that neither side has, and takes one where nothing changed', async () => {
    await using github = await startGitHub({ base: { 'app/a.md': 'one', 'b.md': 'one' }, head: { 'app/a.md': 'one', 'b.md': 'two' } });
    await expect(pullRequest(github, 'ap')).rejects.toThrow(
      'working-directory: there is no file below "ap", on the base branch or in the pull request. Mend the path.',
    );
    expect((await pullRequest(github, 'app')).changes).toEqual([]);
  });

  it.each(['../other', '/etc', 'a/../../b'])('refuses the working directory "%s"', async (workingDirectory) => {
    const anywhere = { url: 'http://127.0.0.1:9', token: 'ghs_x' };
    const range = { base: 'main', head: 'main' };
    await expect(openRevisions(clientOf(anywhere), { owner: 'a', name: 'b' }, range, { workingDirectory })).rejects.toThrow(
      'working-directory: ',
    );
  });
});
