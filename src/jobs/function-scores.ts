import { createHash } from 'node:crypto';
import type { EvalSet } from '../domain/evalset.ts';
import type { FunctionRequest, ScorerFunction } from '../domain/function.ts';
import { isObject, type JsonObject } from '../domain/json.ts';
import { jsonIn } from '../domain/parse-json.ts';
import type { AnswerStore, CallFunction } from '../domain/ports.ts';
import type { Answer, ModelRequest } from '../domain/trial.ts';
import { isScore } from '../scorers/function.ts';

/** Raised when programs are told of answers in another way. */
const FORMAT = 1;

/** Stands where a store wants to know which model was asked. */
const nobody: ModelRequest = { model: 'a function', params: {}, messages: [] };

type Reply = Awaited<ReturnType<CallFunction>>;

/**
 * The same functions, whose scores outlive the run: one that scored this answer to this example before, or is about to, is not called for it
 * again, as long as its program and the files that the eval set runs are what they were. What is no score is never kept.
 */
export function remembered(call: CallFunction, { functionFiles = [] }: EvalSet, store: AnswerStore): CallFunction {
  const files = functionFiles.map(({ path, hash }) => [path, hash]);
  const underWay = new Map<string, Promise<Reply>>();
  const called = async (key: string, fn: ScorerFunction, request: FunctionRequest): Promise<Reply> => {
    const outcome = await call(fn, request);
    if ('reply' in outcome && isScore(outcome.reply)) store.keep(key, answerWith(outcome.reply), nobody);
    underWay.delete(key);
    return outcome;
  };
  return async (fn, request) => {
    const key = keyOf(fn, files, request);
    const known = replyIn(store.find(key, nobody));
    if (known !== undefined) return { reply: known };
    const reply = underWay.get(key) ?? called(key, fn, request);
    underWay.set(key, reply);
    return reply;
  };
}

/** SHA-256 (hex). How long it may take, and how many answers it is given at a time, is nothing that a score depends on. */
function keyOf({ program }: ScorerFunction, files: readonly (readonly string[])[], request: FunctionRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(['function', FORMAT, program, files, request]))
    .digest('hex');
}

const answerWith = (reply: JsonObject): Answer => ({ kind: 'answer', text: JSON.stringify(reply), finish: 'stop', latencyMs: 0 });

/** What an intact store holds under the key of a function is what was put there; of any other nothing is taken. */
function replyIn(found: ReturnType<AnswerStore['find']>): JsonObject | undefined {
  if (found?.kind !== 'answer') return undefined;
  const reply = jsonIn(found.text);
  return isObject(reply) && isScore(reply) ? reply : undefined;
}
