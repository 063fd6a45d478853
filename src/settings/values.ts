import * as z from 'zod';
import { explain } from '../documents/check.ts';
import { shown } from '../documents/words.ts';

// Kinds of value that both the settings file and the inputs have.

export const modelName = z.string().trim().min(1);

export const costUsd = z.number().min(0);

export const calls = z.int().min(1);

export const tokens = z.int().min(1);

/** Up to a week: more than any runner gives. */
export const minutes = z.number().gt(0).max(10_080);

export const onInconclusive = z.enum(['warn', 'fail']);

export const apiVersion = z
  .string()
  .regex(/^[\w.-]+$/, explain('this is no API version', 'Write it as the server documents it, such as 2024-10-21.'));

/** Address of an OpenAI-compatible API: http or https, without credentials, query and fragment. `keyInput` is where its key belongs. */
const address = (keyInput: string) =>
  z.string().superRefine((text, context) => {
    const message = urlFault(text, keyInput);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

export const baseUrl = address('api-key');

export const judgeBaseUrl = address('judge-api-key');

/** A file below the working directory. */
export const filePath = z
  .string()
  .min(1)
  .refine((path) => !/^\/|\\|^[A-Za-z]:|(^|\/)\.\.(\/|$)/.test(path), {
    error: explain('the path leads out of the repository', 'Write it from the working directory, with forward slashes and without "..".'),
  });

/** A picomatch pattern over paths below the repository's root. */
const glob = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !/^!?\/|\\|^[A-Za-z]:|(^|\/)\.\.(\/|$)/.test(text), {
    error: explain(
      'the pattern leads out of the repository',
      'Write it from the root of the repository, with forward slashes and without "..".',
    ),
  });

/** Patterns that together say which paths are meant; those that begin with `!` leave paths out. */
export const globs = z
  .array(glob)
  .min(1)
  .refine((patterns) => patterns.some((pattern) => !/^!(?!\()/.test(pattern)), {
    error: explain('every pattern leaves files out, and none says which are meant', 'Add one without "!", such as prompts/**/*.md.'),
  });

/** Does not quote the text where it may hold a password. */
function urlFault(text: string, keyInput: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    const what = text.includes('@') ? 'this is no http or https address' : `${shown(text)} is no http or https address`;
    return explain(what, 'Write it like https://llm.example.com/v1.');
  }
  if (url.username !== '' || url.password !== '')
    return explain('the address holds credentials', `Give the key as a secret, through the input ${keyInput}.`);
  if (url.search !== '' || url.hash !== '')
    return explain('the address holds a query or fragment', 'Remove it; an API version goes into its own setting.');
  return undefined;
}
