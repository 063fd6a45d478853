/** What somebody asks for in a comment. */
export type Command =
  | { readonly verb: 'help' | 'rerun' | 'apply' }
  | { readonly verb: 'accept'; readonly reason: string }
  /** Absent budget: the settings'. */
  | { readonly verb: 'optimize'; readonly calls?: number };

/** A comment that is no command, one that means to be, and one that is. */
export type Parsed =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed'; readonly sentence: string }
  | { readonly kind: 'command'; readonly command: Command };

/** Of the first line. */
const MOST_CHARACTERS = 300;
const MOST_REASON = 200;

/**
 * The command in a comment: its first line, from the first character on, and nothing else. What is quoted, indented, in a code block, or on a later
 * line is talk about commands.
 */
export function parseCommand(body: string): Parsed {
  const line = /^[^\r\n]{0,301}/.exec(body)![0];
  const [, asked] = /^\/ratchet(?:[ \t]+([^\r\n]*?))?[ \t]*$/.exec(line) ?? [];
  if (!/^\/ratchet(?:[ \t]|$)/.test(line)) return { kind: 'none' };
  if (line.length > MOST_CHARACTERS) return { kind: 'malformed', sentence: `A command has at most ${MOST_CHARACTERS} characters.` };
  const [, verb = '', rest = ''] = /^(\S*)[ \t]*(.*)$/.exec(asked ?? '')!;
  return Object.hasOwn(readers, verb) ? readers[verb]!(rest) : { kind: 'malformed', sentence: 'There is no such command.' };
}

const readers: Readonly<Record<string, (rest: string) => Parsed>> = {
  '': (rest) => alone('help', rest),
  help: (rest) => alone('help', rest),
  rerun: (rest) => alone('rerun', rest),
  apply: (rest) => alone('apply', rest),
  optimize: (rest) => {
    if (rest === '') return { kind: 'command', command: { verb: 'optimize' } };
    const calls = /^\d{1,6}$/.test(rest) ? Number(rest) : 0;
    if (calls > 0) return { kind: 'command', command: { verb: 'optimize', calls } };
    return { kind: 'malformed', sentence: 'A budget is a number of calls, as in `/ratchet optimize 400`.' };
  },
  accept: (rest) => {
    const reason = /^"([^"]*)"$/.exec(rest.replaceAll(/[“”]/g, '"'))?.[1]?.trim() ?? '';
    const isFit = reason.length >= 3 && reason.length <= MOST_REASON;
    if (isFit && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(reason)) return { kind: 'command', command: { verb: 'accept', reason } };
    return {
      kind: 'malformed',
      sentence: `An acceptance has a reason of 3 to ${MOST_REASON} characters in quotes, as in \`/ratchet accept "the new tone is wanted"\`.`,
    };
  },
};

function alone(verb: 'help' | 'rerun' | 'apply', rest: string): Parsed {
  if (rest === '') return { kind: 'command', command: { verb } };
  return { kind: 'malformed', sentence: `\`/ratchet ${verb}\` takes nothing more.` };
}

/** What may be written, for whoever asks. */
export const helpText = [
  '| Comment | What happens |',
  '| :- | :- |',
  '| `/ratchet rerun` | The check of the newest commit runs again. |',
  '| `/ratchet accept "reason"` | The newest commit may be merged although its check failed. Gone on the next push. |',
  '| `/ratchet optimize [calls]` | A better version of each changed prompt is searched for, with so many calls of search at most. |',
  '| `/ratchet apply` | The verified suggestion becomes a commit on this branch. |',
  '| `/ratchet help` | This. |',
  '',
  'A command is the first line of a new comment, by somebody who may write to this repository.',
].join('\n');
