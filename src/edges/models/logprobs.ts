import * as z from 'zod';
import type { Logprobs } from '../../domain/trial.ts';

const tokenSchema = z.object({
  token: z.string(),
  logprob: z.number(),
  /** UTF-8 of the token, which may be part of a character: then `token` cannot hold it. */
  bytes: z.array(z.int().min(0).max(255)).nullish(),
});

/** `logprobs` of a choice, whatever else a server puts there. https://platform.openai.com/docs/api-reference/chat/object */
export const logprobsSchema = z
  .object({ content: z.array(tokenSchema) })
  .nullish()
  .catch(undefined);

/** The chances of an answer's tokens; undefined where the server told none, or where its tokens are not the answer's text. */
export function readLogprobs(given: z.output<typeof logprobsSchema>, text: string): Logprobs | undefined {
  const tokens = given?.content ?? [];
  if (tokens.length === 0) return undefined;
  const ends: number[] = [];
  const values: number[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let written = '';
  for (const { token, logprob, bytes } of tokens) {
    written += bytes == null ? token : decoder.decode(Uint8Array.from(bytes), { stream: true });
    ends.push(written.length);
    values.push(Math.min(0, logprob));
  }
  return written === text ? { ends, values } : undefined;
}
