import * as z from 'zod';
import type { JsonObject } from '../domain/json.ts';
import type { Score } from '../domain/score.ts';
import { checkedOptions } from './checked.ts';

/** What one member of a group found. */
export type Part = Pick<Score, 'value' | 'pass'> & { readonly weight: number };

/** What the parts come to together, and which of them the reader should hear of. */
interface Whole<P extends Part = Part> extends Pick<Score, 'value' | 'pass'> {
  readonly deciding: readonly P[];
  /** A clause before the reasons of the deciding parts. */
  readonly because?: string;
}

/** A way to make one score of several. */
export interface GroupDefinition {
  readonly name: string;
  /** For the documentation: what becomes of values, and when the whole passes. */
  readonly summary: string;
  /** Whether the members' weights mean anything. */
  readonly weighted: boolean;
  /** What may stand beside the list of members. */
  readonly schema: typeof plain | typeof marked;
  /** Whether whatever further members say, neither value nor pass can change any more. */
  readonly isSettled: (parts: readonly Part[]) => boolean;
  /** `parts`: at least one. */
  readonly join: <P extends Part>(parts: readonly P[], options: GroupOptions) => Whole<P>;
}

/** What may stand beside the list of members, as far as the group's own schema has it. */
interface GroupOptions {
  readonly passMark?: number | undefined;
}

const plain = z.strictObject({});
const marked = z.strictObject({
  passMark: z.number().gt(0).max(1).optional().describe('The least value that passes; absent: every member must pass.'),
});

const mean: GroupDefinition = {
  name: 'mean',
  summary: 'The weighted mean of the values. Passes if every member passes, or if the mean reaches `passMark`.',
  weighted: true,
  schema: marked,
  isSettled: () => false,
  join: (parts, options) => marking(weightedMean(parts), parts, failingOrAll(parts), options),
};

const all: GroupDefinition = {
  name: 'all',
  summary: 'The weighted mean of the values if every member passes, else 0: a checklist of which a part is worth nothing.',
  weighted: true,
  schema: plain,
  isSettled: (parts) => parts.some(({ pass }) => !pass),
  join: (parts) => {
    const pass = parts.every((part) => part.pass);
    return { value: pass ? weightedMean(parts) : 0, pass, deciding: failingOrAll(parts) };
  },
};

const any: GroupDefinition = {
  name: 'any',
  summary: 'The greatest value. Passes if at least one member passes.',
  weighted: false,
  schema: plain,
  isSettled: (parts) => parts.some(({ value }) => value === 1) && parts.some(({ pass }) => pass),
  join: (parts) => {
    const passing = parts.filter(({ pass }) => pass);
    return {
      value: Math.max(...parts.map(({ value }) => value)),
      pass: passing.length > 0,
      deciding: passing.length > 0 ? passing : parts,
    };
  },
};

const min: GroupDefinition = {
  name: 'min',
  summary: 'The least value. Passes if every member passes, or if the least value reaches `passMark`.',
  weighted: false,
  schema: marked,
  isSettled: (parts) => parts.some(({ value }) => value === 0) && parts.some(({ pass }) => !pass),
  join: (parts, options) => {
    const value = Math.min(...parts.map((part) => part.value));
    const failing = parts.filter(({ pass }) => !pass);
    return marking(value, parts, failing.length > 0 ? failing : parts.filter((part) => part.value === value), options);
  },
};

/** Every group an eval set can name. */
export const groupTable: Readonly<Record<string, GroupDefinition>> = { all, any, min, mean };

/** A group whose options are fixed. */
export interface BoundGroup {
  readonly isSettled: GroupDefinition['isSettled'];
  readonly join: <P extends Part>(parts: readonly P[]) => Whole<P>;
}

/** UserError if the options break the group's schema. */
export function boundGroup({ name, schema, isSettled, join }: GroupDefinition, options: JsonObject): BoundGroup {
  const checked: GroupOptions = checkedOptions<z.ZodObject>(name, schema, options);
  return { isSettled, join: (parts) => join(parts, checked) };
}

function weightedMean(parts: readonly Part[]): number {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights;
}

function failingOrAll<P extends Part>(parts: readonly P[]): readonly P[] {
  const failing = parts.filter(({ pass }) => !pass);
  return failing.length > 0 ? failing : parts;
}

/** Room for the rounding of a mean of decimal fractions. */
const rounding = 1e-9;

function marking<P extends Part>(value: number, parts: readonly P[], deciding: readonly P[], { passMark }: GroupOptions): Whole<P> {
  if (passMark === undefined) return { value, pass: parts.every(({ pass }) => pass), deciding };
  const pass = value >= passMark - rounding;
  const place = pass ? 'reaches' : 'is below';
  return { value, pass, deciding, because: `${Number(value.toPrecision(3))} ${place} the pass mark ${passMark}` };
}
