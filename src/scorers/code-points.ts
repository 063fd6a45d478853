/** The character that begins at `position` (UTF-16 units), a whole pair where it is one; empty at the end. */
export function characterAt(text: string, position: number): string {
  const code = text.codePointAt(position);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The character that ends before `position`, likewise; empty at the start. */
export function characterBefore(text: string, position: number): string {
  const pair = position >= 2 ? characterAt(text, position - 2) : '';
  return pair.length === 2 ? pair : text.charAt(position - 1);
}
