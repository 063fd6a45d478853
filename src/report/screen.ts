import type { Verdict } from '../domain/verdict.ts';
import { grouped } from './numbers.ts';
import { wrap } from './terminal-text.ts';

/** How the text is to be written. `width`: columns to wrap sentences at; tables and quoted texts keep their own. */
export interface Screen {
  readonly color: boolean;
  readonly width: number;
  /** Whether no `report.json` is written beside it, for want of a folder. */
  readonly unwritten?: boolean;
}

type Color = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

/** SGR codes that switch it on and off (ECMA-48, 8.3.117). */
const codes: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** What a verdict stands out by. */
export const verdictColor: Readonly<Record<Verdict, Color>> = {
  improved: 'green',
  'no-worse': 'green',
  regressed: 'red',
  inconclusive: 'yellow',
  'not-evaluated': 'dim',
  'could-not-measure': 'red',
  'bad-input': 'red',
};

/** Where the rest stands that a screen has no room for. */
export const fullReport = ({ unwritten = false }: Screen): string => (unwritten ? 'report.json, which `--out DIR` writes' : 'report.json');

/** In colour where the screen has any. */
export function paint({ color }: Screen, name: Color, text: string): string {
  const [on, off] = codes[name];
  return color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** At most `most` wrapped bullets, and how many more there would be. */
export function bullets(lines: readonly string[], most: number, { width }: Screen): string {
  const more = lines.length > most ? [`… and ${grouped(lines.length - most)} more`] : [];
  return [...lines.slice(0, most), ...more].map((line) => `- ${wrap(line, width - 2, '  ')}`).join('\n');
}

/** A heading above what it names; nothing where there is nothing. */
export const block = (title: string, content: string, screen: Screen): string =>
  content === '' ? '' : `${paint(screen, 'bold', title)}\n${content}`;

/** Every line further in, but for empty ones. */
export const indented = (text: string, indent: string): string => text.replace(/^(?=.)/gm, indent);
