import * as z from 'zod';
import { explain } from '../../documents/check.ts';
import { type Preset, presets } from './presets.ts';

/** What a judge grades an answer by. */
export interface Criterion {
  /** As reports name it; unique within its rubric. */
  readonly name: string;
  /** Its key in a judge's reply: letters, digits, `_` and `-`. */
  readonly key: string;
  readonly question: string;
  /** What the question holds answers to in particular. */
  readonly rules: readonly string[];
  /** What each level looks like, from the worst to the best, at least two. A judge names them by number, from 1. */
  readonly levels: readonly string[];
  /** Share in the rubric's score, > 0. */
  readonly weight: number;
  /** Whether it can only be graded beside a given context. */
  readonly needsContext: boolean;
}

const text = z.string().trim().min(1).max(4_000);

/** Names stand in reports and in the judge's instructions: plain words. */
export const criterionName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]{0,59}$/u,
    explain('this is no name of a criterion', 'Use letters, digits, spaces, "-" and "_", at most 60.'),
  );

/** Its share beside the others; absent: 1. */
export const criterionWeight = z.number().gt(0).max(1_000_000).optional();
const presetName = z.enum(Object.keys(presets));
const presetNamed = (name: string): Preset => presets[name]!;

const rules = z.array(text).min(1).max(50);
const levels = z.array(text).min(2).max(10);

const adjusted = z
  .strictObject({
    preset: presetName,
    name: criterionName.optional(),
    rules: rules.optional(),
    levels: levels.optional(),
    weight: criterionWeight,
  })
  .refine(({ preset, rules: given }) => given !== undefined || !presetNamed(preset).needsRules, { error: needsRules, path: ['rules'] });

const own = z.strictObject({ name: criterionName, question: text, rules: rules.optional(), levels, weight: criterionWeight });

/** A criterion as a rubric states it: the name of a preset, a preset with rules or levels of one's own, or one's own altogether. */
export const statedCriterion = z.union([presetName.refine((name) => !presetNamed(name).needsRules, { error: needsRules }), adjusted, own]);

export type StatedCriterion = z.output<typeof statedCriterion>;

/** Whatever else it says, a criterion has a name, or a preset whose name it takes. */
type Named = string | { readonly name?: string | undefined; readonly preset?: string };

const nameOf = (stated: Named): string => (typeof stated === 'string' ? stated : (stated.name ?? stated.preset ?? ''));

/** One to twenty of such criteria, each with a name of its own whatever its case. */
export const criteriaList = <Each extends z.ZodType<Named>>(each: Each) =>
  z
    .array(each)
    .min(1)
    .max(20)
    .refine((criteria) => new Set(criteria.map((one) => nameOf(one).toLowerCase())).size === criteria.length, {
      error: explain('a criterion is named twice', 'Give each a name of its own.'),
    });

function needsRules(): string {
  return explain('this criterion says nothing without rules', 'Write { preset: policy, rules: [what answers must not say] }.');
}

/** The criteria that a rubric states, each with its key. */
export function criteriaOf(stated: readonly StatedCriterion[]): readonly Criterion[] {
  const taken = new Set<string>(['mark', 'reason']);
  return stated.map((each, index) => {
    const criterion = resolved(each);
    const key = keyFor(criterion.name, index, taken);
    taken.add(key);
    return { ...criterion, key };
  });
}

function resolved(stated: StatedCriterion): Omit<Criterion, 'key'> {
  if (typeof stated === 'string') return { ...textsOf(stated), name: stated, rules: [], weight: 1 };
  const { rules: given = [], weight: share = 1 } = stated;
  if (!('preset' in stated)) return { ...stated, rules: given, weight: share, needsContext: false };
  const texts = textsOf(stated.preset);
  return { ...texts, name: stated.name ?? stated.preset, rules: given, levels: stated.levels ?? texts.levels, weight: share };
}

function textsOf(name: string): Pick<Criterion, 'question' | 'levels' | 'needsContext'> {
  const { question, levels: own, needsContext = false } = presetNamed(name);
  return { question, levels: own, needsContext };
}

/** Servers that enforce a schema take plain keys only; a name without Latin letters or digits is counted instead. */
function keyFor(name: string, index: number, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' || taken.has(plain) ? `criterion_${index + 1}` : plain;
}

/** The value of a level (1-based) in [0, 1]: the worst 0, the best 1, the others in equal steps. */
export function levelValue(level: number, { levels: { length } }: Pick<Criterion, 'levels'>): number {
  return (level - 1) / (length - 1);
}
