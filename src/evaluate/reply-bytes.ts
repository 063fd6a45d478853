import type { Answer, Failure } from '../domain/trial.ts';

/** About how many bytes a reply takes in memory besides its text, with what is found of it. */
const plainBytes = 400;

/** About how many bytes a reply and what is found of it take in memory. */
export function replyBytes(reply: Answer | Failure): number {
  return plainBytes + 2 * (reply.kind === 'answer' ? reply.text : reply.sentence).length;
}
