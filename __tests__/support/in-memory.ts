import { createHash } from 'node:crypto';
import type { Revisions, Tree } from '../../src/domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../../src/domain/trial.ts';
import { diffTrees } from '../../src/edges/tree-diff.ts';
import { check } from '../../src/jobs/check.ts';
import type { Request } from '../../src/jobs/policy.ts';
import type { Checked } from '../../src/jobs/report.ts';
import type { World } from '../../src/jobs/world.ts';
import { fakeClock } from './clock.ts';
import { largeFileOf } from './large-file.ts';
import { answer, type ScriptedModel, scriptedModel } from './scripted-model.ts';

export type Files = Readonly<Record<string, string>>;

/** A pull request without GitHub and git. `tip` is the base branch's tip; absent: it has not moved. */
export interface InMemoryPullRequest {
  readonly base: Files;
  readonly head: Files;
  readonly tip?: Files;
  readonly inputs?: Request['inputs'];
  readonly config?: string;
  readonly withoutKey?: boolean;
  /** Whether files of rows are large ones, of which no more than a part is in memory. */
  readonly large?: boolean;
  readonly reply?: (request: ModelRequest, count: number) => Answer | Failure;
}

/** Everything that a check of it comes to, in this process. */
export async function checkInMemory(pull: InMemoryPullRequest): Promise<Checked & { readonly model: ScriptedModel }> {
  const model = scriptedModel({ reply: pull.reply ?? (() => answer('ok')) });
  return { ...(await check(requestOf(pull), worldOf(pull, model))), model };
}

export function requestOf({ inputs = {}, config, withoutKey = false }: InMemoryPullRequest): Request {
  return {
    config: config ?? 'prompt-ratchet.yml',
    configNamed: config !== undefined,
    inputs,
    withoutKey,
    withoutFunctions: false,
    spelled: (input) => input,
  };
}

export function worldOf(pull: InMemoryPullRequest, model: ScriptedModel): World {
  return {
    version: '0.0.0',
    clock: fakeClock(),
    signal: new AbortController().signal,
    openRevisions: async () => revisionsOf(pull),
    openModel: async () => model,
    onPlan: () => {},
    onProgress: () => {},
  };
}

function revisionsOf({ base, head, tip = base, large = false }: InMemoryPullRequest): Revisions {
  const changes = diffTrees(hashed(base), hashed(head));
  return {
    base: treeOf('base', base, large),
    head: treeOf('head', head, large),
    policy: treeOf('tip', tip, large),
    changes,
    touchesWorkflows: changes.some(({ path }) => path.startsWith('.github/workflows/')),
  };
}

function treeOf(revision: string, files: Files, large: boolean): Tree {
  return {
    revision,
    list: async () => Object.keys(files).sort(),
    read: async (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    ...(large && { openLarge: async (path: string) => (Object.hasOwn(files, path) ? largeFileOf(files[path]!) : undefined) }),
  };
}

function hashed(files: Files) {
  return Object.entries(files).map(([path, text]) => ({ path, hash: createHash('sha256').update(text).digest('hex') }));
}
