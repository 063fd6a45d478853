import * as z from 'zod';
import { explain } from '../documents/check.ts';
import { type Problem, UserError } from '../domain/problem.ts';

const reference = /\$\{([A-Za-z_]\w*)\}/g;

/** Set by the HTTP client itself; another value would break the request's framing. */
const framing = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** Header name → value, in which `${NAME}` stands for an environment variable. */
export const headersSchema = z.record(z.string(), z.string()).superRefine((headers, context) => {
  for (const [name, value] of Object.entries(headers)) {
    const message = nameFault(name) ?? valueFault(value);
    if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
  }
});

/** The headers with `${NAME}` replaced by what `env` holds. UserError for a variable that is not set, or whose value no header can carry; `file` and `key` are where they stand. */
export function expandHeaders(
  headers: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
  { file, key = 'headers' }: { readonly file: string; readonly key?: string },
): Record<string, string> {
  const problems: Problem[] = [];
  const expanded = Object.entries(headers).map(([name, template]) => {
    const wrong = (what: string, fix: string) => void problems.push({ file, key: `${key}.${name}`, what, fix });
    const value = template.replace(reference, (_, variable: string) => {
      const held = Object.hasOwn(env, variable) ? env[variable] : undefined;
      if (!held) wrong(`the environment variable ${variable} is not set`, 'Set it; in a workflow, under "env:" of the step.');
      return held ?? '';
    });
    if (isUnsendable(value))
      wrong('the value holds a line break or another character that no header can carry', 'Mend the environment variable.');
    return [name, value] as const;
  });
  if (problems.length > 0) throw new UserError(...problems);
  return Object.fromEntries(expanded);
}

/** RFC 9110, section 5.6.2: a token. */
function nameFault(name: string): string | undefined {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return explain('this is no name of a header', 'Use letters, digits and "-".');
  if (framing.has(name.toLowerCase())) return explain('this header belongs to the connection and cannot be set', 'Remove it.');
  return undefined;
}

function valueFault(value: string): string | undefined {
  if (isUnsendable(value)) return explain('the value holds a line break or another character that no header can carry', 'Remove it.');
  const rest = value.replace(reference, '');
  return rest.includes(`\${`) ? explain('"$" and "{" begin no reference to an environment variable', `Write it as \${NAME}.`) : undefined;
}

/** RFC 9110, section 5.5: visible characters, space and tab; above ASCII only what Latin-1 has. */
function isUnsendable(value: string): boolean {
  return /[^\t\u0020-\u007e\u0080-\u00ff]/.test(value);
}
