import type { LanguageModel } from '../../domain/ports.ts';
import type { Failure } from '../../domain/trial.ts';
import type { OpenAiSettings } from './openai.ts';

/** The embedded model's name: whoever asks for it runs without a network. */
const offlineName = 'offline';

/**
 * A model that answers for all `models`: `offline` by the embedded one, any other by the endpoint in `settings`, which are asked for only then.
 * Each is loaded only when named, so that a run without it never pays for the SDK. UserError for a broken base URL.
 */
export async function openModel(models: readonly string[], settings: () => OpenAiSettings): Promise<LanguageModel> {
  const offline = models.includes(offlineName) ? (await import('./offline/model.ts')).offlineModel() : undefined;
  const remote = models.some((model) => model !== offlineName) ? (await import('./openai.ts')).openAiModel(settings()) : undefined;
  const opened = [remote, offline].filter((model) => model !== undefined);
  return {
    endpoint: remote?.endpoint ?? offlineName,
    ask: (request, signal, heard) =>
      (request.model === offlineName ? offline : remote)?.ask(request, signal, heard) ?? Promise.resolve(notOpened),
    refusedParameters: (model) => remote?.refusedParameters(model) ?? [],
    close: async () => {
      await Promise.all(opened.map((model) => model.close()));
    },
  };
}

const notOpened: Failure = {
  kind: 'failure',
  reason: 'rejected',
  sentence: 'This run was not set up for that model.',
  retryable: false,
};
