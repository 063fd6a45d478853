import { calcPrice, type TieredPrices } from '@pydantic/genai-prices';
import type { Price } from '../../domain/policy.ts';

/** The table's version, and the day it was published. */
export const tableVersion = { name: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' };

/**
 * The price of a model at an endpoint as the table has it; the highest of the day where it changes by the hour. Undefined where the endpoint or
 * the model is not in the table, where anything but tokens is charged, and where a model's name is whatever its owner called a deployment.
 */
export function listedPrice(model: string, baseUrl: string, day: Date): Price | undefined {
  if (namesDeployments(baseUrl)) return undefined;
  const prices = hoursOf(day).map((hour) => priceAt(model, baseUrl, hour));
  const [first, ...others] = prices.filter((price) => price !== undefined);
  return first && others.length === prices.length - 1 ? others.reduce(highest, first) : undefined;
}

const namesDeployments = (baseUrl: string): boolean => /\.azure\.(com|us|cn)$/.test(new URL(baseUrl).hostname);

const msPerHour = 3_600_000;

const hoursOf = (day: Date): Date[] =>
  Array.from({ length: 24 }, (_, hour) => new Date(Math.floor(day.getTime() / msPerHour) * msPerHour + hour * msPerHour));

/** A price per million tokens, or one that rises with the length of the input. */
type Listed = number | TieredPrices;

function priceAt(model: string, baseUrl: string, timestamp: Date): Price | undefined {
  const { model_price: price } = calcPrice({ input_tokens: 1 }, model, { providerApiUrl: baseUrl, timestamp }) ?? {};
  const { input_mtok: input, output_mtok: output, output_reasoning_mtok: reasoning = output, requests_kcount: perRequest } = price ?? {};
  if (input === undefined || output === undefined || reasoning === undefined || perRequest !== undefined) return undefined;
  const at = (inputTokens: number) => ({
    inputPer1M: perMillion(input, inputTokens),
    outputPer1M: Math.max(perMillion(output, inputTokens), perMillion(reasoning, inputTokens)),
  });
  const starts = [input, output, reasoning].flatMap((side) => (typeof side === 'number' ? [] : side.tiers.map(({ start }) => start)));
  const longer = [...new Set(starts)].map((start) => ({ aboveInputTokens: start, ...at(start + 1) }));
  return { ...at(0), ...(longer.length > 0 && { longer }) };
}

const perMillion = (price: Listed, inputTokens: number): number =>
  typeof price === 'number'
    ? price
    : Math.max(price.base, ...price.tiers.filter(({ start }) => inputTokens > start).map((tier) => tier.price));

/** Both prices' tiers stand side by side: of all that hold the highest counts. */
function highest(one: Price, other: Price): Price {
  const longer = [...(one.longer ?? []), ...(other.longer ?? [])];
  return {
    inputPer1M: Math.max(one.inputPer1M, other.inputPer1M),
    outputPer1M: Math.max(one.outputPer1M, other.outputPer1M),
    ...(longer.length > 0 && { longer: longer.filter((tier, at) => longer.findIndex((same) => isSame(tier, same)) === at) }),
  };
}

type Tier = NonNullable<Price['longer']>[number];

const isSame = (one: Tier, other: Tier): boolean =>
  one.aboveInputTokens === other.aboveInputTokens && one.inputPer1M === other.inputPer1M && one.outputPer1M === other.outputPer1M;
