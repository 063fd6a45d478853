import * as z from 'zod';
import { quote } from '../../quote.ts';
import { defineConstraint, unless } from '../definition.ts';
import { countWords, strippedStart } from './python.ts';
import { compared, relation, threshold } from './relation.ts';
import { countSentences } from './sentences.ts';

const numberOfSentences = defineConstraint({
  name: 'length_constraints:number_sentences',
  summary: 'IFEval: the answer has `relation` `num_sentences` sentences.',
  schema: z.strictObject({
    num_sentences: threshold.describe('The number they are compared with.'),
    relation: relation.describe('`at least` or `less than`.'),
  }),
  bind({ num_sentences: wanted, relation }) {
    return ({ text }) => compared(countSentences(text), relation, wanted, 'sentences');
  },
});

const numberOfWords = defineConstraint({
  name: 'length_constraints:number_words',
  summary: 'IFEval: the answer has `relation` `num_words` words, a word being a run of letters, numbers and underscores.',
  schema: z.strictObject({
    num_words: threshold.describe('The number they are compared with.'),
    relation: relation.describe('`at least` or `less than`.'),
  }),
  bind({ num_words: wanted, relation }) {
    return ({ text }) => compared(countWords(text), relation, wanted, 'words');
  },
});

const numberOfParagraphs = defineConstraint({
  name: 'length_constraints:number_paragraphs',
  summary: 'IFEval: the answer has exactly `num_paragraphs` paragraphs with the Markdown divider `***` between them.',
  schema: z.strictObject({ num_paragraphs: threshold.describe('How many there must be.') }),
  bind({ num_paragraphs: wanted }) {
    return ({ text }) => {
      const parts = text.split(/\s?\*\*\*\s?/).map((part) => part.trim() !== '');
      if (parts.slice(1, -1).includes(false)) return unless('has an empty paragraph between two dividers');
      const written = parts.filter(Boolean).length;
      return unless(written === wanted ? undefined : `has ${written} paragraphs divided by ***, not ${wanted}`);
    };
  },
});

const nthParagraphFirstWord = defineConstraint({
  name: 'length_constraints:nth_paragraph_first_word',
  summary:
    'IFEval: the answer has `num_paragraphs` paragraphs with an empty line between them, and paragraph `nth_paragraph` begins with `first_word`.',
  schema: z
    .strictObject({
      num_paragraphs: threshold.min(1).describe('How many there must be.'),
      nth_paragraph: threshold.min(1).describe('Which one is looked at, from 1.'),
      first_word: z.string().trim().min(1).describe('Its first word, in any case.'),
    })
    .refine(({ num_paragraphs, nth_paragraph }) => nth_paragraph <= num_paragraphs, {
      path: ['nth_paragraph'],
      error: 'must not be greater than num_paragraphs',
    }),
  bind({ num_paragraphs: wanted, nth_paragraph: nth, first_word: word }) {
    return ({ text }) => {
      const paragraphs = text.split('\n\n').map((paragraph) => paragraph.trim());
      const written = paragraphs.filter((paragraph) => paragraph !== '').length;
      if (written !== wanted) return unless(`has ${written} paragraphs, not ${wanted}`);
      const first = firstWord(paragraphs[nth - 1] ?? '');
      return unless(first === word.toLowerCase() ? undefined : `paragraph ${nth} begins with ${quote(first)}, not ${quote(word)}`);
    };
  },
});

/** In lower case, without opening quotation marks, up to the first punctuation mark. */
function firstWord(paragraph: string): string {
  const [token = ''] = paragraph.split(/\s/, 1);
  const bare = strippedStart(strippedStart(token, "'"), '"');
  return (bare.split(/[.,?!'"]/, 1)[0] ?? '').toLowerCase();
}

export const lengthKinds = [numberOfSentences, numberOfWords, numberOfParagraphs, nthParagraphFirstWord];
