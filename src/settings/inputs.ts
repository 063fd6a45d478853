import * as z from 'zod';
import { examine, explain } from '../documents/check.ts';
import { refuseAny } from '../documents/limits.ts';
import { located } from '../documents/located.ts';
import { shown } from '../documents/words.ts';
import type { Problem } from '../domain/problem.ts';
import { searchBudget, searchOperators, searchSeed, searchThreshold, searchTime } from './search.ts';
import type { Settings } from './settings.ts';
import { apiVersion, baseUrl, calls, costUsd, filePath, globs, minutes, modelName, onInconclusive } from './values.ts';

const names = {
  model: 'model',
  baseUrl: 'base-url',
  apiVersion: 'api-version',
  prompts: 'prompts',
  onInconclusive: 'on-inconclusive',
  maxCostUsd: 'max-cost-usd',
  maxCalls: 'max-calls',
  replay: 'replay',
  maxMinutes: 'max-minutes',
  allowFunctions: 'allow-functions',
  judgeNoise: 'judge-noise',
  search: 'search',
  budget: 'budget',
  threshold: 'threshold',
  operators: 'operators',
  seed: 'seed',
} as const;

/** Inputs of the action or flags of the terminal as they were written; an empty one counts as not given. */
export type Inputs = { readonly [name in keyof typeof names]?: string };

/**
 * The settings as the inputs change them. Endpoint, model, paths and search replace the settings' own; policy and caps, which bound a search too, only tighten: whoever can
 * edit a workflow in a pull request must not loosen the gate by it. `spelled` names an input for messages, such as `--base-url`.
 * UserError naming each input that is wrong.
 */
export function applyInputs(settings: Settings, inputs: Inputs, spelled: (name: string) => string = (name) => name): Settings {
  const problems: Problem[] = [];
  function given<T>(input: keyof Inputs, schema: z.ZodType<T>): T | undefined {
    const text = inputs[input]?.trim() ?? '';
    if (text === '') return undefined;
    const checked = examine(located(names[input], text, { line: 1 }), schema);
    if (!('problems' in checked)) return checked.value;
    problems.push(...checked.problems.map(({ what, fix }) => ({ file: spelled(names[input]), what, fix })));
    return undefined;
  }

  const { model, gate, caps, judge, search } = settings;
  const applied: Settings = {
    ...settings,
    model: { ...model, name: given('model', modelName) ?? model.name },
    baseUrl: given('baseUrl', baseUrl) ?? settings.baseUrl,
    apiVersion: given('apiVersion', apiVersion) ?? settings.apiVersion,
    prompts: given('prompts', globList) ?? settings.prompts,
    replay: given('replay', filePath) ?? settings.replay,
    judge: { ...judge, noise: judge.noise || given('judgeNoise', z.literal('true')) === 'true' },
    gate: { ...gate, onInconclusive: stricter(gate.onInconclusive, given('onInconclusive', onInconclusive)) },
    search: {
      ...search,
      when: given('search', searchTime) ?? search.when,
      budget: given('budget', written(searchBudget, '200')) ?? search.budget,
      threshold: given('threshold', written(searchThreshold, '0.95')) ?? search.threshold,
      operators: given('operators', operatorList) ?? search.operators,
      seed: given('seed', written(searchSeed, '1')) ?? search.seed,
    },
    allowFunctions: given('allowFunctions', yesOrNo) !== 'false' && settings.allowFunctions,
    caps: {
      ...caps,
      calls: lower(caps.calls, given('maxCalls', written(calls, '1000'))),
      costUsd: lower(caps.costUsd, given('maxCostUsd', written(costUsd, '0.50'))),
      minutes: lower(caps.minutes, given('maxMinutes', written(minutes, '30'))),
    },
  };
  refuseAny(problems);
  return applied;
}

const yesOrNo = z.enum(['true', 'false']);

function stricter<T>(own: T | 'fail', input: T | undefined): T | 'fail' {
  return own === 'fail' ? own : (input ?? own);
}

function lower(own: number | undefined, input: number | undefined): number | undefined {
  return own === undefined || input === undefined ? (own ?? input) : Math.min(own, input);
}

/** Patterns on lines of their own or between commas; a comma inside braces belongs to its pattern. */
const globList = z
  .string()
  .transform((text) =>
    text
      .split(/[\n,](?![^{}]*\})/)
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== ''),
  )
  .pipe(globs);

const operatorList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((name) => name !== ''))
  .pipe(searchOperators);

/** A number in decimal notation: `Number` alone would take `0x1F` and `1e3` too. */
function written(schema: z.ZodType<number, number>, example: string): z.ZodType<number> {
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error: ({ input }) => explain(`${shown(input)} is not a number`, `Write one such as ${example}.`) })
    .transform(Number)
    .pipe(schema);
}
