import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import { defineScorer } from './definition.ts';
import { expectedTexts, notTexts } from './expected.ts';
import { normalize } from './normalize.ts';
import { commonOptions, plain } from './options.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';

export const contains = defineScorer({
  kind: 'contains',
  summary: 'Passes if the answer contains every one of `values`, or of `expected` where no values are given.',
  schema: z.strictObject({
    ...commonOptions,
    values: z.array(plain).min(1).optional().describe('Texts that must all occur; default: `expected`, one text or a list.'),
    ignoreCase: z.boolean().default(false).describe('Whether upper and lower case are the same.'),
  }),
  bind(options) {
    const read = answerReader(options);
    const fold = (text: string) => (options.ignoreCase ? text.toLowerCase() : text);
    const wanted = (example: Example) => options.values?.map(String) ?? expectedTexts(example);
    return {
      requires(example) {
        const texts = wanted(example);
        if (!texts) return notTexts(example);
        return texts.some((text) => normalize(text, options.normalize) === '') ? 'an empty text is contained in every answer' : undefined;
      },
      score({ text }, example) {
        const answer = fold(read(text));
        const texts = wanted(example) ?? [];
        const missing = texts.filter((part) => !answer.includes(fold(normalize(part, options.normalize))));
        const pass = missing.length === 0;
        return {
          value: pass ? 1 : 0,
          pass,
          reason: pass ? `contains ${several(texts)}` : `does not contain ${several(missing)}: ${quote(answer)}`,
        };
      },
    };
  },
});

function several(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).map(quote).join(', ');
  return texts.length > 3 ? `${shown} and ${texts.length - 3} more` : shown;
}
