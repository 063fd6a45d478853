import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spent } from '../../../src/domain/trial.ts';
import { openJournal } from '../../../src/edges/store/journal.ts';
import { encodeLine } from '../../../src/edges/store/line.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompt-ratchet-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plan = 'a'.repeat(64);
const call: Spent = { calls: 1, inputTokens: 100, outputTokens: 50, costUsd: 0.5 };
const used: Spent = { calls: 1, inputTokens: 10, outputTokens: 5, costUsd: 0.25 };
const nothing: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

const open = (maxBytes?: number) => openJournal(folder, plan, maxBytes)!;
const files = (): string[] => readdirSync(folder).sort();
const gone = spawnSync(process.execPath, ['-e', '']).pid;

/** Makes the last journal that of another process. */
function disown(owner: { readonly host?: string; readonly pid?: number } = {}): void {
  const path = join(folder, files().at(-1)!);
  const [planned, ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const { crc: _, ...event } = JSON.parse(planned!);
  writeFileSync(path, Buffer.concat([encodeLine({ ...event, pid: gone, ...owner }), ...rest.map((line) => Buffer.from(`${line}\n`))]));
}

it('a plan that came to its end is forgotten', () => {
  const journal = open();
  journal.settled(journal.called(call), used);
  expect(journal.earlier).toEqual(nothing);
  expect(files()).toHaveLength(1);
  journal.close(true);
  expect(files()).toEqual([]);
});

it('one that was cut off is taken up, attempt after attempt, and what it spent is known', () => {
  const first = open();
  first.settled(first.called(call), used);
  first.close(false);
  const second = open();
  expect(second.earlier).toEqual(used);
  second.settled(second.called(call), used);
  second.close(false);
  const third = open();
  expect(third.earlier).toEqual({ calls: 2, inputTokens: 20, outputTokens: 10, costUsd: 0.5 });
  third.close(true);
  expect(files()).toEqual([]);
});

it('a call whose end is not told took all that it might have', () => {
  const journal = open();
  const one = journal.called(call);
  journal.called(call);
  journal.settled(one, used);
  journal.close(false);
  expect(open().earlier).toEqual({ calls: 2, inputTokens: 110, outputTokens: 55, costUsd: 0.75 });
});

it('a price that is not known stays unknown', () => {
  const journal = open();
  journal.settled(journal.called({ calls: 1, inputTokens: 100, outputTokens: 50 }), { calls: 1, inputTokens: 1, outputTokens: 1 });
  journal.close(false);
  expect(open().earlier).toEqual({ calls: 1, inputTokens: 1, outputTokens: 1 });
});

it('cut at any byte it tells of every call that was written down before', () => {
  const journal = open();
  for (let count = 0; count < 2; count++) journal.settled(journal.called(call), used);
  journal.close(false);
  const whole = readFileSync(join(folder, files()[0]!));
  const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
  for (let cut = 0; cut <= whole.length; cut++) {
    writeFileSync(join(folder, files()[0]!), whole.subarray(0, cut));
    const again = open();
    const told = ends.filter((end) => end < cut).length;
    const calls = Math.ceil(Math.max(0, told - 1) / 2);
    const settled = Math.floor(Math.max(0, told - 1) / 2);
    expect(again.earlier).toMatchObject({ calls, costUsd: settled * 0.25 + (calls - settled) * 0.5 });
    again.close(false);
  }
});

describe('whose it is', () => {
  it('another plan’s is none of this one’s', () => {
    const other = openJournal(folder, 'b'.repeat(64))!;
    other.called(call);
    other.close(false);
    expect(open().earlier).toEqual(nothing);
  });

  it('a living process keeps its own', () => {
    open().called(call);
    disown({ pid: process.ppid });
    const journal = open();
    expect([journal.earlier, files().length]).toEqual([nothing, 2]);
  });

  it.each([
    ['a process that is gone', {}],
    ['another computer, whose folder was brought here', { host: 'elsewhere', pid: process.ppid }],
  ])('%s leaves it', (_, owner) => {
    open().called(call);
    disown(owner);
    const journal = open();
    expect([journal.earlier, files().length]).toEqual([call, 1]);
  });
});

it('a long one is written anew, and comes to the same', () => {
  const journal = open(2000);
  const never = journal.called(call);
  for (let count = 0; count < 100; count++) journal.settled(journal.called(call), used);
  expect(never).toBe(1);
  journal.close(false);
  expect(readFileSync(join(folder, files()[0]!)).length).toBeLessThan(2500);
  expect(open().earlier).toEqual({ calls: 101, inputTokens: 1100, outputTokens: 550, costUsd: 25.5 });
});

it('those that nobody takes up do not pile up', () => {
  for (let count = 0; count < 30; count++) {
    const journal = openJournal(folder, String(count).padStart(64, '0'))!;
    journal.close(false);
    for (const name of files().filter((name) => name.startsWith(String(count).padStart(64, '0'))))
      utimesSync(join(folder, name), count, count);
  }
  expect(files().length).toBeLessThanOrEqual(21);
  expect(files().at(-1)).toContain('29-');
});

it('where nothing can be written there is none', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(openJournal(join(folder, 'file', 'runs'), plan)).toBeUndefined();
  expect(existsSync(join(folder, 'file', 'runs'))).toBe(false);
});
