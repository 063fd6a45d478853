import { RequestError } from 'octokit';
import { type Problem, UserError } from '../../domain/problem.ts';
import { retryAfterS } from './retry.ts';

/** GitHub did not do what was asked, said as a sentence for the person who set the workflow up. */
export class GitHubRefusal extends UserError {
  /** HTTP status; undefined when GitHub could not be reached. */
  readonly status: number | undefined;
  /** GitHub's own words, on one line. */
  readonly words: string;

  constructor(problem: Problem, words: string, status?: number) {
    super(problem);
    this.status = status;
    this.words = words;
  }

  /** Whether GitHub is at fault, and not the token or the workflow. */
  get isOutage(): boolean {
    return this.status === undefined || this.status === 429 || this.status >= 500;
  }
}

/** Whether GitHub will not let the token do it, which it also words as "not found". */
export function isForbidden(error: unknown): error is GitHubRefusal {
  return error instanceof GitHubRefusal && (error.status === 403 || error.status === 404);
}

/** What the token may not do, said as a value: whatever it was is not worth failing for. */
export interface Forbidden {
  readonly kind: 'forbidden';
  readonly sentence: string;
}

/** What `asking` comes to, or that GitHub will not let the token do it. Any other refusal is thrown. */
export async function orForbidden<T>(asking: () => Promise<T>, sentenceOf: (refusal: GitHubRefusal) => string): Promise<T | Forbidden> {
  try {
    return await asking();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return { kind: 'forbidden', sentence: sentenceOf(error) };
  }
}

/** Whether GitHub may have done all the same what it failed at: it is to be looked for before it is asked for again. */
export function failedHalfWay(error: unknown): boolean {
  return error instanceof GitHubRefusal && (error.status === undefined || error.status >= 500);
}

/** Turns the client's error into a refusal that names the permission or the fix; other errors are bugs and stay what they are. */
export function explained(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  const words = oneLine(error.message.replace(/ - https:\/\/\S+$/, ''));
  const status = error.response === undefined ? undefined : error.status;
  return new GitHubRefusal(problemOf(error, status, words), words, status);
}

function problemOf(error: RequestError, status: number | undefined, words: string): Problem {
  const { method, url } = error.request;
  const { origin, pathname } = new URL(url);
  const asked = `${method} ${pathname}`;
  const said = `GitHub answered ${status} "${words}" to ${asked}`;
  if (status === undefined)
    return {
      what: `GitHub could not be reached at ${origin} (${words})`,
      fix: 'Run the job again; check GITHUB_API_URL and the proxy if it stays so.',
    };
  if (status === 401)
    return { file: 'github-token', what: said, fix: "It is wrong or has expired; the default is the job's own token, github.token." };
  if (isRateLimited(error)) return { what: said, fix: `The token's rate limit is used up; run the job again${later(error)}.` };
  if (status === 403)
    return { file: 'github-token', what: said, fix: `The token needs \`${permissionFor(method, pathname)}\`: ${howToGrant}.` };
  if (status === 404)
    return {
      file: 'github-token',
      what: said,
      fix: `There is no such thing, or the token may not see it: it needs \`${permissionFor(method, pathname)}\`: ${howToGrant}.`,
    };
  if (status >= 500) return { what: said, fix: 'The fault is on its side: run the job again (https://www.githubstatus.com).' };
  return { what: said };
}

const howToGrant = 'add it under `permissions:` of the job';

function isRateLimited(error: RequestError): boolean {
  if (error.status === 429) return true;
  return error.status === 403 && (error.response?.headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(error.message));
}

function later(error: RequestError): string {
  const reset = Number(error.response?.headers['x-ratelimit-reset']);
  const waitS = retryAfterS(error);
  if (waitS !== undefined) return ` in ${waitS} seconds`;
  return reset > 0 ? ` after ${new Date(reset * 1000).toISOString().slice(11, 16)} UTC` : ' later';
}

/** The workflow permission that a request needs (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps). */
function permissionFor(method: string, pathname: string): string {
  const area = areas.find(([part]) => part.test(pathname))?.[1] ?? 'contents';
  return `${area}: ${method === 'GET' ? 'read' : 'write'}`;
}

const areas: readonly (readonly [RegExp, string])[] = [
  [/\/(issues|pulls)\//, 'pull-requests'],
  [/\/check-runs(\/|$)/, 'checks'],
  [/\/actions\//, 'actions'],
];

function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
