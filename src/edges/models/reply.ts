import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';
import type { Answer, Failure, Finish, Usage } from '../../domain/trial.ts';
import { logprobsSchema, readLogprobs } from './logprobs.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        logprobs: logprobsSchema,
        message: z.object({
          content: z.union([z.string(), z.array(textPart), z.null()]).optional(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.unknown()).nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.int().nonnegative(), completion_tokens: z.int().nonnegative() }).nullish().catch(undefined),
});

type Choice = z.infer<typeof completionSchema>['choices'][number];

/** The answer in the body of a successful response, or what is wrong with that body. `clean` makes quoted text fit to show. */
export function readReply(text: string, latencyMs: number, clean: (text: string) => string): Answer | Failure {
  if (text.trim() === '') return badReply('an empty body');
  const parsed = jsonIn(text);
  if (parsed === undefined) return badReply(`what is not JSON: "${clean(text.slice(0, 1_000)).slice(0, 80)}"`);
  const completion = completionSchema.safeParse(parsed);
  if (!completion.success) return badReply(errorWithin(parsed, clean) ?? 'JSON that is no chat completion');
  const { choices, usage } = completion.data;
  return readChoice(
    choices[0]!,
    latencyMs,
    usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : undefined,
  );
}

function readChoice({ finish_reason, message, logprobs }: Choice, latencyMs: number, usage: Usage | undefined): Answer | Failure {
  if (message.tool_calls?.length || /^(tool_calls|function_call)$/.test(finish_reason ?? ''))
    return badReply('a tool call instead of text');
  if (finish_reason === 'error') return badReply('an answer that ends in an error');
  const { content, refusal } = message;
  const said = Array.isArray(content) ? content.map((part) => part.text).join('') : content;
  const finish = finishOf(finish_reason ?? 'stop', Boolean(refusal));
  if (said === undefined && finish === 'stop') return badReply('a message without content');
  const answer = refusal ? said || refusal : (said ?? '');
  const chances = readLogprobs(logprobs, answer);
  return { kind: 'answer', text: answer, finish, ...(usage && { usage }), ...(chances && { logprobs: chances }), latencyMs };
}

function finishOf(reason: string, refused: boolean): Finish {
  if (refused || reason === 'refusal') return 'refusal';
  if (reason === 'length' || reason === 'max_tokens') return 'length';
  return reason === 'content_filter' ? 'content-filter' : 'stop';
}

function badReply(what: string): Failure {
  return {
    kind: 'failure',
    reason: 'bad-reply',
    sentence: `The model server answered with ${what}.`,
    retryable: true,
    mayHaveCost: true,
  };
}

/** Some gateways report an error under status 200. */
function errorWithin(parsed: unknown, clean: (text: string) => string): string | undefined {
  const { success, data } = z.object({ error: z.object({ message: z.string() }) }).safeParse(parsed);
  return success ? `an error under status 200: "${clean(data.error.message)}"` : undefined;
}
