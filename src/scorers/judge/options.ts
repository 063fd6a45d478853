import * as z from 'zod';
import { explain } from '../../documents/check.ts';

const modelName = z.string().trim().min(1);

/** Who grades, as an eval set's scorer or the settings say it; what neither says has a default. */
export const judgeShape = {
  model: modelName.optional().describe('The model that grades.'),
  panel: z
    .array(modelName)
    .min(2)
    .max(9)
    .refine((models) => new Set(models).size === models.length, {
      error: explain('a model is named twice', 'Name each once; `repeats` asks one several times.'),
    })
    .optional()
    .describe('Several models instead of one: the median of their levels counts.'),
  repeats: z
    .int()
    .min(1)
    .max(9)
    .optional()
    .describe('How often each is asked about an answer, the median of the levels counting; default: once.'),
  maxOutputTokens: z.int().min(1).optional().describe('Most tokens a verdict may have, thinking included; default: 2048.'),
};

/** Refuses a model beside a panel. */
export const oneOrSeveral = <Shape extends z.ZodType<JudgeOptions>>(schema: Shape) =>
  schema.refine(({ model, panel }) => model === undefined || panel === undefined, {
    error: explain('there is both a model and a panel', 'Keep one of the two.'),
  });

const judgeObject = z.strictObject(judgeShape);

export type JudgeOptions = z.output<typeof judgeObject>;

export const judgeOptions = oneOrSeveral(judgeObject);

/** Who grades, with nothing left open. */
export interface Judge {
  /** One, or a panel whose median counts. */
  readonly models: readonly string[];
  /** Times each is asked about an answer, ≥ 1. */
  readonly repeats: number;
  readonly maxOutputTokens: number;
}

/** Room for a verdict on a long rubric, and for models that think before they answer. */
const defaultOutputTokens = 2_048;

/** Undefined where no model is named. */
export function judgeOf({ model, panel, repeats = 1, maxOutputTokens = defaultOutputTokens }: JudgeOptions): Judge | undefined {
  const models = panel ?? (model === undefined ? undefined : [model]);
  return models && { models, repeats, maxOutputTokens };
}
