import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerCache, type CacheOptions } from '../../../src/edges/store/cache.ts';
import { encodeLine } from '../../../src/edges/store/line.ts';
import { randomStream } from '../../../src/stats/random.ts';
import { answer } from '../../support/scripted-model.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompt-ratchet-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyed = (text: string | number): string => createHash('sha256').update(String(text)).digest('hex');
/** The key as it stands in the file. */
const storedKey = (text: string | number, endpoint = 'http://one'): string => keyed(`${endpoint}\n${keyed(text)}`);

function open(options: Partial<CacheOptions> = {}): { readonly cache: AnswerCache; readonly warnings: string[] } {
  const warnings: string[] = [];
  const given = { endpoint: 'http://one', maxBytes: 1 << 26, warn: (sentence: string) => void warnings.push(sentence), ...options };
  return { cache: new AnswerCache(folder, given), warnings };
}

/** Keeps the answers `from` to `to` in a process of their own, as it were. */
function fill(from: number, to: number, options: Partial<CacheOptions> = {}): readonly string[] {
  const { cache, warnings } = open(options);
  for (let index = from; index < to; index++) cache.keep(keyed(index), answer(`answer ${index}`));
  cache.close();
  return warnings;
}

const found = (cache: AnswerCache, from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index).filter((index) => {
    const known = cache.find(keyed(index));
    if (known !== undefined) expect(known).toEqual(answer(`answer ${index}`));
    expect(cache.has(keyed(index))).toBe(known !== undefined);
    return known !== undefined;
  });

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const segments = (): string[] => readdirSync(folder).sort();
const size = (): number => segments().reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

describe('what one process kept', () => {
  it('is found whole by the next, and by itself', () => {
    const strange = answer('a\n"b" \u0000\u2028 \ud800 é 🙂'.repeat(1000), { finish: 'length', latencyMs: 1.5, usage: undefined });
    const { cache } = open();
    cache.keep(keyed('strange'), strange);
    expect(cache.find(keyed('strange'))).toEqual(strange);
    cache.close();
    expect(open().cache.find(keyed('strange'))).toEqual(strange);
    expect(open().cache.find(keyed('other'))).toBeUndefined();
  });

  it('belongs to the endpoint that said it', () => {
    fill(0, 1);
    expect(found(open({ endpoint: 'http://two' }).cache, 0, 1)).toEqual([]);
  });

  it('is replaced by what is kept later', () => {
    fill(0, 1);
    const { cache } = open();
    cache.keep(keyed(0), answer('newer'));
    cache.close();
    expect(open().cache.find(keyed(0))?.text).toBe('newer');
  });

  it('is found among many', () => {
    fill(0, 20_000);
    const { cache } = open();
    for (const index of [0, 1, 10_000, 19_999]) expect(cache.find(keyed(index))?.text).toBe(`answer ${index}`);
    expect(cache.has(keyed(20_000))).toBe(false);
  });
});

describe('a file that is not as it was written', () => {
  it('cut at any byte gives every line before the cut, without a word', () => {
    fill(0, 3);
    const path = join(folder, segments()[0]!);
    const whole = readFileSync(path);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
    for (let cut = 0; cut <= whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      const { cache, warnings } = open();
      expect(found(cache, 0, 3)).toEqual(range(0, ends.filter((end) => end < cut).length));
      expect(warnings).toEqual([]);
      cache.close();
    }
  });

  it('with any byte changed loses at most the lines beside it, says so once, and never gives a wrong answer', () => {
    fill(0, 20);
    const path = join(folder, segments()[0]!);
    const whole = readFileSync(path);
    const stream = randomStream('store', 'flips');
    for (let flip = 0; flip < 300; flip++) {
      const broken = Buffer.from(whole);
      const at = stream.below(broken.length);
      broken[at] = broken[at]! ^ (1 + stream.below(255));
      writeFileSync(path, broken);
      const { cache, warnings } = open();
      const lost = 20 - found(cache, 0, 20).length;
      expect(lost).toBeGreaterThanOrEqual(1);
      expect(lost).toBeLessThanOrEqual(2);
      if (at < whole.length - 1) {
        expect(warnings).toEqual([expect.stringMatching(/^[12] damaged lines? of the cache in .+ passed over\.$/)]);
      }
      cache.close();
    }
  });

  it('is data: what is no answer is none, however sound its line', () => {
    fill(0, 3);
    const put = (members: object) => appendFileSync(join(folder, segments()[0]!), encodeLine(members));
    put({ key: storedKey(0), answer: { ...answer('x'), text: 5 } });
    put({ key: storedKey(1), answer: { ...answer('x'), later: 'member' } });
    put({ key: storedKey(2), answer: { ...answer('x'), usage: { inputTokens: -1, outputTokens: 0 } } });
    put({ key: storedKey(3), score: 1 });
    put({ key: 'short', answer: answer('x') });
    put({ answer: answer('x'), key: storedKey(4) });
    const { cache, warnings } = open();
    expect(range(0, 5).map((index) => cache.find(keyed(index)))).toEqual(range(0, 5).map(() => undefined));
    expect(warnings).toEqual([expect.stringContaining('2 damaged lines')]);
  });

  it('of another name, and noise, is left alone', () => {
    fill(0, 3);
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    writeFileSync(join(folder, '000099-0123abcd.jsonl'), Buffer.alloc(3 << 20, 'no line feed '));
    const { cache, warnings } = open();
    expect(found(cache, 0, 3)).toEqual([0, 1, 2]);
    expect(warnings).toEqual([]);
    cache.close();
    expect(segments()).toContain('notes.txt');
  });
});

