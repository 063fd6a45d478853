import * as z from 'zod';
import type { Answer, RecordedRequest, Reply } from './front.ts';
import { json, refusal } from './replies.ts';

const review = z.object({
  commit_id: z.string(),
  event: z.literal('COMMENT'),
  comments: z.array(
    z.object({
      path: z.string(),
      line: z.int(),
      side: z.literal('RIGHT'),
      start_line: z.int().optional(),
      start_side: z.literal('RIGHT').optional(),
      body: z.string(),
    }),
  ),
});
const pull = z.object({ base: z.object({ ref: z.string() }) });
const compared = z.object({ files: z.array(z.object({ filename: z.string(), patch: z.string().optional() })) });

interface Kept {
  readonly id: number;
  readonly path: string;
  readonly line: number;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string };
}

/** Comments on lines of a pull request, which the emulator only knows by their old position in the diff. */
export function reviewComments() {
  let last = 9000;
  let kept: Kept[] = [];

  async function post(emulator: Answer, request: RecordedRequest, login: string): Promise<Reply> {
    const { commit_id, comments } = review.parse(request.body);
    const path = request.path.replace(/\/reviews$/, '');
    const asked = { ...request, method: 'GET', body: undefined, query: '' };
    const { base } = pull.parse(JSON.parse((await emulator({ ...asked, path })).body));
    const repository = path.replace(/\/pulls\/\d+$/, '');
    const { files } = compared.parse(
      JSON.parse((await emulator({ ...asked, path: `${repository}/compare/${base.ref}...${commit_id}` })).body),
    );
    const isShown = ({ path: file, line, start_line = line }: z.infer<typeof review>['comments'][number]) =>
      shownRanges(files.find(({ filename }) => filename === file)?.patch ?? '').some(([from, to]) => from <= start_line && line <= to);
    if (!comments.every(isShown)) return refusal(422, 'Unprocessable Entity: Line could not be resolved');
    const user = { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
    kept = [...kept, ...comments.map(({ path: file, line, body }) => ({ id: ++last, path: file, line, body, user }))];
    return json(200, { id: ++last });
  }

  return {
    kept: (): readonly Kept[] => kept,
    /** Undefined for what is about something else. */
    async answer(emulator: Answer, request: RecordedRequest, login: string): Promise<Reply | undefined> {
      if (request.method === 'POST' && /\/pulls\/\d+\/reviews$/.test(request.path)) return post(emulator, request, login);
      if (request.method === 'GET' && /\/pulls\/\d+\/comments$/.test(request.path))
        return json(
          200,
          kept.map((one) => ({ ...one, html_url: `https://github.com/acme/shop/pull/1#discussion_r${one.id}` })),
        );
      const [, id] = /\/pulls\/comments\/(\d+)$/.exec(request.path) ?? [];
      if (request.method !== 'DELETE' || id === undefined) return undefined;
      kept = kept.filter((one) => one.id !== Number(id));
      return { status: 204, headers: {}, body: '' };
    },
  };
}

/** Lines of the new file that a patch shows. */
function shownRanges(patch: string): readonly (readonly [number, number])[] {
  return [...patch.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, from, count = '1']) => [
    Number(from),
    Number(from) + Number(count) - 1,
  ]);
}
