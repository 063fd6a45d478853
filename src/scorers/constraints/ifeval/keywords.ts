import * as z from 'zod';
import { quote } from '../../quote.ts';
import { defineConstraint, unless } from '../definition.ts';
import { countOf, hasWord } from './python.ts';
import { compared, relation, threshold } from './relation.ts';

const keyword = z.string().trim().min(1).max(1_000);
const keywordList = z.array(keyword).min(1).max(1_000);

const existence = defineConstraint({
  name: 'keywords:existence',
  summary: 'IFEval: the answer contains every one of `keywords`, in any case, also as a part of a longer word.',
  schema: z.strictObject({ keywords: keywordList.describe('Texts that must all occur.') }),
  bind({ keywords }) {
    return ({ text }) => {
      const folded = text.toLowerCase();
      const missing = keywords.find((word) => !folded.includes(word.toLowerCase()));
      return unless(missing === undefined ? undefined : `does not contain the keyword ${quote(missing)}`);
    };
  },
});

const frequency = defineConstraint({
  name: 'keywords:frequency',
  summary: 'IFEval: `keyword`, in any case and also as a part of a longer word, occurs `relation` `frequency` times.',
  schema: z.strictObject({
    keyword: keyword.describe('The text that is counted.'),
    frequency: threshold.describe('The number it is compared with.'),
    relation: relation.describe('`at least` or `less than`.'),
  }),
  bind({ keyword, frequency, relation }) {
    return ({ text }) => compared(countOf(text.toLowerCase(), keyword.toLowerCase()), relation, frequency, `times ${quote(keyword)}`);
  },
});

const forbiddenWords = defineConstraint({
  name: 'keywords:forbidden_words',
  summary: 'IFEval: none of `forbidden_words` occurs as a whole word, in any case.',
  schema: z.strictObject({ forbidden_words: keywordList.describe('Words that must not occur.') }),
  bind({ forbidden_words: forbidden }) {
    return ({ text }) => {
      const folded = text.toLowerCase();
      const found = forbidden.find((word) => hasWord(folded, word.toLowerCase()));
      return unless(found === undefined ? undefined : `contains the forbidden word ${quote(found)}`);
    };
  },
});

const letterFrequency = defineConstraint({
  name: 'keywords:letter_frequency',
  summary: 'IFEval: `letter`, in either case, occurs `let_relation` `let_frequency` times.',
  schema: z.strictObject({
    letter: z
      .string()
      .refine((letter) => Array.from(letter).length === 1 && letter.trim() !== '', { error: 'must be one character' })
      .describe('One character.'),
    let_frequency: threshold.describe('The number it is compared with.'),
    let_relation: relation.describe('`at least` or `less than`.'),
  }),
  bind({ letter, let_frequency: wanted, let_relation: how }) {
    return ({ text }) => compared(countOf(text.toLowerCase(), letter.toLowerCase()), how, wanted, `letters ${quote(letter)}`);
  },
});

export const keywordKinds = [existence, frequency, forbiddenWords, letterFrequency];
