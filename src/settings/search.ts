import * as z from 'zod';
import { operatorNames } from '../domain/operator.ts';
import { calls, costUsd, modelName, tokens } from './values.ts';

/** When a check searches for a better version of a prompt. */
export const searchTimes = ['off', 'on-regression', 'always'] as const;

export const searchTime = z.enum(searchTimes);
export const searchBudget = calls.max(100_000);
export const searchThreshold = z.number().gt(0).max(1);
export const searchSeed = z.int().min(0);
export const searchOperators = z.array(z.enum(operatorNames)).min(1);

const proposerSchema = z.strictObject({
  name: modelName.describe('The model that proposes edits.'),
  temperature: z.number().min(0).max(2).optional().describe('Sampling temperature; absent: the server decides.'),
  maxOutputTokens: tokens.default(4096).describe('Most tokens a proposal may have.'),
});

const whole = z.strictObject({
  when: searchTime.default('off').describe('When a check searches: after a regression, after every comparison, or not at all.'),
  budget: searchBudget
    .default(200)
    .describe('Most requests that one search may send, retries and judges included; the check’s own are not among them.'),
  costUsd: costUsd.optional().describe('Most that one search may cost, in US dollars; needs prices.'),
  threshold: searchThreshold.optional().describe('Mean score at which there is nothing left to search for.'),
  leastGain: z.number().min(0).lt(1).default(0).describe('The least gain in mean score that is worth a change.'),
  operators: searchOperators.optional().describe('What makes new versions; absent: everything that quotes no examples.'),
  workedExamples: z.boolean().default(false).describe('Whether examples of the eval set may be shown in the prompt.'),
  seed: searchSeed.default(0).describe('Equal seeds and equal answers give the same finding.'),
  proposer: proposerSchema.optional().describe('The model that proposes edits; absent: the one that the prompt runs on.'),
  protect: z
    .array(z.string().min(1))
    .max(100)
    .default([])
    .describe('Wording that no version may change, besides what stands between `{{! protect: … }}` and `{{! /protect }}`.'),
});

/** How better versions are searched for: a time alone, or keys. */
export const searchSchema = z
  .union([searchTime, whole])
  .transform((given) => (typeof given === 'string' ? whole.parse({ when: given }) : given));
