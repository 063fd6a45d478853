import * as z from 'zod';
import type { Json } from '../domain/json.ts';
import { jsonText, parseJson } from './constraints/json.ts';

/** A field of a JSON reply: its name, or names joined by dots for one inside another. */
export const fieldPath = z
  .string()
  .min(1)
  .max(200)
  .refine((path) => path.split('.').every((name) => name !== ''), { error: 'must be names joined by single dots, such as result.label' });

/** The JSON in a reply, or why there is none, as a clause about the answer. */
export type JsonReply = { readonly value: Json } | { readonly problem: string };

/** Reads JSON out of replies, with one Markdown code fence around it or none. Who asks twice about one reply has it parsed once. */
export function jsonReader(): (reply: string) => JsonReply {
  let last: { readonly reply: string; readonly read: JsonReply } | undefined;
  return (reply) => {
    if (last?.reply !== reply) last = { reply, read: parseJson(jsonText(reply, { fence: true })) };
    return last.read;
  };
}

/** The value at a path; undefined where there is none. Own properties alone, so that `constructor` is a name like any other. */
export function valueAt(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name) as Json;
  }
  return found;
}

/** A value as the text that is compared: itself, its JSON where it is a list or mapping, nothing for null. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
