import type { Price } from '../../domain/policy.ts';
import { openAiUrl } from '../models/endpoint.ts';

/** What a published table of prices says. */
export interface PriceList {
  /** The table's name and version. */
  readonly name: string;
  /** The day it was published, `2026-09-23`. */
  readonly date: string;
  /** By model; models that it does not know are absent. */
  readonly prices: Readonly<Record<string, Price>>;
}

/**
 * Today's prices of models where each is asked (undefined: at OpenAI), out of the table that comes with this tool: nothing is fetched. The table is
 * loaded only where one of the endpoints may be in it. Undefined where it knows none of them.
 */
export async function listPrices(
  models: readonly string[],
  baseUrlOf: (model: string) => string | undefined,
  day = new Date(),
): Promise<PriceList | undefined> {
  const places = models.map((model) => ({ model, baseUrl: baseUrlOf(model) ?? openAiUrl })).filter(({ baseUrl }) => mayBeListed(baseUrl));
  if (places.length === 0) return undefined;
  const { listedPrice, tableVersion } = await import('./listed.ts');
  const known = places.flatMap(({ model, baseUrl }) => {
    const price = listedPrice(model, baseUrl, day);
    return price === undefined ? [] : [[model, price] as const];
  });
  return known.length === 0 ? undefined : { ...tableVersion, prices: Object.fromEntries(known) };
}

const mayBeListed = (baseUrl: string): boolean => URL.canParse(baseUrl) && !isPrivate(new URL(baseUrl).hostname);

/** No provider's address is a number, or a name without a dot. */
const isPrivate = (hostname: string): boolean => !hostname.includes('.') || /^[\d.]+$/.test(hostname);
