import * as z from 'zod';
import { defineScorer } from './definition.ts';
import { expectedTexts, notTexts } from './expected.ts';
import { normalize } from './normalize.ts';
import { commonOptions } from './options.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';

export const exact = defineScorer({
  kind: 'exact',
  summary: 'Passes if the answer equals `expected`, or one of them where `expected` is a list.',
  schema: z.strictObject(commonOptions),
  bind(options) {
    const read = answerReader(options);
    return {
      requires: (example) => (expectedTexts(example) ? undefined : notTexts(example)),
      score({ text }, example) {
        const answer = read(text);
        const accepted = expectedTexts(example) ?? [];
        const pass = accepted.some((expected) => normalize(expected, options.normalize) === answer);
        return {
          value: pass ? 1 : 0,
          pass,
          reason: pass ? `equals ${quote(answer)}` : `expected ${listed(accepted)}, got ${quote(answer)}`,
        };
      },
    };
  },
});

function listed(accepted: readonly string[]): string {
  const shown = accepted.slice(0, 3).map(quote).join(' or ');
  return accepted.length > 3 ? `${shown} or ${accepted.length - 3} more` : shown;
}
