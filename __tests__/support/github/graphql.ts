import * as z from 'zod';
import type { Answer, RecordedRequest, Reply } from './front.ts';
import { json, refusal } from './replies.ts';

const query = z.object({ query: z.string(), variables: z.object({ owner: z.string(), name: z.string() }) });
const blob = z.object({ content: z.string(), encoding: z.literal('base64') });

/** What GitHub's GraphQL answers to a query for the texts of blobs, which is the only one that is asked. */
export async function blobTexts(emulator: Answer, request: RecordedRequest): Promise<Reply> {
  const { query: asked, variables } = query.parse(request.body);
  const aliases = [...asked.matchAll(/(\w+): object\(oid: "([0-9a-f]+)"\) \{ \.\.\. on Blob \{ text \} \}/g)];
  if (aliases.length === 0) return refusal(400, 'Problems parsing JSON');
  const texts = aliases.map(async ([, alias, oid]) => {
    const path = `/repos/${variables.owner}/${variables.name}/git/blobs/${oid}`;
    const reply = await emulator({ ...request, method: 'GET', path, query: '', body: undefined });
    return [alias, reply.status === 200 ? { text: textOf(Buffer.from(blob.parse(JSON.parse(reply.body)).content, 'base64')) } : null];
  });
  return json(200, { data: { repository: Object.fromEntries(await Promise.all(texts)) } });
}

/** Null for bytes that are no text; text in another encoding is guessed at. */
function textOf(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
