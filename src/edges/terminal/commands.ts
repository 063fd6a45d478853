// What can be asked for on the terminal, as data: the reader of arguments and the help both draw on it.

/** What can be asked for. */
export const COMMANDS = {
  check: {
    does: 'Evaluates the old and the new version of every changed prompt on the same examples and says whether it got better or worse.',
  },
  merge: { does: 'Says what a check comes to whose parts were asked with `--shard`; it takes the same flags as they did.' },
  optimize: { does: 'Searches for a better version of one prompt within a budget, and says what held-out examples say of it.' },
} as const;

export type Command = keyof typeof COMMANDS;

/** Each flag with what it takes (absent: nothing), what it does, and the only command it belongs to. */
export const FLAGS = {
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
  'no-cache': { does: 'ask everything anew and keep nothing, whatever `--cache` names' },
  record: { takes: 'FILE', does: 'add every answer of this run to a recording' },
  replay: { takes: 'FILE', does: 'take every answer from a recording and ask nobody; with `--record`, ask what it lacks' },
  'judge-noise': { does: 'ask the judge twice about the base’s answers, and say how far its scores move', of: ['check', 'merge'] },
  plan: { does: 'print what a run would take, or with `--shard` what that part would, and stop', of: ['check'] },
  search: { takes: 'WHEN', does: 'search for better versions: off, on-regression or always', of: ['check', 'merge'] },
  budget: { takes: 'N', does: 'most requests that one search may send, besides those that measure the prompt as it is' },
  threshold: { takes: 'X', does: 'score at which there is nothing left to search for, such as 0.95' },
  operators: { takes: 'LIST', does: 'what makes new versions, separated by commas (see docs/search.md)' },
  seed: { takes: 'N', does: 'equal seeds and equal answers give the same finding' },
  apply: { does: 'write what was found into the prompt’s file', of: ['optimize'] },
  version: { does: 'print the version' },
  help: { does: 'print this help' },
} as const;

export type FlagName = keyof typeof FLAGS;

/** Whether a word asks for a command; `toString` does not. */
export function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}

/** Whether a command takes the flag; one that names no commands belongs to all. */
export function belongsTo(flag: object, command: Command): boolean {
  return !('of' in flag) || (Array.isArray(flag.of) && flag.of.includes(command));
}
