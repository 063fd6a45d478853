// What the tables of all benchmarks are drawn with.

const cell = (value) => String(value ?? '–');

export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}

export const promised = (target) => target.replace('<=', '≤').replace('>=', '≥');

export const kept = (met) => (met ? '✓' : '✗ missed');
