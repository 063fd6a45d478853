import * as z from 'zod';
import { explain } from '../documents/check.ts';
import { judgeShape, oneOrSeveral } from '../scorers/judge/options.ts';
import { headersSchema } from './headers.ts';
import { apiVersion, judgeBaseUrl } from './values.ts';

const endpointSchema = z.strictObject({
  baseUrl: judgeBaseUrl.describe('Address of their OpenAI-compatible API, without credentials.'),
  apiVersion: apiVersion.optional().describe('`api-version` of an Azure endpoint.'),
  headers: headersSchema.default({}).describe(`Further request headers; \${NAME} stands for an environment variable.`),
});

/** Who grades where an eval set does not say, and how far that is trusted. */
export const judgeSchema = oneOrSeveral(
  z.strictObject({
    ...judgeShape,
    endpoint: endpointSchema.optional().describe('Where the models named here are asked; absent: where prompts run.'),
    leastLabels: z
      .int()
      .min(1)
      .max(100_000)
      .default(50)
      .describe('Answers that people must have labelled before a judged score may block; with fewer it is advisory.'),
    leastAgreement: z
      .number()
      .min(0)
      .max(1)
      .default(0.4)
      .describe(
        "What Krippendorff's alpha of judge and people must reach, at the low end of its 90 % interval, before a judged score may block.",
      ),
    noise: z.boolean().default(false).describe('Asks the judge twice about the same base answers, and reports how far its scores move.'),
  }),
).refine(({ endpoint, model, panel }) => endpoint === undefined || model !== undefined || panel !== undefined, {
  path: ['endpoint'],
  error: explain('no model is named that is asked there', 'Name the judge beside it: model or panel.'),
});
