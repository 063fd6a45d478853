import * as z from 'zod';
import { explain } from '../documents/check.ts';
import type { Example } from '../domain/evalset.ts';
import type { FunctionRequest, ScorerFunction } from '../domain/function.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Score } from '../domain/score.ts';
import type { Answer, Failure } from '../domain/trial.ts';
import { defineScorer } from './definition.ts';
import { textOf } from './json-reply.ts';
import { quote } from './quote.ts';

const path = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !/^\/|\\|^[A-Za-z][\w+.-]*:|(^|\/)\.{1,2}(\/|$)/.test(text), {
    error: explain(
      'the path is not one below the working directory',
      'Write it from there, with forward slashes and without "." and "..".',
    ),
  });

const options = z
  .strictObject({
    module: path
      .regex(/\.[cm]?[jt]s$/, explain('this is no JavaScript module', 'Name a .mjs or .js file, or write a command.'))
      .optional()
      .describe('JavaScript module below the working directory, whose function scores answers.'),
    export: z.string().min(1).default('default').describe('Which of the module’s exports that function is.'),
    command: z
      .array(z.string().max(10_000))
      .min(1)
      .max(100)
      .optional()
      .describe('Program and arguments instead of a module; it reads and writes JSON lines. No shell reads them.'),
    files: z.array(path).default([]).describe('Further files of the repository that it uses, to be held to the base branch’s content.'),
    timeoutMs: z
      .int()
      .min(1)
      .max(600_000)
      .default(30_000)
      .describe('Longest that one answer may take, in milliseconds; the first one includes the start.'),
    concurrency: z.int().min(1).max(64).default(1).describe('Answers it is given at a time.'),
    passMark: z.number().gt(0).max(1).default(0.5).describe('The least score that passes, where the function does not say what passes.'),
  })
  .refine(({ module, command }) => (module === undefined) !== (command === undefined), {
    error: explain(
      'a function is either a module or a command',
      'Write { module: scorers/mine.mjs } or { command: [python3, scorers/mine.py] }.',
    ),
  });

type Options = z.output<typeof options>;

/** The program that checked options name. */
export function functionOf(given: JsonObject): ScorerFunction & { readonly files: readonly string[] } {
  const { module, command = [], export: exported, files, timeoutMs, concurrency } = options.parse(given);
  const limits = { files, timeoutMs, concurrency };
  if (module !== undefined) return { name: module, program: { kind: 'module', path: module, exported }, ...limits };
  return { name: command.slice(0, 2).join(' '), program: { kind: 'command', argv: command }, ...limits };
}

export const ownFunction = defineScorer({
  kind: 'function',
  summary: 'Scores by a program of your own: see [functions](functions.md). Off unless the settings allow it.',
  schema: options,
  bind(given) {
    const { files: _, ...fn } = functionOf(given);
    return {
      requires: () => undefined,
      consults: true,
      score: async (answer, example, _consult, call) => {
        const outcome = await call(fn, requestOf(answer, example));
        return 'kind' in outcome ? outcome : scoreIn(outcome.reply, fn, given);
      },
    };
  },
});

function requestOf({ text, finish }: Answer, { id, input, vars, messages, expected, tags, cluster }: Example): FunctionRequest {
  const asked = { id, ...(input !== undefined && { input }), vars, messages: messages.map(({ role, content }) => ({ role, content })) };
  const known = { ...(expected !== undefined && { expected }), tags, ...(cluster !== undefined && { cluster }) };
  return { answer: text, finish, example: { ...asked, ...known } };
}

const longestReason = 1_000;

const replySchema = z.object({
  score: z.union([z.number().min(0).max(1), z.boolean().transform(Number)]),
  pass: z.boolean().optional(),
  reason: z.string().optional(),
});

/** Whether what a program answered is a score. */
export const isScore = (reply: JsonObject): boolean => reply['error'] === undefined && replySchema.safeParse(reply).success;

function scoreIn(reply: JsonObject, { name }: ScorerFunction, { passMark }: Options): Score | Failure {
  const said = reply['error'];
  if (said !== undefined) return failed(name, `it reported ${quote(shown(said))}`);
  const { success, data } = replySchema.safeParse(reply);
  if (!success) return failed(name, `it answered what is no score from 0 to 1: ${quote(shown(reply))}`);
  const { score, pass = score >= passMark, reason = '' } = data;
  return { value: score, pass, reason: reason === '' ? `${name} says ${Number(score.toPrecision(3))}` : reason.slice(0, longestReason) };
}

/** JSON as a message quotes it; nesting that no program would write on purpose is not written out. */
function shown(said: Json): string {
  return textOf(said) || 'values nested too deep to show';
}

function failed(name: string, why: string): Failure {
  return { kind: 'failure', reason: 'function', sentence: `The scorer function ${name} gave no score: ${why}.`, retryable: false };
}
