import fc from 'fast-check';
import { applyInputs } from '../../src/settings/inputs.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { sentences } from '../documents/sentences.ts';

const settings = (text: string) => readSettings('prompt-ratchet.yml', text);

describe('applyInputs', () => {
  it('changes nothing where nothing is given', () => {
    const own = settings('model: { name: m }\ncaps: { calls: 3 }');
    expect(applyInputs(own, {})).toEqual(own);
    expect(applyInputs(own, { model: '', baseUrl: ' ', prompts: '\n', maxCalls: '' })).toEqual(own);
  });

  it('replaces endpoint, model and paths', () => {
    const own = settings('model: { name: m, temperature: 0 }\nbaseUrl: http://a\napiVersion: v1');
    const inputs = { model: 'n', baseUrl: 'http://b/v1', apiVersion: 'v2', prompts: 'a/*.md, b/{c,d}.md\n\nc.md\n' };
    expect(applyInputs(own, inputs)).toMatchObject({
      model: { name: 'n', temperature: 0 },
      baseUrl: 'http://b/v1',
      apiVersion: 'v2',
      prompts: ['a/*.md', 'b/{c,d}.md', 'c.md'],
    });
  });

  it.each([
    ['warn', undefined, 'warn'],
    ['warn', 'warn', 'warn'],
    ['warn', 'fail', 'fail'],
    ['fail', 'warn', 'fail'],
    ['fail', undefined, 'fail'],
  ])('has the stricter of onInconclusive %j and %j', (own, input, applied) => {
    expect(applyInputs(settings(`gate: { onInconclusive: ${own} }`), { onInconclusive: input }).gate.onInconclusive).toBe(applied);
  });

  it.each([
    [true, undefined, true],
    [true, 'true', true],
    [true, 'false', false],
    [false, 'true', false],
    [false, undefined, false],
  ])('lets functions run where the settings say %j and the input %j: %j', (own, input, applied) => {
    expect(applyInputs(settings(`allowFunctions: ${own}`), { allowFunctions: input }).allowFunctions).toBe(applied);
  });

  it('never raises a cap', () => {
    const cap = fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined });
    fc.assert(
      fc.property(cap, cap, (own, input) => {
        const before = { ...settings(''), caps: { calls: own, costUsd: own, minutes: own, onReached: 'warn' as const } };
        const inputs = { maxCalls: input?.toString(), maxCostUsd: input?.toString(), maxMinutes: input?.toString() };
        const { caps } = applyInputs(before, inputs);
        const lowest = Math.min(own ?? Infinity, input ?? Infinity);
        expect(caps).toEqual({
          calls: Number.isFinite(lowest) ? lowest : undefined,
          costUsd: Number.isFinite(lowest) ? lowest : undefined,
          minutes: Number.isFinite(lowest) ? lowest : undefined,
          onReached: 'warn',
        });
      }),
    );
  });

  it.each([
    [{ maxCostUsd: '1,5' }, 'max-cost-usd: "1,5" is not a number. Write one such as 0.50.'],
    [{ maxCostUsd: '-1' }, 'max-cost-usd: "-1" is not a number. Write one such as 0.50.'],
    [{ maxMinutes: '0' }, 'max-minutes: 0 is not above 0. Write a number above 0.'],
    [{ maxCalls: '0x10' }, 'max-calls: "0x10" is not a number. Write one such as 1000.'],
    [{ maxCalls: '0' }, 'max-calls: 0 is not at least 1. Write a number at least 1.'],
    [{ maxCalls: '1.5' }, 'max-calls: 1.5 is not a whole number. Write a whole number.'],
    [{ onInconclusive: 'fial' }, 'on-inconclusive: "fial" is not "warn" or "fail". Did you mean "fail"?'],
    [{ allowFunctions: 'yes' }, 'allow-functions: "yes" is not "true" or "false". Write "true" or "false".'],
    [{ baseUrl: 'ftp://x' }, 'base-url: "ftp://x" is no http or https address. Write it like https://llm.example.com/v1.'],
    [
      { prompts: '/etc/*' },
      'prompts: the pattern leads out of the repository. Write it from the root of the repository, with forward slashes and without "..".',
    ],
    [
      { maxCalls: 'x', maxCostUsd: 'y' },
      'max-calls: "x" is not a number. Write one such as 1000.\nmax-cost-usd: "y" is not a number. Write one such as 0.50.',
    ],
  ])('refuses %j by the name of the input', (inputs, sentence) => {
    expect(sentences(() => applyInputs(settings(''), inputs))).toBe(sentence);
  });

  it('names flags as the terminal spells them', () => {
    const act = () => applyInputs(settings(''), { baseUrl: 'x' }, (name) => `--${name}`);
    expect(sentences(act)).toMatch(/^--base-url: /);
  });
});
