import { scorerTable } from '../../src/scorers/table.ts';
import { evalSetJsonSchema, headerOfRows, readEvalSetFile } from '../../src/settings/evalset-file.ts';
import { sentences } from '../documents/sentences.ts';

const read = (text: string) => readEvalSetFile('evals/team/triage.yml', text);

describe('readEvalSetFile', () => {
  it('reads the shape of the documentation', () => {
    const text = `
examples: triage.jsonl
scorers:
  - exact: { extract: 'answer is (.*?)\\.?\\s*$', flags: im, normalize: [trim, trailingPeriod] }
margin: 0.05
slices: [tags]
thresholds: { accuracy: 0.6 }
`;
    expect(read(text)).toEqual({
      file: 'evals/team/triage.yml',
      rowFiles: [{ path: 'evals/team/triage.jsonl', line: 2 }],
      calibrationFiles: [],
      rows: [],
      constraints: [],
      overrides: [],
      scorers: [
        { kind: 'exact', weight: 1, options: { extract: 'answer is (.*?)\\.?\\s*$', flags: 'im', normalize: ['trim', 'trailingPeriod'] } },
      ],
      margin: 0.05,
      slices: ['tags'],
      thresholds: { accuracy: 0.6 },
      repeats: undefined,
    });
  });

  it('scores by exact, with its defaults, where no scorer is named', () => {
    expect(read('examples: a.csv').scorers).toEqual(headerOfRows('evals/a.jsonl').scorers);
    expect(read('examples: a.csv').scorers).toMatchObject([{ kind: 'exact', weight: 1, options: { normalize: ['trim'] } }]);
  });

  it('finds files from the folder of the file', () => {
    const paths = read('examples:\n  - a.csv\n  - ./b/../c.json\n  - ../shared/d.yml\n  - ../../e.yaml').rowFiles;
    expect(paths).toEqual([
      { path: 'evals/team/a.csv', line: 2 },
      { path: 'evals/team/c.json', line: 3 },
      { path: 'evals/shared/d.yml', line: 4 },
      { path: 'e.yaml', line: 5 },
    ]);
  });

  it('finds files of labelled answers alike', () => {
    expect(read('examples: a.csv\ncalibration: labels.jsonl').calibrationFiles).toEqual([{ path: 'evals/team/labels.jsonl', line: 2 }]);
    expect(read('examples: a.csv').calibrationFiles).toEqual([]);
  });

  it('keeps rows that stand in the file, with their lines', () => {
    const { rows, rowFiles } = read('examples:\n  - input: a\n    expected: b\n  - { input: c }\n');
    expect(rowFiles).toEqual([]);
    expect(rows.map((row) => [row.value, row.lineOf([]), row.lineOf(['expected'])])).toEqual([
      [{ input: 'a', expected: 'b' }, 2, 3],
      [{ input: 'c' }, 4, 4],
    ]);
  });

  it('takes bare scorers, scorers without options and weights', () => {
    const { scorers } = read('examples: a.csv\nscorers:\n  - exact\n  - contains:\n  - regex: { pattern: x }\n    weight: 2.5\n');
    expect(scorers.map(({ kind, weight }) => [kind, weight])).toEqual([
      ['exact', 1],
      ['contains', 1],
      ['regex', 2.5],
    ]);
  });

  it('hands labels to label scorers that name none', () => {
    const text = 'examples: a.csv\nlabels: [yes, no]\nscorers:\n  - label\n  - label: { labels: [a, b] }\n';
    expect(read(text).scorers.map(({ options }) => options['labels'])).toEqual([
      ['yes', 'no'],
      ['a', 'b'],
    ]);
  });

  it('takes groups inside groups, with a pass mark where there is one to reach', () => {
    const text = `
examples: a.csv
labels: [a, b]
scorers:
  - any: [exact, { all: [label, { regex: { pattern: x }, weight: 2 }] }]
    weight: 3
  - mean: [contains]
    passMark: 0.5
`;
    const exact = { kind: 'exact', weight: 1 };
    const all = {
      kind: 'all',
      weight: 1,
      options: {},
      members: [
        { kind: 'label', options: { labels: ['a', 'b'] } },
        { kind: 'regex', weight: 2 },
      ],
    };
    expect(read(text).scorers).toMatchObject([
      { kind: 'any', weight: 3, options: {}, members: [exact, all] },
      { kind: 'mean', weight: 1, options: { passMark: 0.5 }, members: [{ kind: 'contains' }] },
    ]);
  });

  it('takes stages as passRate or as tags, with the line of each', () => {
    expect(read('examples: a.csv\nstages: passRate').stages).toEqual({ order: 'passRate', lines: [2] });
    expect(read('examples: a.csv\nstages:\n  - hard\n  - " long "').stages).toEqual({ order: ['hard', 'long'], lines: [3, 4] });
    expect(read('examples: a.csv').stages).toBeUndefined();
  });

  it.each([
    ['difficulty', 'key "stages": this is no order of stages. Write passRate, or a list of tags such as [hard, long].'],
    ['3', 'key "stages": this is no order of stages. Write passRate, or a list of tags such as [hard, long].'],
    ['[]', 'key "stages": the list is empty. List at least 1.'],
    ['[hard, hard]', 'key "stages": a tag stands twice. Name each once.'],
    ['[""]', 'key "stages[0]": the text is empty. Write something, or remove the key.'],
  ])('refuses stages: %s', (stages, sentence) => {
    expect(sentences(() => read(`examples: a.csv\nstages: ${stages}`))).toBe(`evals/team/triage.yml:2: ${sentence}`);
  });

  it('takes overrides by tag, in the order of the tags, with the line of each', () => {
    const text =
      'examples: a.csv\nlabels: [a]\noverrides:\n  mail: { constraints: [] }\n  chat:\n    scorers: [label]\n    constraints: [json]\n';
    expect(read(text).overrides).toEqual([
      {
        tag: 'chat',
        line: 5,
        scorers: [expect.objectContaining({ kind: 'label' })],
        constraints: [{ name: 'json', options: { fence: false } }],
      },
      { tag: 'mail', line: 4, constraints: [] },
    ]);
  });

  it.each([
    ['examples: a.csv\nscorers: [all]', '2: key "scorers[0]": "all" is a group and names no scorers. Write "- all: [exact, …]".'],
    ['examples: a.csv\nscorers:\n  - all: []', '3: key "scorers[0].all": the list is empty. List at least 1.'],
    ['examples: a.csv\nscorers:\n  - any: exact', '3: key "scorers[0].any": "exact" is not a list. Write a list.'],
    ['examples: a.csv\nscorers:\n  - all: [exact]\n    regex: {}', '4: key "scorers[0].regex": unknown key. Known: weight.'],
    [
      'examples: a.csv\nscorers:\n  - mean: [exact]\n    passMark: 2',
      '4: key "scorers[0].passMark": 2 is not at most 1. Write a number at most 1.',
    ],
    [
      'examples: a.csv\nscorers:\n  - any:\n    - exact\n    - regex: { pattern: a }\n      weight: 2',
      '6: key "scorers[0].any[1].weight": a weight means nothing in "any". Remove it.',
    ],
    [
      'examples: a.csv\nscorers:\n  - all:\n    - any: [exct]',
      '4: key "scorers[0].all[0].any[0]": there is no scorer "exct". Did you mean "exact"?',
    ],
    [
      'examples: a.csv\noverrides: { chat: {} }',
      '2: key "overrides.chat": the override changes nothing. Give it "scorers" or "constraints", or remove it.',
    ],
    [
      'examples: a.csv\noverrides: { chat: { constraints: [], margin: 0.1 } }',
      '2: key "overrides.chat.margin": unknown key. Known: constraints, scorers.',
    ],
    [
      'examples: a.csv\noverrides:\n  chat:\n    constraints: [jsn]',
      '4: key "overrides.chat.constraints[0]": there is no constraint "jsn". Did you mean "json"?',
    ],
    [
      'examples: a.csv\noverrides:\n  chat:\n    scorers: [label]',
      '4: key "overrides.chat.scorers[0].labels": the key is missing. Add it: a list.',
    ],
    ['examples: a.csv\nscorers: [exct]', '2: key "scorers[0]": there is no scorer "exct". Did you mean "exact"?'],
    ['examples: a.csv\nscorers:\n  - exct: {}', '3: key "scorers[0].exct": there is no scorer "exct". Did you mean "exact"?'],
    [
      'examples: a.csv\nscorers:\n  - constructor: {}',
      `3: key "scorers[0].constructor": there is no scorer "constructor". Known: ${Object.keys(scorerTable).sort().join(', ')}.`,
    ],
    ['examples: a.csv\nscorers:\n  - exact:\n      extrat: x', '4: key "scorers[0].exact.extrat": unknown key. Did you mean "extract"?'],
    [
      'examples: a.csv\nscorers:\n  - exact: { normalize: [trimm] }',
      /^3: key "scorers\[0\]\.exact\.normalize\[0\]": "trimm" is not .*\. Did you mean "trim"\?$/,
    ],
    ['examples: a.csv\nscorers:\n  - exact: { extract: "(" }', /^3: key "scorers\[0\]\.exact\.extract": the pattern does not compile/],
    [
      'examples: a.csv\nscorers:\n  - exact: 3',
      '3: key "scorers[0].exact": 3 is not a mapping. Write a mapping with keys such as extract, field or flags.',
    ],
    ['examples: a.csv\nscorers:\n  - exact: {}\n    weight: 0', '4: key "scorers[0].weight": 0 is not above 0. Write a number above 0.'],
    [
      'examples: a.csv\nscorers:\n  - exact: {}\n    regex: {}',
      '3: key "scorers[0]": a scorer is one key, its kind, with a weight beside it if any. Write "- exact: {}" and a line for each further scorer.',
    ],
    [
      'examples: a.csv\nthresholds: { macroF1: 0.8 }',
      '2: key "thresholds.macroF1": no scorer gives this metric. Add "label" to scorers, or remove the threshold.',
    ],
    [
      'examples: a.csv\nconstraints: [{ json: {}, weight: 2 }]',
      '2: key "constraints[0]": a constraint is one key, its name. Write "- json: {}" and a line for each further constraint.',
    ],
    ['examples: a.csv\nconstraints: [jsn]', '2: key "constraints[0]": there is no constraint "jsn". Did you mean "json"?'],
    [
      'examples: a.csv\nconstraints: [{ length: { words: { max: 3, mn: 1 } } }]',
      '2: key "constraints[0].length.words.mn": unknown key. Did you mean "min"?',
    ],
    ['examples: a.csv\nscorers: []', '2: key "scorers": the list is empty. List at least 1.'],
    ['examples: a.csv\nscorers: [label]', '2: key "scorers[0].labels": the key is missing. Add it: a list.'],
    ['examples: a.csv\nlabels: [a, b]', '2: key "labels": no scorer uses the labels. Add "label" to scorers, or remove the labels.'],
    ['margin: 0.1', '1: key "examples": the key is missing. Add it: text or a list.'],
    ['examples: []', '1: key "examples": the list is empty. List at least 1.'],
    ['examples: a.txt', '1: key "examples": this is no file of examples. Name a .jsonl, .csv, .json, .yaml or .yml file.'],
    ['examples: /a.csv', '1: key "examples": the path is not relative. Write it from the folder of this file, with forward slashes.'],
    [
      'examples: "https://x/a.csv"',
      '1: key "examples": the path is not relative. Write it from the folder of this file, with forward slashes.',
    ],
    ['examples: "C:a.csv"', '1: key "examples": the path is not relative. Write it from the folder of this file, with forward slashes.'],
    [
      'examples: "..\\\\a.csv"',
      '1: key "examples": the path is not relative. Write it from the folder of this file, with forward slashes.',
    ],
    ['examples:\n  - a.csv\n  - ../../../b.csv', '3: key "examples[1]": the path leads out of the repository. Remove a ".." from it.'],
    ['examples: a.csv\nthresholds: { acuracy: 1 }', '2: key "thresholds.acuracy": unknown key. Did you mean "accuracy"?'],
    ['examples: a.csv\nthresholds: { accuracy: 60 }', '2: key "thresholds.accuracy": 60 is not at most 1. Write a number at most 1.'],
    ['examples: a.csv\nslices: [topics]', '2: key "slices[0]": "topics" is not "tags". Write "tags".'],
    ['examples: a.csv\nscorer: exact', '2: key "scorer": unknown key. Did you mean "scorers"?'],
  ])('refuses %j with its line, key and fix', (text, sentence) => {
    const message = sentences(() => read(text)).replace('evals/team/triage.yml:', '');
    if (typeof sentence === 'string') expect(message).toBe(sentence);
    else expect(message).toMatch(sentence);
  });
});

describe('evalSetJsonSchema', () => {
  it('asks for examples alone and knows the options of every scorer and group', () => {
    const schema = evalSetJsonSchema();
    expect(schema.required).toEqual(['examples']);
    const text = JSON.stringify(schema.$defs?.['scorer']);
    for (const kind of ['exact', 'contains', 'regex', 'label', 'all', 'any', 'min', 'mean'])
      expect(text).toContain(`"required":["${kind}"]`);
  });
});
