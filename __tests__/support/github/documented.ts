import * as z from 'zod';
import { writtenCheckRun } from './check-runs.ts';
import type { Answer, RecordedRequest, Reply } from './front.ts';
import { blobTexts } from './graphql.ts';
import { pullFiles, withCurrentHead } from './pulls.ts';
import { json, refusal } from './replies.ts';
import type { reviewComments } from './reviews.ts';

const MOST_BODY_CHARACTERS = 65_536;
/** Who may do what with the repository, besides its owner. */
const permissions: Readonly<Record<string, string>> = { mona: 'write', mallory: 'read' };
const NOT_FOR_INTEGRATIONS = 'Resource not accessible by integration';

/** Who a token stands for. */
interface TokenHolder {
  readonly login: string;
  /** May only read, as GITHUB_TOKEN in a fork's pull request. */
  readonly readOnly?: boolean;
}

export interface Manners {
  readonly tokens: Readonly<Record<string, TokenHolder>>;
  /** Recursive trees with more entries are cut. */
  readonly mostTreeEntries: () => number;
  readonly reviews: ReturnType<typeof reviewComments>;
}

/** Puts right where the emulator behind answers otherwise than GitHub documents. */
export function documented(emulator: Answer, { tokens, mostTreeEntries, reviews }: Manners): Answer {
  return async (request) => {
    const holder = tokens[String(request.headers.authorization).replace(/^(token|bearer) /i, '')];
    if (holder === undefined) return refusal(401, 'Bad credentials');
    if (request.path === '/graphql') return blobTexts(emulator, request);
    if (holder.readOnly && request.method !== 'GET') return refusal(403, NOT_FOR_INTEGRATIONS);
    if (holder.login.endsWith('[bot]') && request.path === '/user') return refusal(403, NOT_FOR_INTEGRATIONS);
    if (isTooLong(request))
      return refusal(422, 'Validation Failed', [
        {
          resource: 'IssueComment',
          code: 'unprocessable',
          field: 'data',
          message: `Body is too long (maximum is ${MOST_BODY_CHARACTERS} characters)`,
        },
      ]);
    const [, asked] = /\/collaborators\/([^/]+)\/permission$/.exec(request.path) ?? [];
    if (asked !== undefined) return permissionOf(asked);
    if (request.method === 'POST' && /\/issues\/comments\/\d+\/reactions$/.test(request.path))
      return json(201, { id: 1, content: z.object({ content: z.string() }).parse(request.body).content });
    const reviewed = await reviews.answer(emulator, request, holder.login);
    if (reviewed !== undefined) return reviewed;
    const checkRun = /\/check-runs(\/\d+)?$/.exec(request.path);
    if (checkRun && request.method !== 'GET') return writtenCheckRun(emulator, request);
    const files = /^(\/repos\/[^/]+\/[^/]+)\/pulls\/(\d+)\/files$/.exec(request.path);
    if (files) return pullFiles(emulator, request, files[1]!, files[2]!);
    return mended(emulator, request, await emulator(request), mostTreeEntries());
  };
}

function permissionOf(login: string): Reply {
  const permission = permissions[login];
  return permission === undefined ? refusal(404, `${login} is not a user`) : json(200, { permission, role_name: permission });
}

function isTooLong({ method, path, body }: RecordedRequest): boolean {
  const isComment = (method === 'POST' || method === 'PATCH') && /\/issues\/(\d+\/comments|comments\/\d+)$/.test(path);
  return isComment && z.object({ body: z.string() }).parse(body).body.length > MOST_BODY_CHARACTERS;
}

async function mended(emulator: Answer, request: RecordedRequest, reply: Reply, mostTreeEntries: number): Promise<Reply> {
  const compared = /^(\/repos\/[^/]+\/[^/]+)\/compare\/(.+)\.\.\.(.+)$/.exec(request.path);
  if (compared && reply.status === 404) return withoutMergeBase(emulator, request, reply, compared);
  if (reply.status >= 400 || reply.body === '') return reply;
  if (request.method === 'GET' && /\/pulls\/\d+$/.test(request.path)) return withCurrentHead(emulator, request, reply);
  const body: unknown = JSON.parse(reply.body, (_key, value: unknown) => (isBot(value) ? { ...value, type: 'Bot' } : value));
  if (/^\/repos\/[^/]+\/[^/]+\/commits\//.test(request.path) && request.headers.accept?.includes('.sha'))
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.github.sha; charset=utf-8' },
      body: z.object({ sha: z.string() }).parse(body).sha,
    };
  if (/\/git\/trees\//.test(request.path) && request.query.includes('recursive'))
    return json(200, cut(wholeTree.parse(body), mostTreeEntries), reply.headers);
  return json(reply.status, body, reply.headers);
}

/** Where both ends exist the trouble is that they share no history, and GitHub says so. */
async function withoutMergeBase(
  emulator: Answer,
  request: RecordedRequest,
  reply: Reply,
  [, repository, base, head]: readonly string[],
): Promise<Reply> {
  const ends = await Promise.all([base, head].map((end) => emulator({ ...request, path: `${repository}/commits/${end}`, query: '' })));
  return ends.every(({ status }) => status === 200) ? refusal(404, `No common ancestor between ${base} and ${head}.`) : reply;
}

const wholeTree = z.looseObject({ tree: z.array(z.unknown()) });

function cut(tree: z.infer<typeof wholeTree>, most: number) {
  return { ...tree, tree: tree.tree.slice(0, most), truncated: tree.tree.length > most };
}

function isBot(value: unknown): value is { login: string } {
  return typeof value === 'object' && value !== null && 'login' in value && String(value.login).endsWith('[bot]');
}
