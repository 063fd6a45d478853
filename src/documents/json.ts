import { readJsonText } from './json-text.ts';
import { plainText, readEach } from './limits.ts';
import type { Located } from './located.ts';

/** The value of a JSON file. UserError naming line and key, also for keys that stand twice and for depth over 64. */
export function readJson(file: string, text: string): Located {
  return readJsonText(file, plainText(file, text), 1);
}

/**
 * The values of a JSON Lines file (https://jsonlines.org), one a line; blank lines are passed over, a carriage return before the
 * line's end is too. UserError with every line that is not JSON.
 */
export function readJsonLines(file: string, text: string): Located[] {
  const values = readEach(plainText(file, text).split('\n'), (line, index) =>
    line.trim() === '' ? undefined : readJsonText(file, line, index + 1),
  );
  return values.filter((value) => value !== undefined);
}
