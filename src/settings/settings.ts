import * as z from 'zod';
import { parseYaml } from '../documents/yaml.ts';
import { capsSchema } from './caps.ts';
import { gateSchema } from './gate.ts';
import { headersSchema } from './headers.ts';
import { judgeSchema } from './judge.ts';
import { searchSchema } from './search.ts';
import { apiVersion, baseUrl, filePath, globs, modelName } from './values.ts';

const modelSchema = z.strictObject({
  name: modelName.optional().describe('The model that prompts run on which name none themselves.'),
  temperature: z.number().min(0).max(2).optional().describe('Sampling temperature; absent: the server decides.'),
  maxOutputTokens: z.int().min(1).optional().describe('Most tokens an answer may have.'),
  topP: z.number().gt(0).max(1).optional().describe('Nucleus mass.'),
  stopSequences: z.array(z.string().min(1)).max(4).optional().describe('Texts at which the model stops.'),
});

const tokenPrice = {
  inputPer1M: z.number().min(0).describe('US dollars per million input tokens.'),
  outputPer1M: z.number().min(0).describe('US dollars per million output tokens.'),
};

const priceSchema = z.strictObject({
  ...tokenPrice,
  longer: z
    .array(z.strictObject({ aboveInputTokens: z.int().min(1), ...tokenPrice }))
    .readonly()
    .optional()
    .describe('What a call with a longer input costs in all.'),
});

/** Where prompts stand unless a repository says otherwise. */
export const defaultPrompts: readonly string[] = ['prompts/**/*.md'];

/** What `prompt-ratchet.yml` may hold. Every key is optional. */
const settingsSchema = z.strictObject({
  model: modelSchema.prefault({}).describe('The model and its parameters.'),
  models: z.array(modelName).default([]).describe('Further models that the front matter of a prompt may switch to.'),
  baseUrl: baseUrl.optional().describe('Address of an OpenAI-compatible API, without credentials.'),
  apiVersion: apiVersion.optional().describe('`api-version` of an Azure endpoint.'),
  headers: headersSchema.default({}).describe(`Further request headers; \${NAME} stands for an environment variable.`),
  judge: judgeSchema.prefault({}).describe('The judge that grades by rubrics.'),
  gate: gateSchema.prefault({}).describe('What decides a verdict.'),
  search: searchSchema.prefault({}).describe('How better versions of a prompt are searched for.'),
  concurrency: z.int().min(1).max(256).default(8).describe('Requests under way at the same time.'),
  timeoutMs: z.int().min(1).max(3_600_000).default(60_000).describe('How long one request may take, in milliseconds.'),
  repeats: z.int().min(1).max(100).default(1).describe('Runs of each version on each example; an eval set may set its own.'),
  caps: capsSchema.prefault({}).describe('What one run may use. The plan is checked against it before the first request.'),
  prices: z
    .record(z.string().min(1), priceSchema)
    .default({})
    .describe('Price of each model by its name; it stands above the table that comes with this tool.'),
  cache: z
    .strictObject({
      off: z.boolean().default(false).describe('Keeps no answers, and takes none from earlier runs.'),
      dir: z
        .string()
        .min(1)
        .optional()
        .describe('Folder of the cache; absent: the user’s own. In Actions only an absolute one outside the workspace counts.'),
      maxMb: z
        .int()
        .min(1)
        .max(4000)
        .default(256)
        .describe('Most that the cache may hold, in MB; what was used least recently goes first.'),
    })
    .prefault({})
    .describe('Answers are kept, so that no question is paid for twice.'),
  replay: filePath.optional().describe('A recording (JSON Lines) that every answer is taken from: nobody is asked.'),
  prompts: globs
    .default([...defaultPrompts])
    .describe('Which files are prompts: patterns over paths; one that begins with "!" leaves files out.'),
  evals: globs.default(['evals/**']).describe('Files whose change re-evaluates the prompts that use them: patterns over paths.'),
  allowFunctions: z
    .boolean()
    .default(false)
    .describe('Whether `function` scorers run: programs of the base branch, and never for pull requests from forks.'),
  report: z
    .strictObject({
      examples: z
        .enum(['full', 'ids', 'none'])
        .default('full')
        .describe('How much of the examples the report shows. Logs and comments of public repositories are public.'),
    })
    .prefault({}),
});

/** Settings with their defaults filled in. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings that a file's text holds; all defaults where there is no file. UserError naming line, key and fix. */
export function readSettings(file: string, text: string | undefined): Settings {
  return text === undefined ? settingsSchema.parse({}) : parseYaml(file, text, settingsSchema).value;
}

/** JSON Schema (draft 2020-12) of the settings file, for editors and the documentation. */
export function settingsJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(settingsSchema, { io: 'input' });
}
