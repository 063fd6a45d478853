import type { Example } from '../../src/domain/evalset.ts';
import { assembleEvalSet, type EvalSetHead, type RowFile } from '../../src/evalset/assemble.ts';
import { unscorable } from '../../src/scorers/score.ts';
import { sentences } from '../documents/sentences.ts';
import { largeFileOf } from '../support/large-file.ts';

const exact = { kind: 'exact', options: {}, weight: 1 };
const head: EvalSetHead = { rows: [], scorers: [exact], constraints: [], slices: [], thresholds: {} };
const file = 'evals/a.jsonl';
const small = (text: string): RowFile => ({ file, text });
const large = (text: string): RowFile => ({ file, large: largeFileOf(text) });
const assemble = (rows: RowFile, over: Partial<EvalSetHead> = {}) =>
  assembleEvalSet('evals/a.yml', { ...head, ...over }, [rows], unscorable);

const row = (number: number) => JSON.stringify({ id: `r${number}`, input: `Grüße ${number} 🌍`, expected: 'x', tags: [`t${number % 3}`] });
const rows = (count: number): string => Array.from({ length: count }, (_, number) => `${row(number)}\n`).join('');

/** Every member, read one by one. */
const told = ({ id, input, vars, messages, expected, answer, human, tags, passRate, cluster, source }: Example) => [
  id,
  input,
  vars,
  messages,
  expected,
  answer,
  human,
  tags,
  passRate,
  cluster,
  source,
];

const sound = [
  ['rows with ids', rows(300)],
  ['rows without ids', '{"input":"a","expected":"x"}\n{"input":"b","expected":"x"}'],
  ['blank lines, carriage returns and a byte order mark', `\uFEFF${row(1)}\r\n\r\n  \n${row(2)}\r\n`],
  ['skipped rows', `${row(1)}\n{"input":"s","expected":"x","skip":"slow"}\n${row(2)}`],
  [
    'clusters, histories, labels and numbers as ids',
    '{"id":7,"messages":[{"role":"user","content":"hi"}],"expected":1,"cluster":3,"answer":"1","human":[1,0.5]}',
  ],
  ['pass rates', '{"id":"a","input":"a","expected":"x","passRate":0.25}\n{"id":"b","input":"b","expected":"x","passRate":1}'],
  [
    'a row longer than what is read at once',
    `${row(1)}\n${JSON.stringify({ id: 'long', input: 'x'.repeat(3_000_000), expected: 'x' })}\n${row(2)}`,
  ],
] as const;

const broken = [
  ['broken JSON', `${row(1)}\n{"input": }\n${row(2)}\n{"input": 'x'}`],
  ['unknown keys', `${row(1)}\n{"id":"b","input":"x","expcted":"y"}`],
  ['an id that stands twice', `${row(1)}\n${row(2)}\n${row(1)}\n${row(1)}`],
  ['equal rows without ids', '{"input":"a","expected":"x"}\n\n{"input":"a","expected":"x"}'],
  ['an id that was skipped before, and twice after', `{"id":"r1","input":"s","skip":true}\n${row(1)}\n${row(1)}`],
  ['rows that cannot be scored', `${row(1)}\n{"id":"b","input":"x"}`],
  ['more problems than are told', '{"input":1}\n'.repeat(33)],
  ['more repeated ids than are told', `${row(1)}\n`.repeat(40)],
  ['no rows', '\n\n'],
  ['nothing but skipped rows', '{"input":"s","skip":true}'],
] as const;

describe('an eval set from a large file', () => {
  it.each(sound)('is the same as from a small one: %s', (_, text) => {
    const [near, far] = [assemble(small(text)), assemble(large(text))];
    expect(far.digest).toBe(near.digest);
    expect([far.skipped, far.examples.length]).toEqual([near.skipped, near.examples.length]);
    expect(Array.from(far.examples, told)).toEqual(Array.from(near.examples, told));
    expect(told(far.examples.at(far.examples.length - 1)!)).toEqual(told(near.examples.at(near.examples.length - 1)!));
    expect(far.examples.at(far.examples.length)).toBeUndefined();
  });

  it.each(broken)('is refused with the same words: %s', (_, text) => {
    const said = sentences(() => assemble(large(text)));
    expect(said).toBe(sentences(() => assemble(small(text))));
    expect(said).not.toBe('accepted');
  });

  it('joins rows of several files in their order, and finds an id of one in the other', () => {
    const both = (first: RowFile, second: RowFile) => assembleEvalSet('evals/a.yml', head, [first, second], unscorable);
    const second = '{"id":"z","input":"q","expected":"x"}';
    expect(both(large(rows(5)), small(second)).digest).toBe(both(small(rows(5)), small(second)).digest);
    expect(sentences(() => both(small(row(2)), large(rows(5))))).toBe(sentences(() => both(small(row(2)), small(rows(5)))));
  });

  it('names an override that concerns no row of it', () => {
    const overrides = [{ tag: 'nowhere', line: 3, constraints: [] }];
    expect(sentences(() => assemble(large(rows(5)), { overrides }))).toContain('no example has this tag');
  });

  it('takes its order of asking from the rows’ pass rates', () => {
    const stages = { order: 'passRate', lines: [2] } as const;
    expect(assemble(large('{"input":"a","expected":"x","passRate":0.5}\n'), { stages }).stages).toBe('passRate');
    expect(sentences(() => assemble(large(rows(5)), { stages }))).toContain('no example has a passRate');
  });

  it('refuses bytes that are no text', () => {
    const bytes = Buffer.concat([Buffer.from(`${row(1)}\n`), Buffer.from([0x22, 0xff, 0x22])]);
    expect(sentences(() => assemble({ file, large: largeFileOf(bytes) }))).toContain('not UTF-8 text');
    expect(sentences(() => assemble(large(`${row(1)}\n\0`)))).toContain('not UTF-8 text');
  });

  it('reads a row once while it is looked at again and again, however many there are', () => {
    const held = largeFileOf(rows(100));
    let reads = 0;
    const read = (offset: number, length: number) => {
      reads += 1;
      return held.read(offset, length);
    };
    const counting = { sizeBytes: held.sizeBytes, read };
    const { examples } = assemble({ file, large: counting });
    const before = reads;
    for (let look = 0; look < 5; look++) expect(examples.at(42)!.input).toBe('Grüße 42 🌍');
    expect(examples.at(43)!.tags).toEqual(['t1']);
    expect(reads - before).toBeLessThanOrEqual(1);
  });
});
