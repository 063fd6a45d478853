/** A part of a text that says itself what it is, such as `Total: 99.00 EUR`. */
export interface LabelledPart {
  readonly label: string;
  readonly value: string;
}

const longestLine = 2_000;

/** `Label: value` at the start of a line or after a sign within it, and rows of a table with two columns; in the text's order. */
export function labelledParts(text: string): readonly LabelledPart[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (line.length > longestLine) return [];
    const row = tableRow(line);
    return row ? [row] : withinLine(line, lines[index + 1] ?? '');
  });
}

function tableRow(line: string): LabelledPart | undefined {
  const cells = line.trim().startsWith('|') ? line.trim().split('|').slice(1, -1) : [];
  return cells.length === 2 ? { label: cells[0]!, value: cells[1]! } : undefined;
}

const labelHead =
  /(?:^|[.;,|(–]|\s{2})[\s*_>#-]{0,20}(\p{L}(?:[\p{L}\p{N} #/&'’-]|\.(?! \p{Lu})){0,40}?)[*_]{0,2}\s?[:=](?:[*_]{0,2}\s|[*_]{0,2}$)/gu;

/** A label without a value has it on the next line. */
function withinLine(line: string, next: string): readonly LabelledPart[] {
  const heads = [...line.matchAll(labelHead)];
  return heads.map((head, index) => {
    const value = line.slice(head.index + head[0].length, heads[index + 1]?.index ?? line.length);
    return { label: head[1]!, value: value.trim() === '' ? next : value };
  });
}
