import type { Seen } from './operator.ts';

const LONGEST = 300;

/** A row that a prompt can show. */
export interface WorkedExample {
  readonly input: string;
  readonly answer: string;
}

/** The row as a worked example; undefined where question or answer do not fit on a line, or could be taken for a placeholder. */
export function workedExampleOf({ example: { input, expected, messages } }: Seen): WorkedExample | undefined {
  if (input === undefined || messages.length > 0 || typeof expected !== 'string') return undefined;
  return [input, expected].every(isPlain) ? { input, answer: expected } : undefined;
}

function isPlain(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST && !text.includes('{{');
}

/** As it stands in the prompt. */
export function exampleText({ input, answer }: WorkedExample): string {
  const line = (text: string) => text.replace(/\s+/g, ' ').trim();
  return `Message: ${line(input)}\nAnswer: ${line(answer)}`;
}

/** Jaccard's likeness of two sets of words, in [0, 1]. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common += 1;
  return common === 0 ? 0 : common / (one.size + other.size - common);
}
