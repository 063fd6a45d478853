import { getInput, setSecret } from '@actions/core';
import { UserError } from '../../domain/problem.ts';

/** The action's inputs as they were written; the empty string stands for one that was not given. */
export interface ActionInputs {
  readonly job: 'check' | 'merge' | 'optimize';
  readonly githubToken: string;
  readonly apiKey: string;
  readonly judgeApiKey: string;
  readonly config: string;
  readonly workingDirectory: string;
  readonly workflow: string;
  readonly pushToken: string;
  readonly comment: boolean;
  readonly commentKey: string;
  readonly checkRun: boolean;
  readonly model: string;
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly prompts: string;
  readonly onInconclusive: string;
  readonly maxCostUsd: string;
  readonly maxCalls: string;
  readonly maxMinutes: string;
  readonly allowFunctions: string;
  readonly functionsPath: string;
  readonly cache: boolean;
  readonly artifact: boolean;
  readonly record: string;
  readonly replay: string;
  readonly shard: string;
  readonly shards: string;
  readonly search: string;
  readonly prompt: string;
  readonly budget: string;
  readonly threshold: string;
  readonly operators: string;
  readonly seed: string;
}

/** Reads the inputs and masks the keys in the log. UserError for a value that an input does not take. */
export function readInputs(): ActionInputs {
  const [apiKey, judgeApiKey] = [secret('api-key'), secret('judge-api-key')];
  return {
    job: choice('job', ['check', 'merge', 'optimize'], 'check'),
    githubToken: getInput('github-token'),
    apiKey,
    judgeApiKey,
    config: getInput('config'),
    workingDirectory: getInput('working-directory') || '.',
    workflow: getInput('workflow'),
    pushToken: secret('push-token'),
    comment: flag('comment', true),
    commentKey: getInput('comment-key'),
    checkRun: flag('check-run', false),
    model: getInput('model'),
    baseUrl: getInput('base-url'),
    apiVersion: getInput('api-version'),
    prompts: getInput('prompts'),
    onInconclusive: getInput('on-inconclusive'),
    maxCostUsd: getInput('max-cost-usd'),
    maxCalls: getInput('max-calls'),
    maxMinutes: getInput('max-minutes'),
    allowFunctions: getInput('allow-functions'),
    functionsPath: getInput('functions-path') || '.',
    cache: flag('cache', true),
    artifact: flag('artifact', true),
    record: getInput('record'),
    replay: getInput('replay'),
    shard: getInput('shard'),
    shards: getInput('shards') || 'prompt-ratchet-shards',
    search: getInput('search'),
    prompt: getInput('prompt'),
    budget: getInput('budget'),
    threshold: getInput('threshold'),
    operators: getInput('operators'),
    seed: getInput('seed'),
  };
}

function secret(name: string): string {
  const value = getInput(name);
  if (value !== '') setSecret(value);
  return value;
}

function flag(name: string, fallback: boolean): boolean {
  return choice(name, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
}

function choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
  const text = getInput(name) || fallback;
  const chosen = choices.find((candidate) => candidate === text);
  if (chosen !== undefined) return chosen;
  throw new UserError({
    file: name,
    what: `"${text}" is not a value of this input`,
    fix: `Write ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`,
  });
}
