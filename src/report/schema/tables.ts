import * as z from 'zod';
import type { ReliabilityBin } from '../../metrics/calibration.ts';
import type { LabelReport } from '../../metrics/classification.ts';
import type { FieldReport } from '../../metrics/fields.ts';
import type { MetricTable } from '../../metrics/tables.ts';

const count = z.int().nonnegative();
/** A rate of nothing is not a number, for which JSON has only null. */
const rate = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const rates = { precision: rate, recall: rate, f1: rate };

const label: z.ZodType<LabelReport> = z.object({ label: z.string(), support: z.number(), predicted: z.number(), ...rates });

const field: z.ZodType<FieldReport> = z.object({
  field: z.string(),
  correct: count,
  wrong: count,
  missing: count,
  spurious: count,
  ...rates,
});

const bin: z.ZodType<ReliabilityBin> = z.object({
  from: z.number(),
  to: z.number(),
  weight: z.number(),
  meanConfidence: z.number(),
  accuracy: z.number(),
});

const cell = z.object({
  expected: z.string(),
  named: z.string().nullable(),
  base: z.number().exactOptional(),
  head: z.number().exactOptional(),
});

/** What stands behind metrics that are no means, by kind. */
export const table: z.ZodType<MetricTable> = z
  .union([
    z.object({
      kind: z.literal('labels'),
      rows: z.array(z.object({ label: z.string(), base: label.exactOptional(), head: label.exactOptional() })),
    }),
    z.object({ kind: z.literal('confusion'), labels: z.array(z.string()), cells: z.array(cell) }),
    z.object({ kind: z.literal('reliability'), base: z.array(bin).exactOptional(), head: z.array(bin).exactOptional() }),
    z.object({
      kind: z.literal('fields'),
      rows: z.array(z.object({ field: z.string(), base: field.exactOptional(), head: field.exactOptional() })),
    }),
  ])
  .meta({ id: 'table' });
