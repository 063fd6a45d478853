// A row a preset: what it asks, and how its worst and best level read.
import { markdownTable } from 'markdown-table';
import { cell, code } from './cells.mjs';

export function presetsTable(presets) {
  const rows = Object.entries(presets).map(([name, { summary, levels, needsContext, needsRules }]) => [
    code(name),
    cell(summary),
    `1: ${cell(levels[0])} ${levels.length}: ${cell(levels.at(-1))}`,
    [...(needsContext ? ['a context'] : []), ...(needsRules ? ['`rules`'] : [])].join(', '),
  ]);
  return markdownTable([['Preset', 'What it asks', 'Worst and best level', 'Needs'], ...rows], { alignDelimiters: false });
}
