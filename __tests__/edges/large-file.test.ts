import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LargeFile } from '../../src/domain/ports.ts';
import { openRevisions } from '../../src/edges/github/revisions.ts';
import { LARGE_FILE_BYTES, spilled } from '../../src/edges/large-file.ts';
import { openLocalRevisions } from '../../src/edges/local/revisions.ts';
import { clientOf } from '../support/github/connect.ts';
import { startGitHub } from '../support/github/server.ts';

const text = Array.from({ length: 80_000 }, (_, line) => `${line} ${'é'.repeat(line % 64)}\n`).join('');
const bytes = Buffer.from(text);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'large-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(side: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, side), { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, side, path), content);
}

function expectWhole(file: LargeFile | undefined): void {
  expect(bytes.length).toBeGreaterThan(LARGE_FILE_BYTES);
  expect(file?.sizeBytes).toBe(bytes.length);
  const inOrder = Array.from({ length: Math.ceil(bytes.length / 50_000) }, (_, nth) => Buffer.from(file!.read(nth * 50_000, 50_000)));
  expect(Buffer.concat(inOrder).equals(bytes)).toBe(true);
  for (const offset of [bytes.length - 10, 7, 3_000_000, 0]) {
    expect(Buffer.from(file!.read(offset, 100)).equals(bytes.subarray(offset, offset + 100))).toBe(true);
  }
}

describe('a large file', () => {
  it('is opened in a folder, and a small one is not', async () => {
    write('base', { 'rows.jsonl': 'small', 'same.jsonl': text });
    write('head', { 'rows.jsonl': text, 'same.jsonl': text });
    const { base, head, changes } = await openLocalRevisions(folder, { base: 'base', head: 'head', settingsFrom: 'head' });
    expectWhole(await head.openLarge?.('rows.jsonl'));
    expect(await base.openLarge?.('rows.jsonl')).toBeUndefined();
    expect(await base.openLarge?.('none.jsonl')).toBeUndefined();
    expect(changes).toEqual([{ path: 'rows.jsonl', status: 'modified' }]);
  });

  it('is refused once it was changed', async () => {
    write('head', { 'rows.jsonl': text });
    write('base', {});
    const { head } = await openLocalRevisions(folder, { base: 'base', head: 'head', settingsFrom: 'head' });
    const file = await head.openLarge?.('rows.jsonl');
    appendFileSync(join(folder, 'head', 'rows.jsonl'), 'more');
    const readAll = () => Array.from({ length: 200 }, (_, nth) => file!.read(((nth * 7919) % 1_000) * 4_000, 10));
    expect(readAll).toThrow('rows.jsonl: the file was changed while its examples were evaluated. Run again.');
  });

  it('is opened in a commit', async () => {
    write('.', { 'rows.jsonl': text });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: folder });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'c');
    const { base } = await openLocalRevisions(folder, { base: 'main', settingsFrom: 'head' });
    expectWhole(await base.openLarge?.('rows.jsonl'));
    expect(await base.openLarge?.('none.jsonl')).toBeUndefined();
  });

  it('is opened on GitHub, fetched once for all revisions that hold it', async () => {
    const base = { 'evals/rows.jsonl': text, 'prompts/a.md': 'a' };
    await using github = await startGitHub({ base, head: { ...base, 'prompts/a.md': 'b' } });
    const range = { base: github.baseBranch, head: github.shas.head };
    const revisions = await openRevisions(clientOf(github), github, range, { workingDirectory: '.' });
    expectWhole(await revisions.policy.openLarge?.('evals/rows.jsonl'));
    expectWhole(await revisions.head.openLarge?.('evals/rows.jsonl'));
    expect(await revisions.head.openLarge?.('prompts/a.md')).toBeUndefined();
    expect(github.log().filter((line) => line.includes('/git/blobs/'))).toHaveLength(1);
  });

  it('that finds no room is the user’s to mend', async () => {
    const chunks = async function* () {
      yield bytes;
    };
    await expect(spilled(chunks(), 'rows.jsonl', join(folder, 'nowhere'))).rejects.toThrow('rows.jsonl: there is no room for it in');
  });
});
