import { UserError } from '../domain/problem.ts';
import type { OpenAiSettings } from '../edges/models/index.ts';
import { expandHeaders } from '../settings/headers.ts';
import type { Settings } from '../settings/settings.ts';
import { modelsOf } from './judges.ts';

/** What the environment adds to the settings: nothing of it ever comes from a repository. */
export interface Credentials {
  readonly apiKey?: string | undefined;
  /** For an endpoint of the judge's own. */
  readonly judgeApiKey?: string | undefined;
  /** Used where neither an input nor the settings name an endpoint. */
  readonly baseUrl?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Puts settings, which stand in the file `config`, and credentials together. UserError where a header's variable is unset, or where the hosted default
 * endpoint would be called without a key; other endpoints may be local ones that need none.
 */
export function accessTo(settings: Settings, { apiKey, baseUrl: fallback, env }: Credentials, config: string): OpenAiSettings {
  const baseUrl = settings.baseUrl ?? fallback;
  if (baseUrl === undefined && apiKey === undefined)
    throw new UserError({
      what: 'there is neither a key nor an endpoint to call the model with',
      fix: 'Give the input `api-key` or set OPENAI_API_KEY; for a local server set `baseUrl`; or try `model: { name: offline }`.',
    });
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(apiKey !== undefined && { apiKey }),
    ...(settings.apiVersion !== undefined && { apiVersion: settings.apiVersion }),
    headers: expandHeaders(settings.headers, env, { file: config }),
    timeoutMs: settings.timeoutMs,
  };
}

/** The server of the judge's own and the models that are asked there; nothing that is meant for the other one goes to it. Absent where there is none. */
export function judgeServer({ judge, timeoutMs }: Settings, { judgeApiKey, env }: Credentials, config: string) {
  const { endpoint } = judge;
  if (endpoint === undefined) return undefined;
  const { baseUrl, apiVersion, headers } = endpoint;
  const access = (): OpenAiSettings => ({
    baseUrl,
    ...(judgeApiKey !== undefined && { apiKey: judgeApiKey }),
    ...(apiVersion !== undefined && { apiVersion }),
    headers: expandHeaders(headers, env, { file: config, key: 'judge.endpoint.headers' }),
    timeoutMs,
  });
  return { models: modelsOf(judge), access };
}

/** The address of the judge's own endpoint, for the models that are asked there; undefined for any other. */
export function judgeUrlOf(model: string, { judge }: Settings): string | undefined {
  return modelsOf(judge).includes(model) ? judge.endpoint?.baseUrl : undefined;
}

/** Where a model is asked; undefined: at OpenAI. */
export function baseUrlOf(model: string, settings: Settings, { baseUrl }: Credentials): string | undefined {
  return judgeUrlOf(model, settings) ?? settings.baseUrl ?? baseUrl;
}
