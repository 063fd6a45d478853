import { embedded } from '../../domain/embedded.ts';
import type { LanguageModel } from '../../domain/ports.ts';
import type { Failure } from '../../domain/trial.ts';
import type { OpenAiSettings } from './openai.ts';

export type { OpenAiSettings };

/** A server that only these models are asked at. */
interface ServerApart {
  readonly models: readonly string[];
  readonly access: () => OpenAiSettings;
}

/**
 * A model that answers for all `models`: `offline` by the embedded one, those of `apart` by their own server, any other by the one that `access` leads
 * to. Each is loaded, and asked how to be reached, only when named, so that a run without it never pays for the SDK. UserError for a broken base URL.
 */
export async function openModel(models: readonly string[], access: () => OpenAiSettings, apart?: ServerApart): Promise<LanguageModel> {
  const placeOf = (model: string): 'offline' | 'apart' | 'usual' =>
    model === embedded ? 'offline' : apart?.models.includes(model) ? 'apart' : 'usual';
  const places = new Set(models.map(placeOf));
  const opened = {
    offline: places.has('offline') ? (await import('./offline/model.ts')).offlineModel() : undefined,
    apart: apart && places.has('apart') ? (await import('./openai.ts')).openAiModel(apart.access()) : undefined,
    usual: places.has('usual') ? (await import('./openai.ts')).openAiModel(access()) : undefined,
  };
  return {
    endpoint: opened.usual?.endpoint ?? embedded,
    ask: (request, signal, heard) => opened[placeOf(request.model)]?.ask(request, signal, heard) ?? Promise.resolve(notOpened),
    refusedParameters: (model) => opened[placeOf(model)]?.refusedParameters(model) ?? [],
    close: async () => {
      for (const model of Object.values(opened)) await model?.close();
    },
  };
}

const notOpened: Failure = {
  kind: 'failure',
  reason: 'rejected',
  sentence: 'This run was not set up for that model.',
  retryable: false,
};
