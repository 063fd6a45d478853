import { openModel } from '../edges/models/index.ts';
import { listPrices } from '../edges/prices/index.ts';
import { accessTo, baseUrlOf, type Credentials, judgeServer } from './endpoint.ts';
import type { World } from './world.ts';

/** How a world reaches models, and learns their prices: where settings, which stand in the file `config`, and credentials lead to. */
export function serversOf(credentials: Credentials, config: string): Pick<World, 'openModel' | 'fallbackEndpoint' | 'listedPrices'> {
  return {
    openModel: (models, settings) =>
      openModel(models, () => accessTo(settings, credentials, config), judgeServer(settings, credentials, config)),
    ...(credentials.baseUrl !== undefined && { fallbackEndpoint: credentials.baseUrl }),
    listedPrices: (models, settings) => listPrices(models, (model) => baseUrlOf(model, settings, credentials)),
  };
}
