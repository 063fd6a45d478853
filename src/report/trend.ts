import type { PromptReport } from './model.ts';

const MOST_POINTS = 12;
/** Points of score beyond the lowest and the highest. */
const ROOM = 5;

/** The diagram's own colors are pale: on white its first line can hardly be seen. This blue can, on black too. */
const look = '%%{init: {"xyChart": {"width": 700, "height": 240}, "themeVariables": {"xyChart": {"plotColorPalette": "#2f81f7"}}}}%%';

/** A prompt's scores on the default branch and here, as a chart that GitHub draws; '' with fewer than two before. Holds no text of others. */
export function trendChart({ trend = [], head }: PromptReport): string {
  const points = trend.slice(-MOST_POINTS);
  if (points.length < 2 || head === undefined) return '';
  const percents = [...points.map(({ score }) => score), head.score].map((score) => Math.round(score * 1000) / 10);
  const names = [...points.map(({ sha }) => sha.slice(0, 7)), 'here'].map((name) => JSON.stringify(name.replaceAll(/[^\w]/g, '')));
  const low = Math.max(0, Math.floor(Math.min(...percents) - ROOM));
  const high = Math.min(100, Math.ceil(Math.max(...percents) + ROOM));
  return [
    '```mermaid',
    look,
    'xychart-beta',
    `  x-axis [${names.join(', ')}]`,
    `  y-axis "score in %" ${low} --> ${high}`,
    `  line [${percents.join(', ')}]`,
    '```',
  ].join('\n');
}
