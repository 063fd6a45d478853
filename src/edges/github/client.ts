import { getOctokitOptions, defaults as toolkit } from '@actions/github/lib/utils';
import { Octokit } from 'octokit';
import { UserError } from '../../domain/problem.ts';
import { conditional } from './conditional.ts';
import { explained } from './refusal.ts';
import { LONGEST_WAIT_S, retrying } from './retry.ts';
import { type Fetch, wholeBodies } from './transport.ts';

/** Octokit whose failures are GitHubRefusals. */
export type GitHubClient = Octokit;

export interface Connection {
  readonly token: string;
  /** `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server: `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** Default: the toolkit's, which knows the runner's proxy. */
  readonly fetch?: Fetch;
  /** `false` takes out the space between writes and counts waits in milliseconds instead of seconds: for tests. */
  readonly throttle?: boolean;
  /** Told about waits. Default: nobody. */
  readonly log?: (sentence: string) => void;
}

/** Of one attempt. */
const TIMEOUT_MS = 30_000;
const LIMIT_RETRIES = 2;

/**
 * A client that spaces its writes, waits for rate limits and outages up to LONGEST_WAIT_S each, and says in a sentence what is wrong
 * with the rest. Its GraphQL is for queries: they are not spaced. Sends nothing yet.
 */
export function connect(connection: Connection): GitHubClient {
  const { throttle = true } = connection;
  const client = octokit(connection, throttle);
  return Object.assign(client, { graphql: throttle ? octokit(connection, false).graphql : client.graphql });
}

function octokit(
  { token, apiUrl, fetch = toolkit.request?.fetch ?? globalThis.fetch, throttle = true, log }: Connection,
  spaced: boolean,
): Octokit {
  const secondMs = throttle ? 1000 : 1;
  const silent = () => {};
  const logger = { debug: silent, info: silent, warn: log ?? silent, error: log ?? silent };
  const settings: Record<string, unknown> = {
    ...getOctokitOptions(checkedToken(token), { userAgent: 'prompt-ratchet' }),
    baseUrl: checkedUrl(apiUrl),
    log: logger,
    request: { fetch: conditional(wholeBodies(fetch, TIMEOUT_MS)), log: logger },
    // The plugin repeats a POST and passes over Retry-After; see retry.ts.
    retry: { enabled: false },
    throttle: { ...limitHandlers(), retryAfterBaseValue: secondMs, ...(spaced ? {} : { write: unspaced, notifications: unspaced }) },
  };
  const client = new Octokit(settings);
  client.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = '2022-11-28';
  });
  client.hook.wrap('request', retrying(secondMs));
  client.hook.error('request', (error) => {
    throw explained(error);
  });
  return client;
}

/** Primary and secondary limits (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api): wait and ask again, within reason. */
function limitHandlers() {
  const worthWaiting = (waitS: number, _request: object, octokit: Octokit, retries: number) => {
    const wait = retries < LIMIT_RETRIES && waitS <= LONGEST_WAIT_S;
    if (wait) octokit.log.warn(`GitHub's rate limit is reached; waiting ${waitS} s.`);
    return wait;
  };
  return { onRateLimit: worthWaiting, onSecondaryRateLimit: worthWaiting, fallbackSecondaryRateRetryAfter: 60 };
}

/** Stands in for the throttling plugin's queue of writes. */
const unspaced = { key: () => ({ schedule: async <T>(_options: unknown, task: () => T) => task() }) };

function checkedToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UserError({
    file: 'github-token',
    what: 'there is no usable token',
    fix: "Pass the job's own token, github.token, which is the default.",
  });
}

function checkedUrl(apiUrl: string): string {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new UserError({
    file: 'GITHUB_API_URL',
    what: `"${apiUrl.slice(0, 200)}" is not a URL`,
    fix: 'It is usually https://api.github.com.',
  });
}
