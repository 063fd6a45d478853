import { belongsTo, COMMANDS, type Command, FLAGS, isCommand } from './commands.ts';

const WIDTH = 100;

const exitCodes = ['passed', 'regressed, or failed by a strict setting', 'could not measure', 'bad input', 'a bug of this tool'];

const usages: Readonly<Record<Command, string>> = {
  check: 'prompt-ratchet check [flags]',
  merge: 'prompt-ratchet merge DIR… [flags]',
  optimize: 'prompt-ratchet optimize PROMPT [flags]',
};

/** What can be asked for, in lines of at most 100 columns: of one command, or of all, with those that a flag belongs to where not all know it. */
export function helpText(about?: Command): string {
  const commands = about === undefined ? Object.keys(COMMANDS).filter(isCommand) : [about];
  const flags = Object.entries(FLAGS).filter(([, flag]) => about === undefined || belongsTo(flag, about));
  const terms = commands.map((name) => [name, COMMANDS[name].does] as const);
  const flagTerms = flags.map(([name, flag]) => {
    const owners = about === undefined && 'of' in flag ? ` (${flag.of.join(', ')})` : '';
    return [`--${name}${'takes' in flag ? ` ${flag.takes}` : ''}`, `${flag.does}${owners}`] as const;
  });
  const left = Math.max(...[...terms, ...flagTerms].map(([term]) => term.length));
  const described = ([term, does]: readonly [string, string]) => `  ${term.padEnd(left)}  ${wrapped(does, left + 4)}`;
  return [
    ...commands.map((name, index) => `${index === 0 ? 'Usage:' : '      '} ${usages[name]}`),
    '',
    ...terms.map(described),
    '',
    ...flagTerms.map(described),
    '',
    'Environment: OPENAI_API_KEY, OPENAI_BASE_URL, JUDGE_API_KEY, NO_COLOR.',
    'Exit codes:',
    ...exitCodes.map((meaning, code) => `  ${code}  ${meaning}`),
  ].join('\n');
}

/** The text in lines that end at WIDTH, the later ones below where the first began. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (indent + longer.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
