import { parseArgs } from 'node:util';
import { UserError } from '../../domain/problem.ts';

/** What can be asked for. */
const COMMANDS = {
  check: {
    does: 'Evaluates the old and the new version of every changed prompt on the same examples and says whether it got better or worse.',
  },
  merge: { does: 'Says what a check comes to whose parts were asked with `--shard`; it takes the same flags as they did.' },
  optimize: { does: 'Searches for a better version of one prompt within a budget, and says what held-out examples say of it.' },
} as const;

type Command = keyof typeof COMMANDS;

/** Each flag with what it takes (absent: nothing), what it does, and the only command it belongs to. */
const FLAGS = {
  base: { takes: 'REF|DIR', does: 'what to compare with (default: where the branch left the default branch)', of: ['check', 'merge'] },
  head: { takes: 'REF|DIR', does: 'what to compare or improve (default: the working tree)' },
  config: { takes: 'F', does: 'settings file (default: prompt-ratchet.yml)' },
  'settings-from': {
    takes: 'head|base',
    does: 'where settings and eval sets come from; CI takes the base’s (default: head)',
    of: ['check', 'merge'],
  },
  prompts: { takes: 'GLOBS', does: 'which files are prompts, separated by commas' },
  model: { takes: 'M', does: 'model for prompts that name none; `offline` is the embedded one' },
  'compare-models': {
    takes: 'OLD,NEW',
    does: 'compare two models on every prompt as it stands, and not two texts on one model',
    of: ['check', 'merge'],
  },
  'base-url': { takes: 'U', does: 'OpenAI-compatible endpoint, up to and including /v1' },
  'api-version': { takes: 'V', does: 'Azure OpenAI’s api-version' },
  'on-inconclusive': { takes: 'warn|fail', does: 'can only be stricter than the settings', of: ['check', 'merge'] },
  'max-calls': { takes: 'N', does: 'most requests to send; can only lower the settings’ cap' },
  'max-cost-usd': { takes: 'X', does: 'most to spend; can only lower the settings’ cap' },
  'max-minutes': { takes: 'N', does: 'longest that the calls may take together; can only lower the settings’ cap' },
  'allow-functions': { takes: 'true|false', does: '`false` turns function scorers off; they need the settings’ leave' },
  shard: { takes: 'I/N', does: 'ask the I-th of N parts only, and leave it in --out for `merge`', of: ['check', 'merge'] },
  out: { takes: 'DIR', does: 'write the report there: JSON, Markdown and what else it consists of' },
  cache: { takes: 'DIR', does: 'where answers are kept (default: your cache folder, or the settings’ `cache.dir`)' },
  'no-cache': { does: 'ask everything anew and keep nothing' },
  record: { takes: 'FILE', does: 'add every answer of this run to a recording' },
  replay: { takes: 'FILE', does: 'take every answer from a recording and ask nobody; with `--record`, ask what it lacks' },
  'judge-noise': { does: 'ask the judge twice about the base’s answers, and say how far its scores move', of: ['check', 'merge'] },
  plan: { does: 'print what a run would take, and stop', of: ['check', 'merge'] },
  search: { takes: 'WHEN', does: 'search for better versions: off, on-regression or always', of: ['check', 'merge'] },
  budget: { takes: 'N', does: 'most requests that one search may send, besides those that measure the prompt as it is' },
  threshold: { takes: 'X', does: 'score at which there is nothing left to search for, such as 0.95' },
  operators: { takes: 'LIST', does: 'what makes new versions, separated by commas (see docs/search.md)' },
  seed: { takes: 'N', does: 'equal seeds and equal answers give the same finding' },
  apply: { does: 'write what was found into the prompt’s file', of: ['optimize'] },
  version: { does: 'print the version' },
  help: { does: 'print this help' },
} as const;

type FlagName = keyof typeof FLAGS;

interface CommonFlags {
  /** The text of each flag that was given. */
  readonly given: Readonly<Partial<Record<FlagName, string>>>;
  readonly noCache: boolean;
}

export interface CheckFlags extends CommonFlags {
  readonly command: 'check' | 'merge';
  /** Where the shards are that are to be merged; none for a check. */
  readonly folders: readonly string[];
  readonly plan: boolean;
  readonly judgeNoise: boolean;
}

export interface OptimizeFlags extends CommonFlags {
  readonly command: 'optimize';
  readonly prompt: string;
  readonly apply: boolean;
}

export type Flags = CheckFlags | OptimizeFlags | { readonly command: 'version' } | { readonly command: 'help' };

/** UserError naming the argument that cannot be understood. */
export function readFlags(argv: readonly string[]): Flags {
  const { values, positionals } = parsed(argv);
  if (values['version'] === true) return { command: 'version' };
  const [command, ...named] = positionals;
  if (values['help'] === true || command === undefined) return { command: 'help' };
  if (!isCommand(command)) throw new UserError({ file: command, what: 'there is no such command', fix: noSuchCommand });
  refuseForeign(command, values);
  const given = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  const common = { given, noCache: values['no-cache'] === true };
  if (command === 'optimize') return { command, ...common, prompt: onePrompt(named), apply: values['apply'] === true };
  if (command === 'check') refuseExtra(named);
  if (command === 'merge' && named.length === 0)
    throw new UserError({
      file: 'merge',
      what: 'there is nothing to merge',
      fix: 'Name the folders that the shards left: `prompt-ratchet merge DIR…`.',
    });
  return { command, folders: named, ...common, plan: values['plan'] === true, judgeNoise: values['judge-noise'] === true };
}

function onePrompt([prompt, ...extra]: readonly string[]): string {
  refuseExtra(extra);
  if (prompt !== undefined) return prompt;
  throw new UserError({ file: 'optimize', what: 'no prompt is named', fix: 'Write `prompt-ratchet optimize prompts/name.md`.' });
}

function refuseExtra([extra]: readonly string[]): void {
  if (extra !== undefined)
    throw new UserError({ file: extra, what: 'this argument belongs to nothing', fix: 'See `prompt-ratchet --help`.' });
}

const noSuchCommand = 'Write `prompt-ratchet check`, `prompt-ratchet merge DIR…` or `prompt-ratchet optimize PROMPT`.';

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}

function belongsTo(flag: object, command: Command): boolean {
  return !('of' in flag) || (Array.isArray(flag.of) && flag.of.includes(command));
}

/** A flag that would do nothing is a slip of the pen. */
function refuseForeign(command: Command, values: Readonly<Record<string, unknown>>): void {
  for (const [name, flag] of Object.entries(FLAGS)) {
    if (values[name] === undefined || belongsTo(flag, command)) continue;
    throw new UserError({ file: `--${name}`, what: `this flag does not belong to \`${command}\``, fix: 'See `prompt-ratchet --help`.' });
  }
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
  '       prompt-ratchet optimize PROMPT [flags]',
  '',
  ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(27)} ${does}`),
  '',
  ...Object.entries(FLAGS).map(
    ([name, flag]) =>
      `  ${`--${name}${'takes' in flag ? ` ${flag.takes}` : ''}`.padEnd(27)} ${flag.does}${'of' in flag ? ` (${flag.of.join(', ')})` : ''}`,
  ),
  '',
  'Environment: OPENAI_API_KEY, OPENAI_BASE_URL, JUDGE_API_KEY, NO_COLOR.',
  'Exit codes: 0 passed, 1 regressed or failed by a strict setting, 2 could not measure, 3 bad input, 4 a bug of this tool.',
].join('\n');
