import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openLocalRevisions } from '../../../src/edges/local/revisions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>, below = ''): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, below, path)), { recursive: true });
    writeFileSync(join(folder, below, path), text);
  }
}

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

function commit(files: Readonly<Record<string, string>>): string {
  write(files);
  git('add', '-A');
  git('commit', '-qm', 'c');
  return git('rev-parse', 'HEAD');
}

it.each(['.', './'])('a folder named %s is called what a sentence can end with', async (head) => {
  write({ 'old/prompts/a.md': 'one', 'prompts/a.md': 'two' });
  const revisions = await openLocalRevisions(folder, { base: 'old', head, settingsFrom: 'head' });
  expect([revisions.base.revision, revisions.head.revision]).toEqual(['old', 'this folder']);
});

describe('in a git repository', () => {
  it('compares the working tree with where the branch left main', async () => {
    git('init', '-q', '-b', 'main');
    const start = commit({ 'prompts/a.md': 'one', 'prompts/b.md': 'two', '.gitignore': 'ignored.md\n' });
    git('checkout', '-qb', 'work');
    git('checkout', '-q', 'main');
    commit({ 'prompts/b.md': 'two on main' });
    git('checkout', '-q', 'work');
    write({ 'prompts/a.md': 'one, edited', 'prompts/new.md': 'untracked', 'ignored.md': 'x' });

    const revisions = await openLocalRevisions(folder, { settingsFrom: 'head' });
    expect(revisions.base.revision).toBe(start);
    expect(revisions.changes).toEqual([
      { path: 'prompts/a.md', status: 'modified' },
      { path: 'prompts/new.md', status: 'added' },
    ]);
    expect(await revisions.base.read('prompts/a.md')).toBe('one');
    expect(await revisions.head.read('prompts/a.md')).toBe('one, edited');
    expect(await revisions.policy.list()).toEqual(['.gitignore', 'prompts/a.md', 'prompts/b.md', 'prompts/new.md']);
    expect(await revisions.head.read('ignored.md')).toBeUndefined();
  });

  it('knows an edited file that moved as renamed', async () => {
    git('init', '-q', '-b', 'main');
    const text = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n');
    commit({ 'prompts/old.md': text });
    git('mv', 'prompts/old.md', 'prompts/new name.md');
    commit({ 'prompts/new name.md': `${text}\none more` });
    const revisions = await openLocalRevisions(folder, { base: 'HEAD~1', head: 'HEAD', settingsFrom: 'head' });
    expect(revisions.changes).toEqual([{ path: 'prompts/new name.md', previousPath: 'prompts/old.md', status: 'renamed' }]);
  });

  it('sees only what lies below the folder it runs in', async () => {
    git('init', '-q', '-b', 'main');
    commit({ 'app/prompts/a.md': 'one', 'prompts/b.md': 'two' });
    commit({ 'app/prompts/a.md': 'ONE', 'prompts/b.md': 'TWO' });
    const revisions = await openLocalRevisions(join(folder, 'app'), { base: 'HEAD~1', head: 'HEAD', settingsFrom: 'base' });
    expect(revisions.changes).toEqual([{ path: 'prompts/a.md', status: 'modified' }]);
    expect(await revisions.base.list()).toEqual(['prompts/a.md']);
    expect(await revisions.policy.read('prompts/a.md')).toBe('one');
  });

  it('follows no symbolic link', async () => {
    git('init', '-q', '-b', 'main');
    write({ 'secret.txt': 'secret' });
    symlinkSync('../secret.txt', join(folder, 'link.md'));
    commit({ 'prompts/a.md': 'one' });
    const revisions = await openLocalRevisions(folder, { base: 'HEAD', settingsFrom: 'head' });
    expect(await revisions.head.list()).toEqual(['prompts/a.md', 'secret.txt']);
    expect(await revisions.base.list()).toEqual(['prompts/a.md', 'secret.txt']);
  });

  it('takes settings from the tip of the base branch, as CI does, and texts from where the branch left it', async () => {
    git('init', '-q', '-b', 'main');
    const start = commit({ 'prompts/a.md': 'one', 'prompt-ratchet.yml': 'old' });
    git('checkout', '-qb', 'work');
    commit({ 'prompts/a.md': 'two' });
    git('checkout', '-q', 'main');
    const tip = commit({ 'prompt-ratchet.yml': 'newer', 'prompts/a.md': 'one on main' });
    git('checkout', '-q', 'work');
    for (const base of [undefined, 'main']) {
      const { base: left, policy } = await openLocalRevisions(folder, { ...(base && { base }), settingsFrom: 'base' });
      expect([left.revision, policy.revision]).toEqual([start, tip]);
      expect([await left.read('prompts/a.md'), await policy.read('prompt-ratchet.yml')]).toEqual(['one', 'newer']);
    }
  });

  it('will not guess where a branch left its base', async () => {
    git('init', '-q', '-b', 'main');
    commit({ 'prompts/a.md': 'one' });
    git('checkout', '-q', '--orphan', 'other');
    commit({ 'prompts/a.md': 'two' });
    await expect(openLocalRevisions(folder, { base: 'main', settingsFrom: 'head' })).rejects.toThrow(
      /^--base: it is not known where HEAD left [0-9a-f]{7}: they share no history\. Name two related commits/,
    );
    git('checkout', '-q', 'main');
    commit({ 'prompts/a.md': 'three' });
    const shallow = join(folder, '.shallow');
    git('checkout', '-qb', 'work', 'HEAD~1');
    commit({ 'prompts/b.md': 'four' });
    git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${folder}`, shallow);
    await expect(openLocalRevisions(shallow, { base: 'origin/main', settingsFrom: 'head' })).rejects.toThrow(
      'the clone is shallow. Fetch the rest: git fetch --unshallow.',
    );
  });

  it('names a file once in the middle of a merge', async () => {
    git('init', '-q', '-b', 'main');
    commit({ 'prompts/a.md': 'one' });
    git('checkout', '-qb', 'work');
    commit({ 'prompts/a.md': 'two' });
    git('checkout', '-q', 'main');
    commit({ 'prompts/a.md': 'three' });
    expect(() => git('merge', 'work')).toThrow();
    const { changes } = await openLocalRevisions(folder, { base: 'HEAD', settingsFrom: 'head' });
    expect(changes).toEqual([{ path: 'prompts/a.md', status: 'modified' }]);
  });

  it('reads any number of committed files at the same time, whatever is in them', async () => {
    git('init', '-q', '-b', 'main');
    const texts = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`prompts/${index}.md`, `${'é\n'.repeat(index % 7)}blob ${index}${index % 2 ? '\n' : ''}`]),
    );
    commit({ ...texts, 'prompts/empty.md': '' });
    const { base } = await openLocalRevisions(folder, { base: 'HEAD', settingsFrom: 'head' });
    const read = await Promise.all(Object.keys(texts).map(async (path) => [path, await base.read(path)] as const));
    expect(Object.fromEntries(read)).toEqual(texts);
    expect(await base.read('prompts/empty.md')).toBe('');
    expect(await base.read('prompts/none.md')).toBeUndefined();
  });

  it('refuses a committed file that is not text', async () => {
    git('init', '-q', '-b', 'main');
    mkdirSync(join(folder, 'prompts'));
    writeFileSync(join(folder, 'prompts/a.md'), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    commit({});
    const { base } = await openLocalRevisions(folder, { base: 'HEAD', settingsFrom: 'head' });
    await expect(base.read('prompts/a.md')).rejects.toThrow('prompts/a.md: the file is not UTF-8 text. Save it as UTF-8.');
  });

  it.each([
    ['a detached head', () => git('checkout', '-q', '--detach')],
    ['a worktree', () => git('worktree', 'add', '-q', join(folder, '.tree'), '-b', 'elsewhere')],
  ])('works in %s', async (title, prepare) => {
    git('init', '-q', '-b', 'main');
    commit({ 'prompts/a.md': 'one' });
    prepare();
    const where = title === 'a worktree' ? '.tree' : '';
    write({ 'prompts/a.md': 'two' }, where);
    const { changes } = await openLocalRevisions(join(folder, where), { settingsFrom: 'head' });
    expect(changes).toContainEqual({ path: 'prompts/a.md', status: 'modified' });
  });

  it('says which flag names no commit', async () => {
    git('init', '-q', '-b', 'main');
    commit({ 'prompts/a.md': 'one' });
    await expect(openLocalRevisions(folder, { base: 'nowhere', settingsFrom: 'head' })).rejects.toThrow(
      '--base: "nowhere" is neither a folder nor a commit known here. Fetch it, or name a branch, tag, SHA or folder.',
    );
  });
});

describe('with plain folders', () => {
  it('compares by content, without git', async () => {
    write({ 'prompts/a.md': 'one', 'prompts/moved.md': 'same', 'prompts/gone.md': 'x' }, 'old');
    write({ 'prompts/a.md': 'two', 'prompts/there.md': 'same', 'evals/a.jsonl': '{}' }, 'new');
    const revisions = await openLocalRevisions(folder, { base: 'old', head: 'new', settingsFrom: 'head' });
    expect(revisions.changes).toEqual([
      { path: 'evals/a.jsonl', status: 'added' },
      { path: 'prompts/a.md', status: 'modified' },
      { path: 'prompts/gone.md', status: 'removed' },
      { path: 'prompts/there.md', previousPath: 'prompts/moved.md', status: 'renamed' },
    ]);
    expect([revisions.base.revision, revisions.head.revision, revisions.policy.revision]).toEqual(['old', 'new', 'new']);
  });

  it('says so where there is nothing to compare with', async () => {
    await expect(openLocalRevisions(folder, { settingsFrom: 'head' })).rejects.toThrow(
      /^--base: git will not read this folder: "not a git repository.*"\. Run in a clone, or compare two folders: --base DIR --head DIR\.$/,
    );
    git('init', '-q', '-b', 'main');
    await expect(openLocalRevisions(folder, { settingsFrom: 'head' })).rejects.toThrow('this folder has no commit to compare with');
  });

  it('refuses a file that is not text', async () => {
    write({ 'prompts/a.md': 'one' }, 'old');
    write({ 'prompts/a.md': 'two' }, 'new');
    writeFileSync(join(folder, 'new/prompts/b.md'), Buffer.from([0xff, 0xfe, 0x00]));
    const { head } = await openLocalRevisions(folder, { base: 'old', head: 'new', settingsFrom: 'head' });
    await expect(head.read('prompts/b.md')).rejects.toThrow('prompts/b.md: the file is not UTF-8 text. Save it as UTF-8.');
  });
});
