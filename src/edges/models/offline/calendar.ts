/** A day that is written somewhere in a text. */
export interface WrittenDay {
  /** As the text has it. */
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly iso: string;
  readonly at: number;
  readonly end: number;
}

const months = 'january february march april may june july august september october november december'.split(' ');
const monthName = `(?:${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`;

/** The three ways of writing a day that this model reads; a day of figures alone is taken as day, month, year. */
const forms: readonly { readonly pattern: RegExp; readonly parts: readonly ('day' | 'month' | 'year')[] }[] = [
  { pattern: /(?<![\p{L}\p{N}-])(\d{4})-(\d{2})-(\d{2})(?![\p{N}-])/gu, parts: ['year', 'month', 'day'] },
  { pattern: /(?<![\p{L}\p{N}./-])(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\p{N})/gu, parts: ['day', 'month', 'year'] },
  {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?(${monthName}),? (\\d{4})(?!\\p{N})`, 'giu'),
    parts: ['day', 'month', 'year'],
  },
  {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(${monthName}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\p{N})`, 'giu'),
    parts: ['month', 'day', 'year'],
  },
];

/** Every day in the text, in its order. */
export function daysIn(text: string): readonly WrittenDay[] {
  return forms
    .flatMap(({ pattern, parts }) =>
      [...text.matchAll(pattern)].flatMap((found) => {
        const part = (name: (typeof parts)[number]) => found[parts.indexOf(name) + 1]!;
        const month = monthOf(part('month'));
        const day = Number(part('day'));
        if (month < 1 || month > 12 || day < 1 || day > 31) return [];
        const iso = `${part('year')}-${two(month)}-${two(day)}`;
        return [{ text: found[0], iso, at: found.index, end: found.index + found[0].length }];
      }),
    )
    .sort((a, b) => a.at - b.at);
}

function monthOf(text: string): number {
  return /^\d/.test(text) ? Number(text) : months.findIndex((name) => name.startsWith(text.slice(0, 3).toLowerCase())) + 1;
}

const two = (value: number): string => String(value).padStart(2, '0');
