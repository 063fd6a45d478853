import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';

const amount = z.number().nonnegative();

/** What the runs on one pull request used together. */
const spendSchema = z.object({
  calls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  costUsd: amount.optional(),
  minutes: amount,
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Beyond so many looks a further one has nothing to spend. */
const MOST_LOOKS = 20;

/** A text of a prompt that met confirm rows. */
const lookSchema = z.object({ path: z.string().max(300), text: sha256, rows: sha256 });

/** A broken part is a missing one: the others are still read. */
const stateSchema = z.object({
  spent: spendSchema.optional().catch(undefined),
  looks: z.array(lookSchema).max(MOST_LOOKS).optional().catch(undefined),
});

/** What a comment keeps for later runs, out of sight. Whoever may edit comments may change it, so nothing is trusted for it. */
export type CommentState = z.infer<typeof stateSchema>;

/** Longest state that is written or read, in characters with its mark. */
export const LONGEST_STATE = 8_000;

const mark = /<!-- prompt-ratchet-state:1 (\{.*\}) -->$/;

/** The state as an HTML comment that goes behind the marker; `<` and `>` are escaped, so that no text in it can end it. */
export function stateMark(state: CommentState): string {
  const json = JSON.stringify(state).replace(/[<>]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const mark = `<!-- prompt-ratchet-state:1 ${json} -->`;
  return mark.length > LONGEST_STATE ? '' : mark;
}

/** The state in a comment's first line. Empty where there is none, of another version, or none that can be read. */
export function readState(body: string): CommentState {
  const [, json = ''] = mark.exec(firstLine(body)) ?? [];
  if (json.length > LONGEST_STATE) return {};
  return stateSchema.safeParse(jsonIn(json)).data ?? {};
}

/** The same comment with another state. */
export function withState(body: string, state: CommentState): string {
  const line = firstLine(body);
  return line.replace(mark, '') + stateMark(state) + body.slice(line.length);
}

type Looks = NonNullable<CommentState['looks']>;

/** Looks with further ones, each text on each set of rows once. */
export function withLooks(looks: readonly Looks[number][], taken: readonly Looks[number][]): Looks {
  const all = new Map([...looks, ...taken].map(({ path, text, rows }) => [`${path}\0${text}\0${rows}`, { path, text, rows }]));
  return [...all.values()].slice(0, MOST_LOOKS);
}

const firstLine = (body: string): string => /^[^\r\n]*/.exec(body)![0];
