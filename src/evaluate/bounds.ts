import { embedded } from '../domain/embedded.ts';
import type { Price } from '../domain/policy.ts';
import type { ModelRequest } from '../domain/trial.ts';

/** Model name → price. The embedded model needs none. */
export type Prices = Readonly<Record<string, Price>>;

/** What is counted while a run goes on. */
export const countedAmounts = ['calls', 'inputTokens', 'outputTokens', 'costUsd'] as const;

/** What requests use. A part that cannot be known is absent. */
export interface Amounts {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
}

export type Tokens = Pick<Amounts, 'inputTokens' | 'outputTokens'>;

/** Most that one attempt can use. No output tokens where the answer has no limit; no cost where that or the price is unknown. */
export function mostOf(request: ModelRequest, prices: Prices): Amounts {
  const { maxOutputTokens } = request.params;
  return priced(request.model, { inputTokens: inputBound(request), outputTokens: maxOutputTokens }, prices);
}

const bytesPerToken = 4;
const expectedAnswerTokens = 256;

/** What one attempt likely uses: a token for four bytes, and answers of 256 tokens where no lower limit is set. */
export function expectedOf({ model, messages, params }: ModelRequest, prices: Prices): Amounts {
  const inputTokens = Math.ceil(bytesOf(messages) / bytesPerToken);
  return priced(model, { inputTokens, outputTokens: Math.min(expectedAnswerTokens, params.maxOutputTokens ?? Infinity) }, prices);
}

/** Tokens of one call to `model`, and what they cost. */
export function priced(model: string, { inputTokens, outputTokens }: Tokens, prices: Prices): Amounts {
  const costUsd = usdOf(model, { inputTokens, outputTokens }, prices);
  return { calls: 1, inputTokens, ...(outputTokens !== undefined && { outputTokens }), ...(costUsd !== undefined && { costUsd }) };
}

/** What tokens of `model` cost in USD; undefined where its price or their number is unknown. */
export function usdOf(model: string, { inputTokens, outputTokens }: Tokens, prices: Prices): number | undefined {
  const price = priceOf(model, prices);
  if (price === undefined) return undefined;
  if (isFree(price)) return 0;
  if (outputTokens === undefined) return undefined;
  const holding = [price, ...(price.longer ?? []).filter(({ aboveInputTokens }) => inputTokens > aboveInputTokens)];
  const most = (side: 'inputPer1M' | 'outputPer1M'): number => Math.max(...holding.map((each) => each[side]));
  return (inputTokens * most('inputPer1M') + outputTokens * most('outputPer1M')) / 1_000_000;
}

/**
 * What servers put around messages: role markers around each, and around all of them what a chat template adds of its own, such as the
 * system text of gpt-oss with about 65 tokens. Generous. https://cookbook.openai.com/articles/openai-harmony
 */
const tokensPerRequest = 128;
const tokensPerMessage = 16;

/** Most tokens a request can be: no tokenizer makes more than one of a byte. */
export function inputBound({ messages, output }: Pick<ModelRequest, 'messages' | 'output'>): number {
  const schemaBytes = output?.schema === undefined ? 0 : Buffer.byteLength(JSON.stringify(output.schema));
  return tokensPerRequest + schemaBytes + bytesOf(messages) + tokensPerMessage * messages.length;
}

const bytesOf = (messages: ModelRequest['messages']): number => messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);

const free: Price = { inputPer1M: 0, outputPer1M: 0 };

/** Undefined where nobody gave one; the embedded model costs nothing unless somebody says it does. */
export const priceOf = (model: string, prices: Prices): Price | undefined =>
  Object.hasOwn(prices, model) ? prices[model] : model === embedded ? free : undefined;

/** Whether no call costs anything, however long. */
export const isFree = ({ inputPer1M, outputPer1M, longer = [] }: Price): boolean =>
  inputPer1M === 0 && outputPer1M === 0 && longer.length === 0;
