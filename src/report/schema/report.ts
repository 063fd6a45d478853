import * as z from 'zod';
import type { Verdict } from '../../domain/verdict.ts';
import type { ArmUsage, EditReport, PriceReport, PromptReport, Report } from '../model.ts';
import { because } from './because.ts';
import { comparison } from './comparison.ts';
import { search } from './search.ts';

const count = z.int().nonnegative();
const sentences = z.array(z.string());
const verdicts = {
  improved: 'improved',
  'no-worse': 'no-worse',
  regressed: 'regressed',
  inconclusive: 'inconclusive',
  'not-evaluated': 'not-evaluated',
  'could-not-measure': 'could-not-measure',
  'bad-input': 'bad-input',
} as const satisfies { readonly [Each in Verdict]: Each };
const verdict = z.enum(verdicts).meta({ id: 'verdict' });
const revision = z.object({ sha: z.string().describe('A commit, or a name such as `working tree`.') });
const judged = { verdict, because: z.array(because) };

const edit: z.ZodType<EditReport> = z
  .object({
    path: z.string(),
    previousPath: z.string().exactOptional(),
    hunks: z.array(
      z.object({
        oldStart: count,
        oldCount: count,
        newStart: count,
        newCount: count,
        oldLines: z.array(z.string()),
        newLines: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'edit' });

const price: z.ZodType<PriceReport> = z
  .object({
    model: z.string(),
    inputPer1M: z.number(),
    outputPer1M: z.number(),
    list: z.object({ name: z.string(), date: z.string() }).exactOptional(),
  })
  .meta({ id: 'price', description: 'US dollars per million tokens; `list`: the published table it comes from, absent for the settings.' });

const usage: z.ZodType<ArmUsage> = z
  .object({ inputTokens: z.number(), outputTokens: z.number(), usdPer1000: z.number().exactOptional() })
  .meta({ id: 'usage', description: 'Tokens of a call on average, and US dollars of a thousand calls.' });

const prompt: z.ZodType<PromptReport> = z.object({
  path: z.string(),
  previousPath: z.string().exactOptional(),
  status: z.enum(['added', 'modified', 'removed', 'renamed', 'affected']),
  passed: z.boolean(),
  accepted: z.boolean().exactOptional().describe('Whether it passes only because somebody accepted that.'),
  ...judged,
  ...comparison,
  edits: z.array(edit).exactOptional().describe("What was done to the prompt's file and to partials it draws in."),
  usage: z.object({ base: usage.exactOptional(), head: usage }).exactOptional().describe('What a call of each side takes on average.'),
  trend: z
    .array(z.object({ sha: z.string(), score: z.number() }))
    .exactOptional()
    .describe('Scores at earlier commits of the default branch, oldest first.'),
  notes: sentences,
  search: search.exactOptional(),
  advisory: z
    .object({ ...judged, ...comparison })
    .exactOptional()
    .describe('The same as it would be judged if advisory judges had a say: information.'),
  proposed: z
    .object({ ...judged, ...comparison })
    .exactOptional()
    .describe("The same under the pull request's own eval set and settings: information."),
});

const report = z.object({
  schemaVersion: z.literal(1),
  verdict,
  passed: z.boolean(),
  exitCode: z.literal([0, 1, 2, 3]),
  digest: z
    .string()
    .exactOptional()
    .describe('SHA-256 of everything that decides, but for the answers: equal digests, equal questions, models, rules and version.'),
  base: revision,
  head: revision,
  policy: revision.describe('Where settings and eval sets came from.'),
  problems: sentences.describe('What kept the run from beginning.'),
  warnings: sentences.describe('What a reviewer must know first.'),
  notes: sentences,
  prices: z.array(price).exactOptional(),
  accepted: z
    .object({ by: z.string(), reason: z.string(), url: z.string() })
    .exactOptional()
    .describe('Who let what blocks pass, for this commit alone.'),
  prompts: z.array(prompt).describe('In path order.'),
});

/** What a `report.json` says; undefined where the text is none, whoever wrote it. */
export function parseReport(text: string): Report | undefined {
  try {
    const { schemaVersion: _version, ...rest } = report.parse(JSON.parse(text));
    return rest;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** JSON Schema (draft 2020-12) of `report.json`. Keys may be added within a version: readers leave out what they do not know. */
export function reportJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(report, { io: 'input' });
}
