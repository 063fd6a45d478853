import { asEdits, type Idea } from './proposer.ts';

/** The proposer's idea in the form that a conversation asks for, as a capable model would give it. */
export function replyIn(conversation: string, idea: Idea): string {
  if (conversation.includes('"edits"')) return asEdits(idea);
  return `\`\`\`\n${rewritten(currentPrompt(conversation), idea)}\n\`\`\``;
}

/** What GEPA quotes as the current instructions: the first fence. */
function currentPrompt(conversation: string): string {
  return /```\n([\s\S]*?)\n```/.exec(conversation)?.[1] ?? '';
}

function rewritten(prompt: string, idea: Idea): string {
  if (idea.kind === 'add') return `${prompt.trim()}\n${idea.line}`;
  return prompt
    .split('\n')
    .filter((line) => !idea.lines.includes(line))
    .join('\n');
}
