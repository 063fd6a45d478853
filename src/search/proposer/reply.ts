import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';
import type { Edit } from '../edits/edit.ts';

/** Most characters of one edit and of the reason: a reply is hostile too. */
const LONGEST_EDIT = 20_000;
const LONGEST_WHY = 500;

const schema = z.strictObject({
  edits: z.array(z.strictObject({ find: z.string().max(LONGEST_EDIT), replace: z.string().max(LONGEST_EDIT) })).min(1),
  why: z.string().default(''),
});

/** What a proposer's reply comes to: edits, or why there are none, as a clause. */
export type Reply = { readonly edits: readonly Edit[]; readonly why: string } | { readonly refused: string };

/**
 * Reads a reply as the edits it was asked for: one JSON object of the form that `editRequest` describes, alone, in a fence, or with
 * prose around it. Anything else is refused as a whole: half of an edit is another edit.
 */
export function readReply(text: string, mostEdits: number): Reply {
  const values = candidatesIn(text).flatMap(parsed);
  if (values.length === 0) return { refused: 'the reply holds no JSON object' };
  const read = values.map((value) => schema.safeParse(value)).find(({ success }) => success);
  if (read?.data === undefined) return { refused: 'the reply is not of the form that was asked for' };
  const { edits, why } = read.data;
  if (edits.length > mostEdits) return { refused: `the reply holds ${edits.length} edits where at most ${mostEdits} were asked for` };
  return { edits, why: why.slice(0, LONGEST_WHY) };
}

/** Where a JSON object may be: the whole, in each fence, between the outermost braces. */
function candidatesIn(text: string): readonly string[] {
  const fences = [...text.matchAll(/^[ \t]*(`{3,})[^\n`]*\n([\s\S]*?)\n[ \t]*\1[ \t]*$/gm)].map(([, , inner]) => inner!);
  const [first, last] = [text.indexOf('{'), text.lastIndexOf('}')];
  return [text, ...fences, ...(first !== -1 && last > first ? [text.slice(first, last + 1)] : [])];
}

function parsed(text: string): unknown[] {
  const value = jsonIn(text);
  return typeof value === 'object' && value !== null ? [value] : [];
}
