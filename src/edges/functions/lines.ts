/**
 * Takes bytes apart into lines of UTF-8. `onLine` gets each without its end; once a line is longer than `mostBytes`, `onTooLong` is
 * called and nothing more is read.
 */
export function lineReader(mostBytes: number, onLine: (line: string) => void, onTooLong: () => void): (chunk: Buffer) => void {
  const line = { parts: [] as Buffer[], bytes: 0, isTooLong: false };

  const keep = (piece: Buffer): void => {
    line.bytes += piece.length;
    if (line.bytes <= mostBytes) line.parts.push(piece);
    else line.isTooLong = true;
  };

  const end = (): void => {
    const text = Buffer.concat(line.parts).toString('utf8');
    line.parts = [];
    line.bytes = 0;
    onLine(text);
  };

  return (chunk) => {
    if (line.isTooLong) return;
    const pieces = split(chunk);
    for (const [index, piece] of pieces.entries()) {
      keep(piece);
      if (line.isTooLong) return onTooLong();
      if (index < pieces.length - 1) end();
    }
  };
}

/** What stands between line feeds; the last piece has none after it. */
function split(chunk: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let start = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
    pieces.push(chunk.subarray(start, at));
    start = at + 1;
  }
  return [...pieces, chunk.subarray(start)];
}
