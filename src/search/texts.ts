import type { Example } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';

/** Everything an example says to the model. */
export function askedTexts({ input, vars, messages }: Example): readonly string[] {
  return [...(input === undefined ? [] : [input]), ...stringsIn(vars), ...messages.map(({ content }) => content)];
}

/** The strings within a value, at any depth. */
export function stringsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
