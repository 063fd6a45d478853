import * as z from 'zod';
import type { Json } from '../domain/json.ts';
import { jsonText, readJson } from './constraints/json.ts';
import { isDeeper } from './constraints/schema/values.ts';

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
    if (last?.reply !== reply) last = { reply, read: readJson(jsonText(reply, { fence: true })) };
    return last.read;
  };
}

/** The value at a path; undefined where there is none. Own properties alone, so that `constructor` is a name like any other. */
export function valueAt(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    const next: Json = Reflect.get(found, name);
    found = next;
  }
  return found;
}

/** Levels of a list or mapping that is written out as text. */
const deepest = 200;

/** A value as the text that is compared: itself, its JSON where it is a list or mapping that is not too deep, nothing for null. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return isDeeper(value, deepest) ? '' : JSON.stringify(value);
}
