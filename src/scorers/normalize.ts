import { singleSpaced } from '../metrics/spaces.ts';

/** What may be done to an answer and to what is expected before they are compared. Each takes time linear in the text. */
const normalizations = {
  trim: (text: string) => text.trim(),
  lowercase: (text: string) => text.toLowerCase(),
  collapseSpaces: singleSpaced,
  trailingPeriod: (text: string) => (/[.。]$/.test(text) ? text.slice(0, -1) : text),
  quotes: unquoted,
  nfkc: (text: string) => text.normalize('NFKC'),
} as const;

export type Normalization = keyof typeof normalizations;

/** The names a settings file may use. */
export const normalizationNames = [
  'trim',
  'lowercase',
  'collapseSpaces',
  'trailingPeriod',
  'quotes',
  'nfkc',
] as const satisfies Normalization[];

/** The text after each of `names` in their order. */
export function normalize(text: string, names: readonly Normalization[]): string {
  return names.reduce((current, name) => normalizations[name](current), text);
}

const pairs: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
];

/** Without one pair of quotation marks around the whole text. */
function unquoted(text: string): string {
  const paired = pairs.some(([open, close]) => text.length >= 2 && text.startsWith(open) && text.endsWith(close));
  return paired ? text.slice(1, -1) : text;
}
