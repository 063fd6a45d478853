import type * as z from 'zod';
import { UserError } from '../../domain/problem.ts';

/** `reply` in the form that `schema` says GitHub documents; a proxy's error page is not. `what` was asked for. */
export function understood<T>(schema: z.ZodType<T>, reply: unknown, what: string): T {
  const outcome = schema.safeParse(reply);
  if (outcome.success) return outcome.data;
  throw misunderstood(what);
}

/** What to say where an answer has another form than GitHub documents. */
export function misunderstood(what: string): UserError {
  return new UserError({
    what: `the answer for ${what} is not what GitHub documents`,
    fix: 'Check that GITHUB_API_URL is the API of a GitHub server, and that no proxy rewrites its answers.',
  });
}
