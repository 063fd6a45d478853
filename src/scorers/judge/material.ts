import { createHash } from 'node:crypto';
import { visible } from '../../documents/visible.ts';

/** A piece of what a judge looks at, such as the answer. Its text is hostile. */
export interface Material {
  /** In capital letters, such as `ANSWER`. */
  readonly name: string;
  readonly text: string;
}

const longestText = 40_000;

/** Generous: tokens are three to four bytes of most texts, and the longer ones are spaces. */
const bytesPerToken = 8;

/** Most bytes that an answer of at most so many tokens takes between fences. */
export function answerBytes(tokens = Number.POSITIVE_INFINITY): number {
  return Math.min(4 * longestText, bytesPerToken * tokens);
}

/**
 * The pieces, each between two fences. A fence is a line that begins with `=====` and carries the mark; every line of a piece begins with
 * `| `, and no piece holds the mark, so that nothing written in a piece can stand outside of it or end it. What is invisible stands
 * there by name, and control tokens of chat templates are spelled so that no server takes them for such. Of a text over 40,000 characters
 * the middle is left out, in a line that only a fence can be.
 */
export function fenced(pieces: readonly Material[], mark: string): string {
  return pieces
    .map(({ name, text }) => [`===== ${name} ${mark} =====`, ...lines(text, mark), `===== END ${name} ${mark} =====`].join('\n'))
    .join('\n\n');
}

function lines(text: string, mark: string): readonly string[] {
  const spare = text.length - longestText;
  if (spare <= 0) return quoted(text);
  const half = longestText / 2;
  return [...quoted(text.slice(0, half)), `===== ${spare} characters left out here ${mark} =====`, ...quoted(text.slice(-half))];
}

const quoted = (text: string): readonly string[] =>
  visible(text)
    .replace(templateToken, (token) => `‹${token.slice(1)}`)
    .split('\n')
    .map((line) => `| ${line}`);

/** `<|im_end|>` and its like, `</s>`, `<start_of_turn>`, `<<SYS>>`, `[INST]`: some servers read them even inside a message. */
const templateToken =
  /<(?=[|｜])|<(?=\/?(?:s|bos|eos|start_of_turn|end_of_turn|system|user|assistant|think)>)|<(?=<\/?SYS>>)|\[(?=\/?INST\])/giu;

/**
 * A mark for these texts that is in none of them: 16 hexadecimal digits of a hash of all of them, so that the same request has the same mark, and
 * whoever wrote one of the texts could not know it. Where one held it nevertheless, the next hash is taken.
 */
export function markFor(texts: readonly string[]): string {
  for (let attempt = 0; ; attempt++) {
    const mark = createHash('sha256')
      .update(JSON.stringify([attempt, ...texts]))
      .digest('hex')
      .slice(0, 16);
    if (!texts.some((text) => text.toLowerCase().includes(mark))) return mark;
  }
}
