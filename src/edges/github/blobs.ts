import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import type { GitObjects } from './objects.ts';
import type { Repository } from './repository.ts';

/** A blob as a listing names it. */
export interface ListedBlob {
  /** Its Git object id. */
  readonly hash: string;
  readonly sizeBytes: number | undefined;
}

interface Wanted {
  readonly blob: ListedBlob;
  readonly give: (bytes: Promise<Buffer>) => void;
}

/** Of one query; larger blobs are asked for one by one. */
const MOST_BLOBS = 100;
const MOST_BYTES = 1_000_000;

/**
 * Reads blobs. Those asked for at the same time come by GraphQL, up to 100 in one request, and are held to their object ids, as GraphQL
 * gives text and guesses at its encoding. What does not come that way is asked for by REST.
 */
export function blobReader(client: GitHubClient, repository: Repository, objects: GitObjects): (blob: ListedBlob) => Promise<Buffer> {
  let waiting: Wanted[] = [];
  let queried: Promise<unknown> = Promise.resolve();
  const oneByOne = (wanted: readonly Wanted[]) => {
    for (const { blob, give } of wanted) give(objects.blob(blob.hash));
  };
  const flush = () => {
    const all = waiting;
    waiting = [];
    for (const batch of batches(all)) {
      if (batch.length === 1) oneByOne(batch);
      else queried = queried.then(() => together(batch));
    }
  };
  const together = async (batch: readonly Wanted[]) => {
    const texts = await textsOf(client, repository, batch);
    const missing = batch.filter(({ blob: { hash }, give }) => {
      const bytes = texts.get(hash);
      if (bytes !== undefined) give(Promise.resolve(bytes));
      return bytes === undefined;
    });
    oneByOne(missing);
  };
  return (blob) =>
    new Promise((give) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ blob, give });
    });
}

function batches(wanted: readonly Wanted[]): Wanted[][] {
  const all: Wanted[][] = [];
  let room = 0;
  for (const one of wanted) {
    const bytes = one.blob.sizeBytes ?? MOST_BYTES;
    const last = all.at(-1);
    if (last === undefined || last.length === MOST_BLOBS || bytes > room) {
      all.push([one]);
      room = MOST_BYTES - bytes;
    } else {
      last.push(one);
      room -= bytes;
    }
  }
  return all;
}

const reply = z.object({ repository: z.record(z.string(), z.object({ text: z.string().nullish() }).nullable()).nullable() });

/** What GraphQL gives of them, by object id: nothing where it refuses, as for a token that may only use REST. */
async function textsOf(client: GitHubClient, { owner, name }: Repository, batch: readonly Wanted[]): Promise<Map<string, Buffer>> {
  const fields = batch.map(({ blob }, index) => `b${index}: object(oid: ${JSON.stringify(blob.hash)}) { ... on Blob { text } }`);
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`;
  const outcome = reply.safeParse(await client.graphql(query, { owner, name }).catch(() => undefined));
  const found = outcome.data?.repository ?? {};
  return new Map(
    batch.flatMap(({ blob: { hash } }, index): [string, Buffer][] => {
      const text = found[`b${index}`]?.text;
      const bytes = typeof text === 'string' ? Buffer.from(text) : undefined;
      return bytes !== undefined && objectId(bytes, hash) === hash ? [[hash, bytes]] : [];
    }),
  );
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage, by SHA-1 or SHA-256 as in `like`. */
function objectId(bytes: Buffer, like: string): string {
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
