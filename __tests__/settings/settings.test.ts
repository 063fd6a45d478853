import { readSettings, settingsJsonSchema } from '../../src/settings/settings.ts';
import { sentences } from '../documents/sentences.ts';

const defaults = {
  model: {},
  models: [],
  headers: {},
  judge: { leastLabels: 50, leastAgreement: 0.4, noise: false },
  gate: {
    alpha: 0.05,
    margin: 0.05,
    protected: [],
    earlyStop: false,
    onInconclusive: 'warn',
    onNew: 'pass',
    onDeleted: 'pass',
    onMissingEvals: 'pass',
  },
  concurrency: 8,
  timeoutMs: 60_000,
  repeats: 1,
  caps: { onReached: 'fail' },
  prices: {},
  cache: { off: false, maxMb: 256 },
  prompts: ['prompts/**/*.md'],
  evals: ['evals/**'],
  allowFunctions: false,
  report: { examples: 'full' },
  search: { when: 'off', budget: 200, leastGain: 0, workedExamples: false, seed: 0, protect: [] },
};

describe('readSettings', () => {
  it.each([undefined, '', '# nothing yet\n', '{}'])('gives every default for %j', (text) => {
    expect(readSettings('prompt-ratchet.yml', text)).toEqual(defaults);
  });

  it('keeps references to environment variables as they are written', () => {
    const text = `
model: { name: your-model, temperature: 0, maxOutputTokens: 512, topP: 1, stopSequences: ['###'] }
models: [other]
baseUrl: https://llm.example.com/v1
apiVersion: 2024-10-21
headers: { x-gateway-key: '\${GATEWAY_KEY}' }
gate: { alpha: 0.05, margin: 0.1, onInconclusive: fail, onNew: fail }
concurrency: 4
caps: { calls: 1000, costUsd: 0.5 }
prices:
  your-model: { inputPer1M: 0.15, outputPer1M: 0.6 }
prompts: ['app/prompts/**/*.md', '!app/prompts/old/**']
report: { examples: ids }
`;
    expect(readSettings('prompt-ratchet.yml', text)).toEqual({
      ...defaults,
      model: { name: 'your-model', temperature: 0, maxOutputTokens: 512, topP: 1, stopSequences: ['###'] },
      models: ['other'],
      baseUrl: 'https://llm.example.com/v1',
      apiVersion: '2024-10-21',
      headers: { 'x-gateway-key': `\${GATEWAY_KEY}` },
      gate: { ...defaults.gate, margin: 0.1, onInconclusive: 'fail', onNew: 'fail' },
      concurrency: 4,
      caps: { calls: 1000, costUsd: 0.5, onReached: 'fail' },
      prices: { 'your-model': { inputPer1M: 0.15, outputPer1M: 0.6 } },
      prompts: ['app/prompts/**/*.md', '!app/prompts/old/**'],
      report: { examples: 'ids' },
    });
  });

  it('takes protected slices by name or with a margin of their own', () => {
    const text = 'gate: { protected: [refunds, { slice: legal, margin: 0.02 }], earlyStop: true, settle: { maxRepeats: 5 } }';
    expect(readSettings('prompt-ratchet.yml', text).gate).toEqual({
      ...defaults.gate,
      protected: [{ slice: 'refunds' }, { slice: 'legal', margin: 0.02 }],
      earlyStop: true,
      settle: { maxRepeats: 5 },
    });
  });

  it.each([
    ['judge: { model: a, panel: [a, b] }', '1: key "judge": there is both a model and a panel. Keep one of the two.'],
    [
      'judge: { endpoint: { baseUrl: "http://x/v1" } }',
      '1: key "judge.endpoint": no model is named that is asked there. Name the judge beside it: model or panel.',
    ],
    ['judge: { model: a, endpoint: {} }', '1: key "judge.endpoint.baseUrl": the key is missing. Add it: text.'],
    [
      'judge: { model: a, endpoint: { baseUrl: "https://u:secret@x/v1" } }',
      '1: key "judge.endpoint.baseUrl": the address holds credentials. Give the key as a secret, through the input judge-api-key.',
    ],
    [
      'judge: { model: a, endpoint: { baseUrl: "http://x/v1", headers: { Host: x } } }',
      '1: key "judge.endpoint.headers.Host": this header belongs to the connection and cannot be set. Remove it.',
    ],
    ['judge: { modle: a }', '1: key "judge.modle": unknown key. Did you mean "model"?'],
    ['gate: { alpa: 0.1 }', '1: key "gate.alpa": unknown key. Did you mean "alpha"?'],
    ['base_url: http://x', '1: key "base_url": unknown key. Did you mean "baseUrl"?'],
    [
      'gate:\n  blocking: []',
      '2: key "gate.blocking": unknown key. Known: alpha, earlyStop, margin, onDeleted, onInconclusive, onMissingEvals, onNew, protected, settle.',
    ],
    ['gate: { protected: [a, a] }', '1: key "gate.protected": a slice is named twice. Name each slice once.'],
    ['gate: { settle: { maxRepeats: 1 } }', '1: key "gate.settle.maxRepeats": 1 is not at least 2. Write a number at least 2.'],
    ['gate: { earlyStop: 1 }', '1: key "gate.earlyStop": 1 is not true or false. Write true or false.'],
    ['gate: { alpha: 0.5 }', '1: key "gate.alpha": 0.5 is not below 0.5. Write a number below 0.5.'],
    ['gate: { margin: 5 }', '1: key "gate.margin": 5 is not below 1. Write a number below 1.'],
    ['gate: { onInconclusive: pass }', '1: key "gate.onInconclusive": "pass" is not "warn" or "fail". Write "warn" or "fail".'],
    ['concurrency: 0', '1: key "concurrency": 0 is not at least 1. Write a number at least 1.'],
    ['concurrency: 257', '1: key "concurrency": 257 is not at most 256. Write a number at most 256.'],
    ['repeats: 101', '1: key "repeats": 101 is not at most 100. Write a number at most 100.'],
    ['model: gpt', '1: key "model": "gpt" is not a mapping. Write a mapping with keys such as name, temperature or maxOutputTokens.'],
    [
      'baseUrl: llm.example.com',
      '1: key "baseUrl": "llm.example.com" is no http or https address. Write it like https://llm.example.com/v1.',
    ],
    ['baseUrl: file:///etc', '1: key "baseUrl": "file:///etc" is no http or https address. Write it like https://llm.example.com/v1.'],
    [
      'baseUrl: https://u:secret@x/v1',
      '1: key "baseUrl": the address holds credentials. Give the key as a secret, through the input api-key.',
    ],
    ['baseUrl: u:secret@x/v1', '1: key "baseUrl": this is no http or https address. Write it like https://llm.example.com/v1.'],
    [
      'baseUrl: https://x/v1?key=1',
      '1: key "baseUrl": the address holds a query or fragment. Remove it; an API version goes into its own setting.',
    ],
    ['headers:\n  "a b": x', '2: key "headers.a b": this is no name of a header. Use letters, digits and "-".'],
    ['headers:\n  Host: x', '2: key "headers.Host": this header belongs to the connection and cannot be set. Remove it.'],
    [
      'headers: { a: "x\\r\\ny" }',
      '1: key "headers.a": the value holds a line break or another character that no header can carry. Remove it.',
    ],
    [`headers: { a: "\${B-C}" }`, `1: key "headers.a": "$" and "{" begin no reference to an environment variable. Write it as \${NAME}.`],
    ['prompts: prompts', '1: key "prompts": "prompts" is not a list. Write a list.'],
    [
      'prompts: [../x.md]',
      '1: key "prompts[0]": the pattern leads out of the repository. Write it from the root of the repository, with forward slashes and without "..".',
    ],
    ['prices: { m: { inputPer1M: 1 } }', '1: key "prices.m.outputPer1M": the key is missing. Add it: a number.'],
    ['report: { examples: all }', '1: key "report.examples": "all" is not "full", "ids" or "none". Write "full", "ids" or "none".'],
  ])('refuses %j with its line, key and fix', (text, sentence) => {
    expect(sentences(() => readSettings('prompt-ratchet.yml', text))).toBe(`prompt-ratchet.yml:${sentence}`);
  });
});

describe('settingsJsonSchema', () => {
  it('asks for no key and allows no other', () => {
    const schema = settingsJsonSchema();
    expect(schema.required).toBeUndefined();
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties ?? {})).toEqual(expect.arrayContaining(['model', 'gate', 'caps', 'report']));
  });
});
