import * as z from 'zod';
import type { Answer, RecordedRequest, Reply } from './front.ts';
import { refusal } from './replies.ts';

/** What one request may bring (https://docs.github.com/en/rest/checks/runs). */
const MOST_ANNOTATIONS = 50;

const annotations = z.array(z.looseObject({ path: z.string(), start_line: z.number(), message: z.string() }));
const written = z.looseObject({ output: z.looseObject({ annotations: annotations.default([]) }).optional() });
const checkRun = z.looseObject({ id: z.number(), name: z.string(), conclusion: z.string() });

export type WrittenCheckRun = z.infer<typeof checkRun> & { readonly annotations: z.infer<typeof annotations> };

/** GitHub refuses a 51st annotation, and an update adds to those that stand, where the emulator replaces them. */
export async function writtenCheckRun(emulator: Answer, request: RecordedRequest): Promise<Reply> {
  const body = written.parse(request.body);
  const added = body.output?.annotations ?? [];
  if (added.length > MOST_ANNOTATIONS) return refusal(422, `Invalid request. No more than ${MOST_ANNOTATIONS} items are allowed`);
  if (request.method === 'POST' || body.output === undefined) return emulator(request);
  const standing = await annotationsOf(emulator, request.path);
  return emulator({ ...request, body: { ...body, output: { ...body.output, annotations: [...standing, ...added] } } });
}

export async function checkRunsOn(answer: Answer, repository: string, sha: string): Promise<WrittenCheckRun[]> {
  const { check_runs } = z.object({ check_runs: z.array(checkRun) }).parse(await read(answer, `${repository}/commits/${sha}/check-runs`));
  const all = check_runs
    .sort((a, b) => a.id - b.id)
    .map(async (run) => ({
      ...run,
      annotations: await annotationsOf(answer, `${repository}/check-runs/${run.id}`),
    }));
  return Promise.all(all);
}

async function annotationsOf(answer: Answer, checkRunPath: string): Promise<z.infer<typeof annotations>> {
  const found: z.infer<typeof annotations> = [];
  for (let page = 1; ; page++) {
    const { check_annotations: next } = z
      .object({ check_annotations: annotations })
      .parse(await read(answer, `${checkRunPath}/annotations`, `?per_page=100&page=${page}`));
    found.push(...next);
    if (next.length < 100) return found;
  }
}

async function read(answer: Answer, path: string, query = ''): Promise<unknown> {
  const headers = { authorization: 'token ghs_actions' };
  return JSON.parse((await answer({ method: 'GET', path, query, body: undefined, headers })).body);
}
