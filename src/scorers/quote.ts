const longestQuote = 80;

/** The text on one line in quotation marks, cut to a length that a reason can carry. */
export function quote(text: string): string {
  const line = text
    .slice(0, longestQuote * 4)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  const cut = characters.length > longestQuote || text.length > longestQuote * 4;
  return `"${cut ? `${characters.slice(0, longestQuote).join('')}…` : line}"`;
}
