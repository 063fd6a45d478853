import { located } from '../../src/documents/located.ts';
import { assembleEvalSet, type EvalSetHead } from '../../src/evalset/assemble.ts';
import { unscorable } from '../../src/scorers/score.ts';
import { readEvalSetFile } from '../../src/settings/evalset-file.ts';
import { sentences } from '../documents/sentences.ts';

const exact = { kind: 'exact', options: {}, weight: 1 };
const head: EvalSetHead = { rows: [], scorers: [exact], constraints: [], slices: [], thresholds: {} };
const assemble = (text: string, over: Partial<EvalSetHead> = {}) =>
  assembleEvalSet('evals/a.yml', { ...head, ...over }, [{ file: 'evals/a.jsonl', text }]);

describe('assembleEvalSet', () => {
  it('counts all that is wrong with the rows of several files, twenty of them being told', () => {
    const bad = '{"input":1}\n';
    const files = [
      { file: 'evals/a.jsonl', text: bad.repeat(40) },
      { file: 'evals/b.jsonl', text: bad.repeat(5) },
    ];
    const lines = sentences(() => assembleEvalSet('evals/a.yml', head, files)).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('evals/a.jsonl: 25 more problems below these. Mend these first.');
  });

  it('puts rows of the file itself before those of its files and counts the skipped', () => {
    const rows = [located('evals/a.yml', { id: 'own', input: 'x' }, { line: 3 })];
    const files = [
      { file: 'evals/b.csv', text: 'id,input\nb,y\n' },
      { file: 'evals/a.jsonl', text: '{"id":"a","input":"z"}\n{"id":"s","input":"z","skip":"slow"}' },
    ];
    const set = assembleEvalSet('evals/a.yml', { ...head, rows, margin: 0.1, repeats: 3 }, files);
    expect([...set.examples].map(({ id, source }) => [id, source.file, source.line])).toEqual([
      ['own', 'evals/a.yml', 3],
      ['b', 'evals/b.csv', 2],
      ['a', 'evals/a.jsonl', 1],
    ]);
    expect(set).toMatchObject({ path: 'evals/a.yml', skipped: 1, scorers: [exact], margin: 0.1, repeats: 3, slices: [], thresholds: {} });
  });

  it.each<[string, string, Partial<EvalSetHead>]>([
    ['blank lines', '\n{"id":"1","input":"x"}\n\n', {}],
    ['order of keys', '{"input":"x","id":1}', {}],
    ['a skipped row', '{"id":"1","input":"x"}\n{"id":"2","input":"x","skip":true}', {}],
    ['order of options', '{"id":"1","input":"x"}', { scorers: [{ weight: 1, options: {}, kind: 'exact' }] }],
  ])('has a digest that does not depend on %s', (_, text, over) => {
    expect(assemble(text, over).digest).toBe(assemble('{"id":"1","input":"x"}').digest);
  });

  it.each<[string, string, Partial<EvalSetHead>]>([
    ['an input', '{"id":"1","input":"y"}', {}],
    ['an expected value', '{"id":"1","input":"x","expected":"y"}', {}],
    ['a tag', '{"id":"1","input":"x","tags":"t"}', {}],
    ['a cluster', '{"id":"1","input":"x","cluster":"c"}', {}],
    ['an id', '{"id":"2","input":"x"}', {}],
    ['a scorer', '{"id":"1","input":"x"}', { scorers: [{ ...exact, options: { flags: 'i' } }] }],
    ['a weight', '{"id":"1","input":"x"}', { scorers: [{ ...exact, weight: 2 }] }],
    ['the margin', '{"id":"1","input":"x"}', { margin: 0.01 }],
    ['a threshold', '{"id":"1","input":"x"}', { thresholds: { accuracy: 0.5 } }],
    ['slices', '{"id":"1","input":"x"}', { slices: ['tags'] }],
    ['repeats', '{"id":"1","input":"x"}', { repeats: 2 }],
    ['what a group is made of', '{"id":"1","input":"x"}', { scorers: [{ ...exact, kind: 'all', members: [exact] }] }],
  ])('has a digest that changes with %s', (_, text, over) => {
    const digest = assemble(text, over).digest;
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digest).not.toBe(assemble('{"id":"1","input":"x"}').digest);
  });

  it('has a digest that changes with an override, wherever that stands', () => {
    const row = '{"id":"1","input":"x","tags":"t"}';
    const [first, moved, other] = [
      { overrides: [{ tag: 't', line: 3, constraints: [] }] },
      { overrides: [{ tag: 't', line: 4, constraints: [] }] },
      { overrides: [{ tag: 't', line: 3, scorers: [exact] }] },
    ].map((over) => assemble(row, over));
    expect(first!.overrides).toEqual([{ tag: 't', constraints: [] }]);
    expect(moved!.digest).toBe(first!.digest);
    expect(new Set([first, other, assemble(row)].map((set) => set!.digest)).size).toBe(3);
    expect(assemble(row, { overrides: [] }).digest).toBe(assemble(row).digest);
  });

  it('keeps labelled rows that only judges are held to apart from the examples', () => {
    const calibration = [{ file: 'evals/labels.jsonl', text: '{"input":"x","answer":"y","human":"pass"}\n{"input":"z","skip":true}' }];
    const files = [{ file: 'evals/a.jsonl', text: '{"id":"1","input":"x"}' }];
    const set = assembleEvalSet('evals/a.yml', head, files, undefined, calibration);
    expect(set.examples).toHaveLength(1);
    expect(set.calibration).toMatchObject([{ answer: 'y', human: [true] }]);
    expect(set.digest).not.toBe(assembleEvalSet('evals/a.yml', head, files).digest);
    expect(assembleEvalSet('evals/a.yml', head, files)).not.toHaveProperty('calibration');
  });

  it('refuses a row without a label among those that judges are held to', () => {
    const files = [{ file: 'evals/a.jsonl', text: '{"id":"1","input":"x"}' }];
    const calibration = [{ file: 'evals/labels.jsonl', text: '{"input":"x"}' }];
    expect(sentences(() => assembleEvalSet('evals/a.yml', head, files, undefined, calibration))).toBe(
      'evals/labels.jsonl:1: key "human": nobody labelled this row. Give it "answer" and "human".',
    );
  });

  it('has a digest that changes with the stages and with what orders them, wherever they stand', () => {
    const row = '{"id":"1","input":"x","tags":["a","b"],"passRate":0.5}';
    const sets = [
      assemble(row),
      assemble(row.replace('0.5', '0.6')),
      assemble(row, { stages: { order: 'passRate', lines: [2] } }),
      assemble(row, { stages: { order: ['a', 'b'], lines: [2, 3] } }),
      assemble(row, { stages: { order: ['b', 'a'], lines: [2, 3] } }),
    ];
    expect(new Set(sets.map(({ digest }) => digest)).size).toBe(sets.length);
    expect(assemble(row, { stages: { order: ['a', 'b'], lines: [7, 8] } }).digest).toBe(sets[3]!.digest);
    expect([sets[0]!.stages, sets[2]!.stages, sets[3]!.stages]).toEqual([undefined, 'passRate', ['a', 'b']]);
  });

  it('refuses stages that order nothing', () => {
    const row = '{"id":"1","input":"x","tags":"chat"}';
    expect(sentences(() => assemble(row, { stages: { order: 'passRate', lines: [4] } }))).toBe(
      'evals/a.yml:4: key "stages": no example has a passRate. Give rows one, or name tags.',
    );
    expect(sentences(() => assemble(row, { stages: { order: ['chat', 'chta'], lines: [4, 5] } }))).toBe(
      'evals/a.yml:5: key "stages[1]": no example has the tag "chta". Mend the tag, or remove it.',
    );
  });

  it('refuses an override that concerns no row', () => {
    const overrides = [{ tag: 'chta', line: 5, constraints: [] }];
    expect(sentences(() => assemble('{"id":"1","input":"x","tags":"chat"}', { overrides }))).toBe(
      'evals/a.yml:5: key "overrides.chta": no example has this tag. Mend the tag, or remove the override.',
    );
  });

  it('keeps apart what differs in the kind of a value alone', () => {
    expect(assemble('{"id":"1","input":"x","expected":1}').digest).not.toBe(assemble('{"id":"1","input":"x","expected":"1"}').digest);
  });

  it.each([
    [
      '{"id":"a","input":"x"}\n{"id":"a","input":"y"}\n{"id":"a","input":"z"}',
      'evals/a.jsonl:2: key "id": "a" is the id of the row at evals/a.jsonl:1 too. Give each row an id of its own.\n' +
        'evals/a.jsonl:3: key "id": "a" is the id of the row at evals/a.jsonl:1 too. Give each row an id of its own.',
    ],
    [
      '{"id":1,"input":"x"}\n{"id":"1","input":"y"}',
      'evals/a.jsonl:2: key "id": "1" is the id of the row at evals/a.jsonl:1 too. Give each row an id of its own.',
    ],
    [
      '{"input":"x","expected":"y"}\n{"input":"z"}\n{"expected":"y","input":"x"}',
      'evals/a.jsonl:3: the row is the same as the one at evals/a.jsonl:1, and neither has an id. Remove one of the two, or give both an id.',
    ],
    ['{"input":"x","skip":true}', 'evals/a.yml: the eval set has no examples besides 1 skipped. Add one.'],
    ['', 'evals/a.jsonl: there are no examples in the file. Add one, or do not name the file under "examples:".'],
  ])('refuses %j', (text, sentence) => {
    expect(sentences(() => assemble(text))).toBe(sentence);
  });

  it('takes two equal rows of which one is skipped, or that have ids', () => {
    expect(assemble('{"input":"x"}\n{"input":"x","skip":true}').examples).toHaveLength(1);
    expect(assemble('{"id":1,"input":"x"}\n{"id":2,"input":"x"}').examples).toHaveLength(2);
  });

  it('refuses an eval set without rows', () => {
    expect(sentences(() => assembleEvalSet('evals/a.yml', head, []))).toBe('evals/a.yml: the eval set has no examples. Add one.');
  });

  it('names what is wrong in all of its files', () => {
    const files = [
      { file: 'evals/a.jsonl', text: '{"input":1}' },
      { file: 'evals/b.csv', text: 'inptu\nx\n' },
    ];
    const rows = [located('evals/a.yml', { expected: 'x' }, { line: 2 }, ['examples', 0])];
    expect(sentences(() => assembleEvalSet('evals/a.yml', { ...head, rows }, files))).toBe(
      'evals/a.yml:2: key "examples[0]": the row has nothing to ask. Give it "input", "vars" or "messages".\n' +
        'evals/a.jsonl:1: key "input": 1 is not text. Put quotes around it.\n' +
        'evals/b.csv:1: key "inptu": unknown column. Did you mean "input"?',
    );
  });

  it('names examples that the scorers can make nothing of', () => {
    const files = [{ file: 'evals/a.jsonl', text: '{"input":"x","expected":"y"}\n{"input":"z"}' }];
    const withoutExpected = (_: unknown, example: { expected?: unknown }) =>
      example.expected === undefined ? 'it has no "expected"' : undefined;
    expect(sentences(() => assembleEvalSet('evals/a.yml', head, files, withoutExpected))).toBe(
      'evals/a.jsonl:2: it has no "expected". Mend the row or the scorer.',
    );
  });

  it("takes the head that settings read, and the scorers' own judgement of examples", () => {
    const text = '# triage\nexamples:\n  - { id: 1, input: x, expected: a }\n  - { id: 2, input: y }\nscorers: [exact]\n';
    const fromFile = readEvalSetFile('evals/a.yml', text);
    expect(assembleEvalSet('evals/a.yml', fromFile, []).examples).toHaveLength(2);
    expect(sentences(() => assembleEvalSet('evals/a.yml', fromFile, [], unscorable))).toMatch(
      /^evals\/a\.yml:4: the scorer "exact" cannot score this example: .*\. Mend the row or the scorer\.$/,
    );
  });

  it('has a digest that does not depend on comments and formatting of the file', () => {
    const digest = (text: string) => assembleEvalSet('evals/a.yml', readEvalSetFile('evals/a.yml', text), []).digest;
    const block = '# triage\nscorers:\n  - exact:\n      flags: i # any case\nexamples:\n  - input: x\n';
    expect(digest(block)).toBe(digest('{ examples: [{ "input": "x" }], scorers: [{ exact: { flags: "i" } }] }'));
  });
});
