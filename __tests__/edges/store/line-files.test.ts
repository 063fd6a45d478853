import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, isFile, linesInFile, writeLines } from '../../../src/edges/store/line-files.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lines-'));
  path = join(folder, 'file.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linesOf = (file: string): string[] => Array.from(linesInFile(file), (line) => line.toString());

describe('a file of lines', () => {
  test.each([
    { text: '', lines: [] },
    { text: 'one\ntwo\n', lines: ['one', 'two'] },
    { text: 'one\ntwo', lines: ['one', 'two'] },
    { text: '\n\nüber\n', lines: ['', '', 'über'] },
  ])('of $text is read as $lines', ({ text, lines }) => {
    writeFileSync(path, text);
    expect(linesOf(path)).toEqual(lines);
  });

  it('larger than what is written at once comes back whole, with its digest', () => {
    const lines = Array.from({ length: 4_000 }, (_, number) => `${number} ${'é'.repeat(number % 2_000)}`);
    writeLines(path, lines);
    expect(linesOf(path)).toEqual(lines);
    const text = lines.map((line) => `${line}\n`).join('');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(digestOf(path)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('stays as it was where a new one cannot be written to its end', () => {
    writeFileSync(path, 'before\n');
    const broken = function* (): Generator<string> {
      yield 'first';
      throw new Error('broken');
    };
    expect(() => writeLines(path, broken())).toThrow('broken');
    expect(linesOf(path)).toEqual(['before']);
    expect(readdirSync(folder)).toEqual(['file.jsonl']);
  });

  it('is told from what is none', () => {
    writeFileSync(path, '');
    expect([isFile(path), isFile(folder), isFile(join(folder, 'none'))]).toEqual([true, false, false]);
  });
});
