import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';
import type { Answer } from '../../domain/trial.ts';
import { keyOf } from './line.ts';

/** Every member of an answer must stand here, or it would be lost on the way through a file. */
type Members<T> = { readonly [Name in keyof Required<T>]: z.ZodType<T[Name]> };

const count = z.number().min(0);

export const answerSchema: z.ZodType<Answer> = z.strictObject({
  kind: z.literal('answer'),
  text: z.string(),
  finish: z.enum(['stop', 'length', 'refusal', 'content-filter']),
  usage: z.strictObject({ inputTokens: count, outputTokens: count }).optional(),
  logprobs: z.strictObject({ ends: z.array(count), values: z.array(z.number()) }).optional(),
  latencyMs: count,
} satisfies Members<Answer>);

const answerLine = z.object({ answer: answerSchema });

/** The answer that a sound line holds for a key; undefined where it is for another key, or is no answer as this version knows it. */
export function answerIn(line: Buffer, key: string): Answer | undefined {
  return keyOf(line) === key ? parsed(line, answerLine)?.answer : undefined;
}

/** What a sound line holds, as far as it has this shape. */
export function parsed<T>(line: Buffer, schema: z.ZodType<T>): T | undefined {
  return schema.safeParse(jsonIn(line.toString())).data;
}
