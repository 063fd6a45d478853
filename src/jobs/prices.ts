import { embedded } from '../domain/embedded.ts';
import { priceOf } from '../evaluate/bounds.ts';
import type { PriceReport } from '../report/model.ts';
import type { Settings } from '../settings/settings.ts';
import type { Case } from './prepare.ts';
import type { World } from './world.ts';

/** The settings with a price for every model that one is known of, and what to report of those that are asked. */
export interface Priced {
  readonly settings: Settings;
  readonly prices: readonly PriceReport[];
}

/** A price in the settings stands above a listed one. */
export async function priced(cases: readonly Case[], settings: Settings, { listedPrices }: Pick<World, 'listedPrices'>): Promise<Priced> {
  const models = modelsIn(cases, settings);
  const unpriced = models.filter((model) => priceOf(model, settings.prices) === undefined);
  const list = unpriced.length === 0 ? undefined : await listedPrices?.(unpriced, settings);
  const all: Settings = { ...settings, prices: { ...list?.prices, ...settings.prices } };
  return { settings: all, prices: models.flatMap((model) => reported(model, all, unpriced.includes(model) ? list : undefined)) };
}

function reported(model: string, { prices }: Settings, list: PriceReport['list']): PriceReport[] {
  const price = priceOf(model, prices);
  if (price === undefined) return [];
  const { inputPer1M, outputPer1M } = price;
  return [{ model, inputPer1M, outputPer1M, ...(list && { list: { name: list.name, date: list.date } }) }];
}

/** Names of the models that answer, grade or propose, sorted; the embedded one costs nothing. */
function modelsIn(cases: readonly Case[], { search }: Settings): string[] {
  const measurements = cases.flatMap(({ gate, proposed }) => [gate, proposed]).filter((one) => one !== undefined);
  const proposer = search.when === 'off' || measurements.length === 0 ? undefined : search.proposer?.name;
  const asked = measurements.flatMap(({ models, consults = [] }) => [models.base, models.head, ...consults.map(({ model }) => model)]);
  const names: (string | undefined)[] = [...asked, proposer];
  return [...new Set(names.filter((name): name is string => name !== undefined && name !== embedded))].sort();
}
