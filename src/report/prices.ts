import type { Markup } from './markup.ts';
import type { PriceReport, Report } from './model.ts';
import { usd } from './numbers.ts';

/** Which prices costs were worked out with, and where they come from; '' where none was. */
export function pricesSentence({ prices = [] }: Report, markup: Markup): string {
  if (prices.length === 0) return '';
  return `Prices for a million tokens: ${prices.map((price) => priceWords(price, markup)).join('; ')}.`;
}

function priceWords({ model, inputPer1M, outputPer1M, list }: PriceReport, { code }: Markup): string {
  const source = list === undefined ? 'settings' : `${list.name} of ${list.date}`;
  return `${code(model)} ${usd(inputPer1M)} in, ${usd(outputPer1M)} out (${source})`;
}
