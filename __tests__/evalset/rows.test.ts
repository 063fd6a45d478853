import { readRows } from '../../src/evalset/rows.ts';
import { sentences } from '../documents/sentences.ts';

const bare = { vars: {}, messages: [], tags: [] };
const examples = (file: string, text: string) =>
  readRows(file, text).map(({ example: { source, ...example } }) => ({ ...example, line: source.line }));

describe('readRows', () => {
  it.each([
    ['a.jsonl', '{"id":"a","input":"x","expected":1,"tags":["t"]}\n\n{"id":2,"vars":{"v":[1]}}'],
    ['a.json', '[{"id":"a","input":"x","expected":1,"tags":["t"]},\n\n{"id":2,"vars":{"v":[1]}}]'],
    ['a.yaml', '- { id: a, input: x, expected: 1, tags: t }\n\n- id: 2\n  vars: { v: [1] }\n'],
    ['a.YML', '- { id: a, input: x, expected: 1, tags: [t, t, ""] }\n\n- id: 2\n  vars: { v: [1] }\n'],
  ])('reads %s with the lines of its rows', (file, text) => {
    expect(examples(file, text)).toEqual([
      { ...bare, id: 'a', input: 'x', expected: 1, tags: ['t'], line: 1 },
      { ...bare, id: '2', vars: { v: [1] }, line: 3 },
    ]);
  });

  it('reads CSV: all fields are text, vars.<name> fills a variable, an empty field is not given', () => {
    const text = 'id,input,expected,tags,cluster,skip,vars.name\n1,"x\ny",42,"a, b",c,,Ann\n,,,,,too hard,\n';
    expect(examples('a.csv', text)).toEqual([
      { ...bare, id: '1', input: 'x\ny', expected: '42', tags: ['a', 'b'], cluster: 'c', vars: { name: 'Ann' }, line: 2 },
      { ...bare, id: expect.stringMatching(/^[0-9a-f]{12}$/), vars: { name: '' }, line: 4 },
    ]);
    expect(readRows('a.csv', text).map((row) => row.skipped)).toEqual([false, true]);
  });

  it('reads a pass rate, which is no part of the id that a row without one gets', () => {
    const ids = ['{"input":"x"}', '{"input":"x","passRate":0.25}', '{"input":"x","passRate":"1"}'].map(
      (row) => examples('a.jsonl', row)[0]!,
    );
    expect(ids.map(({ passRate }) => passRate)).toEqual([undefined, 0.25, 1]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    expect(examples('a.csv', 'input,passRate\nx,.5\ny,\n').map(({ passRate }) => passRate)).toEqual([0.5, undefined]);
    const said = (wrong: string) => sentences(() => readRows('a.jsonl', `{"input":"x","passRate":${wrong}}`));
    expect(said('1.5')).toBe('a.jsonl:1: key "passRate": 1.5 is not at most 1. Write a number at most 1.');
    expect(said('[0.5]')).toBe(
      'a.jsonl:1: key "passRate": this is no pass rate. Write the share of earlier answers that passed, from 0 to 1.',
    );
  });

  it('reads a history', () => {
    const messages = [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'hello' },
    ];
    expect(examples('a.jsonl', JSON.stringify({ id: 1, messages }))).toEqual([{ ...bare, id: '1', messages, line: 1 }]);
  });

  it.each([
    [false, false],
    [true, true],
    ['a reason', true],
  ])('takes %j as skip', (skip, skipped) => {
    expect(readRows('a.jsonl', JSON.stringify({ input: 'x', skip }))[0]?.skipped).toBe(skipped);
  });

  it.each([
    ['true', true],
    ['No', false],
    ['0', false],
    ['flaky', true],
    ['', false],
  ])('takes %j in the skip column', (field, skipped) => {
    expect(readRows('a.csv', `input,skip\nx,${field}\n`)[0]?.skipped).toBe(skipped);
  });

  it.each([
    ['0.75', [0.75]],
    ['1', [1]],
    ['true', [true]],
    ['"pass"', [true]],
    ['"fail"', [false]],
    ['{"clarity":4,"tone":1}', [{ clarity: 4, tone: 1 }]],
    ['["pass",false,0.5]', [true, false, 0.5]],
  ])('takes %s as what people say of an answer', (human, labels) => {
    expect(readRows('a.jsonl', `{"input":"x","answer":"y","human":${human}}`)[0]?.example).toMatchObject({ answer: 'y', human: labels });
  });

  it('takes scores and words as labels in CSV', () => {
    const rows = readRows('a.csv', 'input,answer,human\nx,y,0.5\nx,z,fail\n,,\n'.replace('\n,,', ''));
    expect(rows.map(({ example }) => example.human)).toEqual([[0.5], [false]]);
  });

  it('gives a row the same id whether its answer is labelled or not', () => {
    const [plain, labelled] = ['{"input":"x"}', '{"input":"x","answer":"y","human":1}'].map(
      (row) => readRows('a.jsonl', row)[0]?.example.id,
    );
    expect(labelled).toBe(plain);
  });

  it('gives equal rows equal ids, whatever the format and the order of keys', () => {
    const ids = [
      ['a.jsonl', '{"input":"x","expected":"y","tags":["a","b"]}'],
      ['b.jsonl', '\n{"tags":"a,b","expected":"y","input":"x","skip":true}'],
      ['a.csv', 'expected,tags,input\ny,"a, b,a",x\n'],
      ['a.yml', '# one\n- input: x\n  expected: "y"\n  tags: [a, b]\n'],
    ].map(([file = '', text = '']) => readRows(file, text)[0]?.example.id);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBe(readRows('a.jsonl', '{"input":"x","expected":"z","tags":["a","b"]}')[0]?.example.id);
  });

  it('reads a row of 1 MB', () => {
    const input = 'x'.repeat(1_000_000);
    for (const [file, text] of [
      ['a.jsonl', `{"input":"${input}"}`],
      ['a.csv', `input\n"${input}"\n`],
      ['a.yml', `- input: "${input}"\n`],
    ] as const) {
      expect(readRows(file, text)[0]?.example.input).toHaveLength(1_000_000);
    }
  });

  it.each([
    [
      'a.jsonl',
      '{"input":"x"}\n{"inptu":"x"}',
      'a.jsonl:2: key "inptu": unknown key. Did you mean "input"?\na.jsonl:2: the row has nothing to ask. Give it "input", "vars" or "messages".',
    ],
    [
      'a.jsonl',
      '{"question":"x","input":"y"}',
      'a.jsonl:1: key "question": unknown key. Known: answer, cluster, expected, human, id, input, messages, passRate, skip, tags, vars.',
    ],
    [
      'a.jsonl',
      '{"input":"x","human":1}',
      'a.jsonl:1: key "human": a label belongs to one answer, and the row has none. Add the "answer" that people labelled.',
    ],
    [
      'a.jsonl',
      '{"input":"x","answer":"y"}',
      'a.jsonl:1: key "answer": the row has an answer that nobody labelled. Add "human", or remove the answer; what is right stands under "expected".',
    ],
    ...['1.5', '"good"', '{}', '{"clarity":0}', '-1'].map((human) => [
      'a.jsonl',
      `{"input":"x","answer":"y","human":${human}}`,
      'a.jsonl:1: key "human": this is no label. Write a score from 0 to 1, pass or fail, or levels by criterion such as { clarity: 4 }; of several people a list.',
    ]),
    ['a.jsonl', '{"expected":"y"}', 'a.jsonl:1: the row has nothing to ask. Give it "input", "vars" or "messages".'],
    ['a.jsonl', '{"input":4}', 'a.jsonl:1: key "input": 4 is not text. Put quotes around it.'],
    ['a.jsonl', '"x"', 'a.jsonl:1: "x" is not a mapping. Write a mapping with keys such as id, input or vars.'],
    [
      'a.jsonl',
      '{"input":"x"',
      'a.jsonl:1: broken JSON: it ends inside a value. Close every bracket; in a .jsonl file a value stands on one line.',
    ],
    ['a.jsonl', '{"id":"","input":"x"}', 'a.jsonl:1: key "id": the text is empty. Write something, or remove the key.'],
    [
      'a.jsonl',
      '{"id":"a\\nb","input":"x"}',
      'a.jsonl:1: key "id": the id holds a line break or another control character. Choose a plain one.',
    ],
    [
      'a.jsonl',
      '{"messages":[{"role":"tool","content":"x"}]}',
      'a.jsonl:1: key "messages[0].role": "tool" is not "system", "user" or "assistant". Write "system", "user" or "assistant".',
    ],
    ['a.jsonl', '\n', 'a.jsonl: there are no examples in the file. Add one, or do not name the file under "examples:".'],
    ['a.csv', 'input\n', 'a.csv: there are no examples in the file. Add one, or do not name the file under "examples:".'],
    ['a.csv', '', 'a.csv: there are no examples in the file. Add one, or do not name the file under "examples:".'],
    ['a.yml', '# none', 'a.yml: there are no examples in the file. Add one, or do not name the file under "examples:".'],
    ['a.json', '[]', 'a.json: there are no examples in the file. Add one, or do not name the file under "examples:".'],
    ['a.json', '{"rows": []}', 'a.json:1: a mapping is not a list of examples. Write a list with one mapping for each.'],
    ['a.json', '[{"input":"x",\n"vars":3}]', 'a.json:2: key "[0].vars": 3 is not a mapping. Write a mapping.'],
    ['a.csv', 'input,expceted\nx,y\n', 'a.csv:1: key "expceted": unknown column. Did you mean "expected"?'],
    [
      'a.csv',
      'input,vars.a.b\nx,y\n',
      'a.csv:1: key "vars.a.b": unknown column. Known: answer, cluster, expected, human, id, input, passRate, skip, tags, vars.<name>.',
    ],
    [
      'a.csv',
      'input,messages\nx,[]\n',
      'a.csv:1: key "messages": unknown column. Known: answer, cluster, expected, human, id, input, passRate, skip, tags, vars.<name>.',
    ],
    [
      'a.csv',
      'input,expected\nx\n',
      'a.csv:2: the record has 1 field, the header 2. Put quotes around fields that hold commas or line breaks.',
    ],
    ['a.csv', 'input\n"x\n', 'a.csv:2: broken CSV: a quote opened in this record is not closed. Add the closing quote.'],
    [
      'a.yml',
      '- input: a: b',
      'a.yml:1: broken YAML: nested mappings are not allowed in compact mappings. Put quotes around text that holds ": ", or check the indentation.',
    ],
    ['a.txt', 'x', 'a.txt: the format is not known by its extension. Name it .jsonl, .csv, .json, .yaml or .yml.'],
    ['a.jsonl', '{"input":"x","vars":{"__proto__":1}}', 'a.jsonl:1: key "vars.__proto__": the name is not allowed. Choose another name.'],
    ['a.csv', 'input,vars.__proto__\nx,y\n', 'a.csv:1: key "vars.__proto__": the name is not allowed. Choose another name.'],
  ])('refuses %s with %j in one sentence for each fault', (file, text, sentence) => {
    expect(sentences(() => readRows(file, text))).toBe(sentence);
  });

  it('names the faults of several rows at once, twenty at most', () => {
    const lines = sentences(() => readRows('a.jsonl', '{"input":1}\n'.repeat(100))).split('\n');
    expect(lines[1]).toBe('a.jsonl:2: key "input": 1 is not text. Put quotes around it.');
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('a.jsonl: 80 more problems below these. Mend these first.');
  });

  it('keeps variables named like parts of every object', () => {
    const [row] = readRows('a.jsonl', '{"vars":{"constructor":"x","toString":"y"}}');
    expect(Object.entries(row?.example.vars ?? {})).toEqual([
      ['constructor', 'x'],
      ['toString', 'y'],
    ]);
  });
});
