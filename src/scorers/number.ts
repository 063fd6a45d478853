import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import { numberMeter, numberMetrics } from '../metrics/meters/numbers.ts';
import { isWithin, scaledScore } from '../metrics/numeric.ts';
import { type NumberReading, type NumberRule, parseNumber } from '../metrics/parse-number.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';

const atLeastZero = z.number().min(0);
const aboveZero = z.number().gt(0);

const which = z
  .union([z.enum(['last', 'first', 'only']), z.strictObject({ after: z.string().trim().min(1).max(200) })])
  .default('last')
  .describe(
    'Which of several numbers is meant; `only`: more than one is an error of the answer; `{ after: Total }`: the first after the last of these words.',
  );

/** How numbers are written. */
export const readingOptions = {
  decimal: z
    .enum(['.', ',', 'either'])
    .default('.')
    .describe('The decimal mark. `either`: whichever it must be, and 1,234 is refused for what it may be.'),
  percent: z.enum(['as-written', 'fraction']).default('as-written').describe('Whether 45 % is 45 or 0.45.'),
};

export const number = defineScorer({
  kind: 'number',
  summary:
    'Reads a number out of the answer and holds it against `expected`. Passes within the tolerance. With a `scale` the score falls from 1 to 0 as the error grows to it; without one it is 1 or 0.',
  metrics: numberMetrics,
  schema: z.strictObject({
    ...commonOptions,
    which,
    ...readingOptions,
    units: z
      .record(z.string().min(1).max(40), aboveZero)
      .optional()
      .describe(
        'What one of each unit is worth in the one wanted: `{ kg: 1, g: 0.001 }`. Others are refused; a bare number is taken as it is.',
      ),
    unitRequired: z.boolean().default(false).describe('Whether numbers without one of the `units` do not count.'),
    tolerance: z
      .strictObject({
        absolute: atLeastZero.optional().describe('How far off a number may be and pass, in the unit of the numbers.'),
        relative: atLeastZero.optional().describe('The same as a share of the right number; of both the larger counts.'),
      })
      .prefault({}),
    scale: z
      .union([aboveZero, z.strictObject({ relative: aboveZero })])
      .optional()
      .describe('The error that is worth nothing, in the unit of the numbers, or `{ relative: 0.5 }` as a share of the right number.'),
  }),
  bind(options) {
    const read = answerReader(options);
    const { scale, tolerance } = options;
    const rule = ruleOf(options);
    const right = (example: Example) => expectedNumber(example, rule);
    const scaleFor = (truth: number) => (typeof scale === 'object' ? scale.relative * Math.abs(truth) : scale);
    return {
      requires(example) {
        const truth = right(example);
        if (truth === undefined) return example.expected === undefined ? 'it has no "expected"' : '"expected" must be a number';
        return scaleFor(truth) === 0 ? '"expected" is 0, of which the scale is a share' : undefined;
      },
      score({ text }, example) {
        const truth = right(example) ?? Number.NaN;
        const reading = parseNumber(ending(read(text)), rule);
        const given = reading.kind === 'number' ? reading.value : Number.NaN;
        const pass = isWithin(truth, given, tolerance);
        const width = scaleFor(truth);
        const scaled = width === undefined ? Number.NaN : scaledScore(truth, given, width);
        const value = Number.isNaN(scaled) ? Number(pass) : scaled;
        return { value, pass, reason: reason(reading, truth, text), observed: { [numberMeter.id]: [truth, given, Number(pass), scaled] } };
      },
      meters: [numberMeter],
    };
  },
});

interface Reading {
  readonly which: 'last' | 'first' | 'only' | { after: string };
  readonly decimal: '.' | ',' | 'either';
  readonly percent: 'as-written' | 'fraction';
  readonly units?: Record<string, number> | undefined;
  readonly unitRequired: boolean;
}

function ruleOf({ which: meant, decimal, percent, units, unitRequired }: Reading): NumberRule {
  return { which: meant, decimal, percent, ...(units && { units, unitRequired }) };
}

/** A number, or a text that is one, as a CSV file has it. */
function expectedNumber({ expected }: Example, rule: NumberRule): number | undefined {
  if (typeof expected === 'number') return expected;
  if (typeof expected !== 'string') return undefined;
  const reading = parseNumber(expected, { ...rule, which: 'only', unitRequired: false });
  return reading.kind === 'number' ? reading.value : undefined;
}

/** More than any model's longest reply. */
const longestText = 1_000_000;

function ending(text: string): string {
  return text.length > longestText ? text.slice(-longestText) : text;
}

function reason(reading: NumberReading, truth: number, text: string): string {
  if (reading.kind === 'none') return `holds no number, expected ${truth}: ${quote(text)}`;
  if (reading.kind === 'ambiguous')
    return `does not say which number is meant, expected ${truth}: ${reading.why} (${quote(reading.written)})`;
  const read = String(reading.value);
  return reading.written === read ? `expected ${truth}, got ${read}` : `expected ${truth}, got ${read} (${quote(reading.written)})`;
}
