import { UserError } from '../../domain/problem.ts';

export interface EndpointSettings {
  /** Where the OpenAI-compatible API begins, such as `https://llm.example.com/v1`. Absent: OpenAI's own. */
  readonly baseUrl?: string;
  /** Absent: no credentials are sent, as local servers want it. */
  readonly apiKey?: string;
  /** Azure's `api-version`; its presence also sends the key as Azure expects it. */
  readonly apiVersion?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An API's address, taken apart into what is sent, what may be shown and what must never be. */
export interface Endpoint {
  /** The address without credentials, query and trailing slash. May be shown. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  /** null removes a header that the client would send by itself. */
  readonly headers: Readonly<Record<string, string | null>>;
  /** Texts that must not appear in anything a person reads. */
  readonly secrets: readonly string[];
  /** Path of the chat completions of `model`, below `url`. */
  chatPath(model: string): string;
}

/** Where OpenAI's own API begins. */
export const openAiUrl = 'https://api.openai.com/v1';

/** UserError where `baseUrl` is no http(s) URL. */
export function parseEndpoint({ baseUrl = openAiUrl, apiKey, apiVersion, headers }: EndpointSettings): Endpoint {
  const parsed = parseUrl(baseUrl);
  const url = parsed.origin + parsed.pathname.replace(/\/+$/, '');
  const query = { ...Object.fromEntries(parsed.searchParams), ...(apiVersion === undefined ? {} : { 'api-version': apiVersion }) };
  const password = decodeURIComponent(parsed.password);
  const sentHeaders = { ...credentials(parsed, apiKey, apiVersion), ...headers };
  return {
    url,
    query,
    headers: sentHeaders,
    secrets: [apiKey ?? '', password, ...parsed.searchParams.values(), ...Object.values(sentHeaders).flatMap(parts)],
    chatPath: (model) => `${deploymentPath(parsed, apiVersion, model)}/chat/completions`,
  };
}

/** The address of an API as it may be shown. UserError where `baseUrl` is no http(s) URL. */
export const endpointUrl = (baseUrl: string | undefined): string =>
  parseEndpoint({ ...(baseUrl !== undefined && { baseUrl }), headers: {} }).url;

function parseUrl(baseUrl: string): URL {
  const parsed = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (parsed !== undefined && /^https?:$/.test(parsed.protocol)) return parsed;
  throw new UserError({
    key: 'baseUrl',
    what: 'the address of the model server is not an http(s) URL',
    fix: 'Give it in full, such as "https://llm.example.com/v1".',
  });
}

/** A key is a bearer token; with an API version it is Azure's `api-key`; `user:password@` in the URL is basic authentication. */
function credentials(url: URL, apiKey: string | undefined, apiVersion: string | undefined): Record<string, string | null> {
  if (apiKey !== undefined) return apiVersion === undefined ? {} : { authorization: null, 'api-key': apiKey };
  if (url.username === '' && url.password === '') return { authorization: null };
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A header's value and the words it is made of, so that a quoted token is hidden without its scheme too. */
const parts = (value: string | null): string[] => (value === null ? [] : [value, ...value.split(/\s+/).filter((word) => word.length >= 8)]);

/**
 * Azure's older API addresses a model by a deployment in the path, unless the address names one or is the newer `/openai/v1`.
 * https://learn.microsoft.com/azure/ai-services/openai/reference
 */
function deploymentPath({ hostname, pathname }: URL, apiVersion: string | undefined, model: string): string {
  if (apiVersion === undefined) return '';
  const path = pathname.replace(/\/+$/, '');
  const deployment = `/deployments/${encodeURIComponent(model)}`;
  if (path.endsWith('/openai')) return deployment;
  return path === '' && /\.(openai|cognitiveservices)\.azure\.(com|us|cn)$/.test(hostname) ? `/openai${deployment}` : '';
}
