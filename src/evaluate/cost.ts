import type { Caps, Price } from '../domain/policy.ts';
import type { Problem } from '../domain/problem.ts';
import type { ModelRequest } from '../domain/trial.ts';
import type { PlannedTrial } from './plan.ts';
import { distinctQuestions } from './questions.ts';

/** Model name → price. The embedded model needs none. */
export type Prices = Readonly<Record<string, Price>>;

/** What a plan asks for, before retries. */
export interface PlanCost {
  readonly calls: number;
  /** An upper bound: every byte a token. */
  readonly inputTokens: number;
  /** An upper bound: every answer at its limit. Absent where a request sets no limit. */
  readonly outputTokens?: number;
  /** At four bytes a token and answers of at most 256 tokens. Absent where a price is unknown. */
  readonly expectedUsd?: number;
  /** Absent where a price or a limit is unknown. */
  readonly worstUsd?: number;
  /** Models without a price, sorted. */
  readonly unpriced: readonly string[];
  /** Models asked without a limit on the answer's tokens, sorted. */
  readonly unlimited: readonly string[];
}

export function costOf(plan: readonly PlannedTrial[], prices: Prices): PlanCost {
  const requests = distinctQuestions(plan).map(({ request }) => request);
  const outputTokens = total(requests.map(({ params }) => params.maxOutputTokens));
  const expectedUsd = total(requests.map((request) => usdOf(request.model, expectedUsage(request), prices)));
  const worstUsd = total(requests.map((request) => worstUsdOf(request, prices)));
  return {
    calls: requests.length,
    inputTokens: requests.reduce((sum, request) => sum + inputBound(request), 0),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(expectedUsd !== undefined && { expectedUsd }),
    ...(worstUsd !== undefined && { worstUsd }),
    unpriced: modelsOf(requests.filter(({ model }) => priceOf(model, prices) === undefined)),
    unlimited: modelsOf(requests.filter(({ params, model }) => params.maxOutputTokens === undefined && !isFree(model, prices))),
  };
}

/** What keeps a cap in USD from being kept, with the line that mends it. None without such a cap. */
export function capProblems({ unpriced, unlimited }: PlanCost, { costUsd }: Caps): Problem[] {
  if (costUsd === undefined) return [];
  return [
    ...unpriced.map((model) => ({
      key: 'prices',
      what: `the price of "${model}" is unknown, so a cap in USD cannot be kept`,
      fix: `Add its USD per million tokens to the settings: prices: { ${JSON.stringify(model)}: { inputPer1M: 0.00, outputPer1M: 0.00 } }`,
    })),
    ...unlimited
      .filter((model) => !unpriced.includes(model))
      .map((model) => ({
        key: 'maxOutputTokens',
        what: `answers of "${model}" have no limit, so a cap in USD cannot be kept`,
        fix: 'Add a limit to the settings: model: { maxOutputTokens: 512 }',
      })),
  ];
}

/** Most that one attempt can cost in USD; undefined where its model's price or its answer's limit is unknown. */
export function worstUsdOf(request: ModelRequest, prices: Prices): number | undefined {
  const { model, params } = request;
  if (isFree(model, prices)) return 0;
  if (params.maxOutputTokens === undefined) return undefined;
  return usdOf(model, { inputTokens: inputBound(request), outputTokens: params.maxOutputTokens }, prices);
}

/** What tokens of `model` cost in USD; undefined where its price is unknown. */
export function usdOf(model: string, used: { inputTokens: number; outputTokens: number }, prices: Prices): number | undefined {
  const price = priceOf(model, prices);
  return price && (used.inputTokens * price.inputPer1M + used.outputTokens * price.outputPer1M) / 1_000_000;
}

/** Role markers and separators that servers add around each message, and around all of them. Generous. */
const tokensPerMessage = 16;

/** Most tokens a request can be: no tokenizer makes more than one of a byte. */
function inputBound({ messages, output }: ModelRequest): number {
  const schemaBytes = output?.schema === undefined ? 0 : Buffer.byteLength(JSON.stringify(output.schema));
  return schemaBytes + tokensPerMessage + bytesOf(messages) + tokensPerMessage * messages.length;
}

const bytesOf = (messages: ModelRequest['messages']): number => messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);

const bytesPerToken = 4;
const expectedAnswerTokens = 256;

function expectedUsage({ messages, params }: ModelRequest): { inputTokens: number; outputTokens: number } {
  return {
    inputTokens: bytesOf(messages) / bytesPerToken,
    outputTokens: Math.min(expectedAnswerTokens, params.maxOutputTokens ?? expectedAnswerTokens),
  };
}

/** The embedded model's name: it runs on this computer. */
export const embedded = 'offline';
const free: Price = { inputPer1M: 0, outputPer1M: 0 };

const priceOf = (model: string, prices: Prices): Price | undefined =>
  Object.hasOwn(prices, model) ? prices[model] : model === embedded ? free : undefined;

function isFree(model: string, prices: Prices): boolean {
  const price = priceOf(model, prices);
  return price !== undefined && price.inputPer1M === 0 && price.outputPer1M === 0;
}

const modelsOf = (requests: readonly ModelRequest[]): string[] => [...new Set(requests.map(({ model }) => model))].sort();

/** The sum, or undefined where a part of it is. */
const total = (parts: readonly (number | undefined)[]): number | undefined =>
  parts.reduce<number | undefined>((sum, part) => (sum === undefined || part === undefined ? undefined : sum + part), 0);
