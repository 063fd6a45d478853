import { asEdits, type Idea } from './proposer.ts';

/** The proposer's ideas in the form that a conversation asks for, as a capable model would give them. `think`: what it makes of a conversation. */
export function replyIn(conversation: string, think: (conversation: string) => Idea): string {
  if (conversation.includes('"edits"')) return asEdits(think(conversation));
  if (conversation.includes('new fields: `Feedback Summary`')) return `Feedback Summary: ${failuresIn(conversation).join('; ')}`;
  if (conversation.includes('new fields: `New Value`')) return `New Value: ${rewritten(axPrompt(conversation), think(conversation))}`;
  if (conversation.includes('"candidateCount"')) return JSON.stringify({ candidates: candidatesFor(conversation, think) });
  return `\`\`\`\n${rewritten(fenced(conversation), think(conversation))}\n\`\`\``;
}

/** What AxGEPA's summary is made of: the words of the scorer. */
function failuresIn(conversation: string): readonly string[] {
  return [
    ...new Set(conversation.match(/\br\d+ (lost: the answer has no readable form|wrong: not what requests of kind k\d+ need)/g) ?? []),
  ];
}

function axPrompt(conversation: string): string {
  return /\n\nCurrent Value: ([\s\S]*?)\n\nFeedback Summary: /.exec(conversation)?.[1] ?? '';
}

/** What GEPA quotes as the current instructions: the first fence. */
function fenced(conversation: string): string {
  return /```\n([\s\S]*?)\n```/.exec(conversation)?.[1] ?? '';
}

/** `promptfoo optimize` asks for several versions at once. */
function candidatesFor(conversation: string, think: (conversation: string) => Idea): readonly object[] {
  const count = Number(/"candidateCount": (\d+)/.exec(conversation)?.[1] ?? 1);
  const prompt: string = JSON.parse(/"currentPrompt": ("(?:[^"\\]|\\.)*")/.exec(conversation)?.[1] ?? '""');
  return Array.from({ length: count }, (_, at) => {
    const [instructions = '', ...rest] = prompt.split('{{input}}');
    const better = rewritten(instructions, think(`${conversation} ${at}`));
    return { hypothesis: 'It was missing.', prompt: rest.length === 0 ? better : `${better}\n{{input}}${rest.join('{{input}}')}` };
  });
}

function rewritten(prompt: string, idea: Idea): string {
  if (idea.kind === 'add') return `${prompt.trim()}\n${idea.line}`;
  return prompt
    .split('\n')
    .filter((line) => !idea.lines.includes(line))
    .join('\n');
}