describe('a folder that cannot be used', () => {
  it('that cannot be made is said once, and asks for nothing more', () => {
    writeFileSync(join(folder, 'file'), '');
    const { cache, warnings } = open();
    const below = new AnswerCache(join(folder, 'file', 'cache'), {
      endpoint: 'e',
      maxBytes: 1000,
      warn: (sentence) => void warnings.push(sentence),
    });
    for (const index of range(0, 5)) below.keep(keyed(index), answer('x'));
    expect([below.find(keyed(0)), below.has(keyed(0))]).toEqual([undefined, false]);
    below.close();
    cache.close();
    expect(warnings).toEqual([expect.stringMatching(/^No more answers are kept in the cache in .+file.cache: ENOTDIR/)]);
  });

  it('that is read-only gives what it has', () => {
    fill(0, 3);
    chmodSync(folder, 0o555);
    const asNobody = process.getuid?.() === 0;
    if (asNobody) process.seteuid?.(65_534);
    try {
      const { cache, warnings } = open();
      expect(found(cache, 0, 3)).toEqual([0, 1, 2]);
      for (const index of range(3, 6)) cache.keep(keyed(index), answer('x'));
      cache.close();
      expect(warnings).toEqual([expect.stringContaining('EACCES')]);
    } finally {
      if (asNobody) process.seteuid?.(0);
      chmodSync(folder, 0o755);
    }
    expect(segments()).toHaveLength(1);
  });
});

describe('compaction', () => {
  it('makes one segment of many, each answer once', () => {
    for (const run of range(0, 16)) fill(run, run + 5);
    expect(segments()).toHaveLength(16);
    const sizeBefore = size();
    fill(0, 1);
    expect(segments()).toHaveLength(1);
    expect(size()).toBeLessThan(sizeBefore / 2);
    expect(found(open().cache, 0, 20)).toEqual(range(0, 20));
  });

  it('keeps a folder below its size, and in it what was looked up last', () => {
    for (const run of range(0, 10)) fill(run * 100, run * 100 + 100);
    const maxBytes = size() / 2;
    const { cache } = open({ maxBytes });
    expect(found(cache, 0, 100)).toHaveLength(100);
    cache.keep(keyed(1000), answer('answer 1000'));
    cache.close();
    expect(size()).toBeLessThanOrEqual(maxBytes);
    const left = found(open().cache, 0, 1001);
    expect(left.slice(0, 100)).toEqual(range(0, 100));
    expect(left.slice(100)).toEqual(range(1001 - (left.length - 100), 1001));
    expect(left.length).toBeGreaterThan(350);
  });

  it('is not what a run’s own answers are sacrificed to: beyond the size no more are kept, which is said', () => {
    const warnings = fill(0, 1000, { maxBytes: 20_000 });
    expect(warnings).toEqual([expect.stringContaining('the answers of this run alone take more than')]);
    expect(size()).toBeLessThanOrEqual(20_000);
    expect(found(open().cache, 0, 1000)).toEqual(range(0, found(open().cache, 0, 1000).length));
  });

  it('that is killed after it wrote and before it removed anything costs room alone', () => {
    for (const run of range(0, 16)) fill(run, run + 5);
    const before = segments().map((name) => [name, readFileSync(join(folder, name))] as const);
    fill(0, 1);
    for (const [name, content] of before) writeFileSync(join(folder, name), content);
    expect(found(open().cache, 0, 20)).toEqual(range(0, 20));
  });
});

describe('several processes on one folder', () => {
  it('lose nothing, in whichever order they open, keep, compact and close', () => {
    for (let seed = 0; seed < 20; seed++) {
      const stream = randomStream(String(seed), 'processes');
      const kept = new Set<number>();
      let handles = range(0, 3).map(() => open().cache);
      for (let step = 0; step < 300; step++) {
        const which = stream.below(handles.length);
        const cache = handles[which]!;
        const index = stream.below(500);
        if (stream.below(8) === 0) {
          cache.close();
          handles = handles.with(which, open().cache);
        } else if (stream.below(3) === 0) {
          found(cache, index, index + 1);
        } else {
          cache.keep(keyed(index), answer(`answer ${index}`));
          kept.add(index);
        }
      }
      for (const cache of handles) cache.close();
      expect(found(open().cache, 0, 500)).toEqual([...kept].sort((a, b) => a - b));
      for (const name of segments()) unlinkSync(join(folder, name));
    }
  });
});
