import * as z from 'zod';
import type { Json } from '../../domain/json.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { quote } from '../quote.ts';
import { defineConstraint, unless } from './definition.ts';

/** The value, or the clause that says why the text is not JSON. */
export function readJson(text: string): { readonly value: Json } | { readonly problem: string } {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { problem: explained(text, error) };
  }
}

function explained(text: string, error: unknown): string {
  if (text.trim() === '') return 'is empty, not JSON';
  if (error instanceof RangeError) return `is ${error.message}: ${quote(text)}`;
  const message = error instanceof Error ? error.message : '';
  const place = /at position (\d+)/.exec(message)?.[1];
  const breaksOff = /end of JSON input|Unterminated/.test(message) || Number(place) >= text.trimEnd().length;
  if (breaksOff) return `is JSON that breaks off: …${quote(text.slice(-40))}`;
  if (place === undefined) return `is not valid JSON: ${quote(text)}`;
  return `is not valid JSON from character ${Number(place) + 1} on: ${quote(text.slice(Number(place)))}`;
}

/** How JSON may be written in an answer. */
export const jsonOptions = {
  fence: z
    .boolean()
    .default(false)
    .describe('Whether one Markdown code fence (``` or ```json) may stand around the JSON, with nothing but white space outside.'),
};

/** The answer's text without one fence around all of it, where that is allowed. */
export function jsonText(text: string, { fence }: { readonly fence: boolean }): string {
  const whole = text.trim();
  return fence && whole.length >= 6 && whole.startsWith('```') && whole.endsWith('```') ? unfenced(whole) : whole;
}

function unfenced(whole: string): string {
  const firstLine = whole.indexOf('\n');
  const language = whole.slice(3, firstLine).trim().toLowerCase();
  return firstLine > 0 && (language === '' || language === 'json') ? whole.slice(firstLine, -3) : whole;
}

export const json = defineConstraint({
  name: 'json',
  summary: 'The whole answer is one JSON value (RFC 8259).',
  schema: z.strictObject(jsonOptions),
  bind(options) {
    return ({ text }) => {
      const parsed = readJson(jsonText(text, options));
      return unless('problem' in parsed ? parsed.problem : undefined);
    };
  },
});
