import { parseArgs } from 'node:util';
import { UserError } from '../../domain/problem.ts';
import { belongsTo, type Command, FLAGS, type FlagName, isCommand } from './commands.ts';

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

export type Flags =
  | CheckFlags
  | OptimizeFlags
  | { readonly command: 'version' }
  | { readonly command: 'help' /** The only command to tell of. */; readonly about?: Command };

/** UserError naming the argument that cannot be understood. */
export function readFlags(argv: readonly string[]): Flags {
  const { values, positionals } = parsed(argv);
  if (values['version'] === true) return { command: 'version' };
  const [command, ...named] = positionals;
  if (command === undefined) return { command: 'help' };
  if (!isCommand(command)) throw new UserError({ file: command, what: 'there is no such command', fix: noSuchCommand });
  if (values['help'] === true) return { command: 'help', about: command };
  refuseForeign(command, values);
  refuseEmpty(values);
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

/** A flag that would do nothing is a slip of the pen. */
function refuseForeign(command: Command, values: Readonly<Record<string, unknown>>): void {
  for (const [name, flag] of Object.entries(FLAGS)) {
    if (values[name] === undefined || belongsTo(flag, command)) continue;
    throw new UserError({ file: `--${name}`, what: `this flag does not belong to \`${command}\``, fix: 'See `prompt-ratchet --help`.' });
  }
}

/** Most likely a variable of the shell that is not set: for a folder it would mean this one. */
function refuseEmpty(values: Readonly<Record<string, unknown>>): void {
  const empty = Object.keys(values).find((name) => values[name] === '');
  if (empty === undefined) return;
  throw new UserError({ file: `--${empty}`, what: 'nothing stands behind it', fix: 'Write a value, or leave the flag out.' });
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
