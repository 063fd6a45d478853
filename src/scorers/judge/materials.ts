import * as z from 'zod';
import type { Example } from '../../domain/evalset.ts';
import type { Json } from '../../domain/json.ts';
import type { Criterion } from './criterion.ts';
import type { Material } from './material.ts';

/** What of an example a judge sees besides answers, as options. */
export const showing = {
  context: z.string().min(1).default('context').describe('The variable whose value the judge sees as the context.'),
  reference: z.boolean().default(true).describe('Whether the judge sees `expected` as a reference.'),
};

type Showing = z.output<z.ZodObject<typeof showing>>;

/**
 * What was asked, the context it was asked about, and a right answer where there is one. Nothing of the prompt: a judge must not be able to
 * tell which version answered.
 */
export function materialsOf({ input, vars, messages, expected }: Example, { context, reference }: Showing): readonly Material[] {
  const others = Object.entries(vars).filter(([name]) => name !== context);
  const asked = [
    ...messages.map(({ role, content }) => `${role}: ${content}`),
    ...others.map(([name, value]) => `${name}: ${textOf(value)}`),
    ...(input === undefined ? [] : [messages.length > 0 ? `user: ${input}` : input]),
  ];
  const given = contextOf({ vars }, context);
  return [
    { name: 'QUESTION', text: asked.join('\n') },
    ...(given === undefined ? [] : [{ name: 'CONTEXT', text: given }]),
    ...(reference && expected !== undefined ? [{ name: 'REFERENCE', text: textOf(expected) }] : []),
  ];
}

/** The context of an example; several passages are numbered. */
function contextOf({ vars }: Pick<Example, 'vars'>, name: string): string | undefined {
  const given = Object.hasOwn(vars, name) ? vars[name] : undefined;
  if (given === undefined || given === null || given === '') return undefined;
  if (!Array.isArray(given)) return textOf(given);
  return given.map((passage: Json, index) => `[${index + 1}] ${textOf(passage)}`).join('\n');
}

/** Whether a criterion holds answers to a context that the example does not have. */
export function isWithoutContext(example: Example, criteria: readonly Pick<Criterion, 'needsContext'>[], { context }: Showing): boolean {
  return criteria.some(({ needsContext }) => needsContext) && contextOf(example, context) === undefined;
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
