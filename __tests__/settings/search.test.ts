import { readEvalSetFile } from '../../src/settings/evalset-file.ts';
import { applyInputs } from '../../src/settings/inputs.ts';
import { readSettings } from '../../src/settings/settings.ts';

const read = (text: string) => readSettings('prompt-ratchet.yml', text).search;

describe('search:', () => {
  it('takes a time alone for a table with nothing else in it', () => {
    expect(read('search: on-regression')).toEqual(read('search: { when: on-regression }'));
    expect(read('search: off').when).toBe('off');
  });

  it.each([
    ['search: sometimes', '"sometimes" is not "off", "on-regression" or "always"'],
    ['search: { operators: [improve] }', 'key "search.operators[0]": "improve" is not'],
    ['search: { bugdet: 3 }', 'key "search.bugdet": unknown key. Did you mean "budget"?'],
    ['search: { threshold: 2 }', 'key "search.threshold"'],
  ])('says what is wrong with %s', (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });

  it('is changed by inputs, seed 0 included', () => {
    const settings = readSettings('prompt-ratchet.yml', 'search: { seed: 7, budget: 50 }');
    const { search } = applyInputs(settings, { search: 'always', budget: '90', seed: '0', operators: 'compress, merge', threshold: '0.9' });
    expect(search).toMatchObject({ when: 'always', budget: 90, seed: 0, operators: ['compress', 'merge'], threshold: 0.9 });
    expect(() => applyInputs(settings, { operators: 'compres' })).toThrow('operators: "compres" is not');
  });
});

describe('signature:', () => {
  const header = (signature: string) => readEvalSetFile('evals/a.yml', `examples: a.jsonl\nsignature: ${signature}\n`).signature;

  it('takes names alone, and names with what they are', () => {
    expect(
      header('{ task: Sort it., inputs: [input], outputs: [{ name: queue, type: [billing, delivery], description: Where it goes }] }'),
    ).toEqual({
      task: 'Sort it.',
      inputs: [{ name: 'input' }],
      outputs: [{ name: 'queue', type: ['billing', 'delivery'], description: 'Where it goes' }],
    });
  });

  it.each([
    ['{ task: Sort it., inputs: [a, a], outputs: [b] }', 'a field is named twice'],
    ['{ task: Sort it., inputs: ["a b"], outputs: [b] }', 'this is no name of a field'],
    ['{ inputs: [a], outputs: [b] }', 'key "signature.task"'],
  ])('says what is wrong with %s', (text, sentence) => {
    expect(() => header(text)).toThrow(sentence);
  });
});
