import * as z from 'zod';
import { unless, type Verdict } from '../definition.ts';

/** How a count compares with the number an instruction names. */
export const relation = z.enum(['at least', 'less than']);

/** The number that an instruction names. */
export const threshold = z.int().min(0).max(1_000_000);

/** Whether `actual` is at least, or less than, `wanted`; `things` in the plural. */
export function compared(actual: number, how: z.output<typeof relation>, wanted: number, things: string): Verdict {
  const kept = how === 'at least' ? actual >= wanted : actual < wanted;
  return unless(kept ? undefined : `has ${actual} ${things}, not ${how} ${wanted}`);
}
