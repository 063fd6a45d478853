import { parseArgs } from 'node:util';
import { UserError } from '../../domain/problem.ts';

/** Each flag with what it takes (absent: nothing) and what it does. */
const FLAGS = {
  base: { takes: 'REF|DIR', does: 'what to compare with (default: where the branch left the default branch)' },
  head: { takes: 'REF|DIR', does: 'what to compare (default: the working tree)' },
  config: { takes: 'F', does: 'settings file (default: prompt-ratchet.yml)' },
  'settings-from': { takes: 'head|base', does: 'where settings and eval sets come from; CI takes the base’s (default: head)' },
  prompts: { takes: 'GLOBS', does: 'which files are prompts, separated by commas' },
  model: { takes: 'M', does: 'model for prompts that name none; `offline` is the embedded one' },
  'base-url': { takes: 'U', does: 'OpenAI-compatible endpoint, up to and including /v1' },
  'api-version': { takes: 'V', does: 'Azure OpenAI’s api-version' },
  'on-inconclusive': { takes: 'warn|fail', does: 'can only be stricter than the settings' },
  'max-calls': { takes: 'N', does: 'most requests to send; can only lower the settings’ cap' },
  'max-cost-usd': { takes: 'X', does: 'most to spend; can only lower the settings’ cap' },
  'max-minutes': { takes: 'N', does: 'longest that the calls may take together; can only lower the settings’ cap' },
  'allow-functions': { takes: 'true|false', does: '`false` turns function scorers off; they need the settings’ leave' },
  shard: { takes: 'I/N', does: 'ask the I-th of N parts only, and leave it in --out for `merge`' },
  out: { takes: 'DIR', does: 'write the report there: JSON, Markdown, JUnit XML, SARIF, and every trial' },
  cache: { takes: 'DIR', does: 'where answers are kept (default: your cache folder, or the settings’ `cache.dir`)' },
  'no-cache': { does: 'ask everything anew and keep nothing' },
  record: { takes: 'FILE', does: 'add every answer of this run to a recording' },
  replay: { takes: 'FILE', does: 'take every answer from a recording and ask nobody; with `--record`, ask what it lacks' },
  'judge-noise': { does: 'ask the judge twice about the base’s answers, and say how far its scores move' },
  plan: { does: 'print what a run would take, and stop' },
  version: { does: 'print the version' },
  help: { does: 'print this help' },
} as const;

type FlagName = keyof typeof FLAGS;

export interface CheckFlags {
  readonly command: 'check' | 'merge';
  /** Where the shards are that are to be merged; none for a check. */
  readonly folders: readonly string[];
  /** The text of each flag that was given. */
  readonly given: Readonly<Partial<Record<FlagName, string>>>;
  readonly plan: boolean;
  readonly noCache: boolean;
  readonly judgeNoise: boolean;
}

export type Flags = CheckFlags | { readonly command: 'version' } | { readonly command: 'help' };

/** UserError naming the argument that cannot be understood. */
export function readFlags(argv: readonly string[]): Flags {
  const { values, positionals } = parsed(argv);
  if (values['version'] === true) return { command: 'version' };
  const [command, ...folders] = positionals;
  if (values['help'] === true || command === undefined) return { command: 'help' };
  if (command !== 'check' && command !== 'merge')
    throw new UserError({
      file: command,
      what: 'there is no such command',
      fix: 'Write `prompt-ratchet check` or `prompt-ratchet merge`.',
    });
  if (command === 'check' && folders[0] !== undefined)
    throw new UserError({ file: folders[0], what: 'this argument belongs to nothing', fix: 'See `prompt-ratchet --help`.' });
  if (command === 'merge' && folders.length === 0)
    throw new UserError({
      file: 'merge',
      what: 'there is nothing to merge',
      fix: 'Name the folders that the shards left: `prompt-ratchet merge DIR…`.',
    });
  const given = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  return {
    command,
    folders,
    given,
    plan: values['plan'] === true,
    noCache: values['no-cache'] === true,
    judgeNoise: values['judge-noise'] === true,
  };
}

function parsed(argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [name, { type: 'takes' in flag ? ('string' as const) : ('boolean' as const) }]),
  );
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UserError({
      what: error instanceof Error ? error.message.split(/[.\n]/)[0]! : 'the arguments cannot be read',
      fix: 'See `prompt-ratchet --help`.',
    });
  }
}

export const helpText = [
  'Usage: prompt-ratchet check [flags]',
  '       prompt-ratchet merge DIR… [flags]',
  '',
  'Evaluates the old and the new version of every changed prompt on the same examples and says whether it got better or worse.',
  '`merge` says so for a check whose parts were asked with `--shard`; it takes the same flags as they did.',
  '',
  ...Object.entries(FLAGS).map(([name, flag]) => `  ${`--${name}${'takes' in flag ? ` ${flag.takes}` : ''}`.padEnd(27)} ${flag.does}`),
  '',
  'Environment: OPENAI_API_KEY, OPENAI_BASE_URL, NO_COLOR.',
  'Exit codes: 0 passed, 1 regressed or failed by a strict setting, 2 could not measure, 3 bad input, 4 a bug of this tool.',
].join('\n');
