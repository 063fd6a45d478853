import type { Example } from '../../domain/evalset.ts';
import type { Json } from '../../domain/json.ts';
import type { Material } from './material.ts';

/** What of an example a judge sees besides answers. */
export interface Showing {
  /** Name of the variable that holds the context. */
  readonly context: string;
  /** Whether `expected` is shown as a reference. */
  readonly reference: boolean;
}

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
export function contextOf({ vars }: Pick<Example, 'vars'>, name: string): string | undefined {
  const given = Object.hasOwn(vars, name) ? vars[name] : undefined;
  if (given === undefined || given === null || given === '') return undefined;
  if (!Array.isArray(given)) return textOf(given);
  return given.map((passage: Json, index) => `[${index + 1}] ${textOf(passage)}`).join('\n');
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
