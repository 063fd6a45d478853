import * as z from 'zod';
import { quote } from '../../quote.ts';
import { defineConstraint, unless } from '../definition.ts';
import { detector, mainLanguage, supportedLanguage } from '../detect.ts';
import { countCapitalWords } from './capitals.ts';
import { isLower, isUpper, strippedEnd, strippedStart } from './python.ts';
import { compared, relation, threshold } from './relation.ts';

const responseLanguage = defineConstraint({
  name: 'language:response_language',
  summary: 'IFEval: the answer is in `language`; an answer whose language nobody can tell counts as kept.',
  schema: z.strictObject({ language: supportedLanguage.describe('ISO 639-1 code, such as `de`.') }),
  bind({ language }) {
    return {
      ready: detector.load,
      check({ text }) {
        const found = mainLanguage(text, detector.get());
        return unless(found === undefined || found === language ? undefined : `is in the language "${found}", not "${language}"`);
      },
    };
  },
});

const twoResponses = defineConstraint({
  name: 'combination:two_responses',
  summary: 'IFEval: the answer is two different responses with six asterisks between them.',
  schema: z.strictObject({}),
  bind() {
    return ({ text }) => {
      const parts = text.split('******').map((part) => part.trim());
      if (parts.slice(1, -1).includes('')) return unless('has an empty response between two dividers');
      const written = parts.filter((part) => part !== '');
      if (written.length !== 2) return unless(`has ${written.length} responses divided by ******, not 2`);
      return unless(written[0] === written[1] ? 'gives the same response twice' : undefined);
    };
  },
});

const repeatPrompt = defineConstraint({
  name: 'combination:repeat_prompt',
  summary: 'IFEval: the answer begins with `prompt_to_repeat`, in any case.',
  schema: z.strictObject({ prompt_to_repeat: z.string().trim().min(1).describe('The text to repeat.') }),
  bind({ prompt_to_repeat: prompt }) {
    return ({ text }) =>
      unless(text.trim().toLowerCase().startsWith(prompt.toLowerCase()) ? undefined : `does not begin with ${quote(prompt)}`);
  },
});

const endChecker = defineConstraint({
  name: 'startend:end_checker',
  summary: 'IFEval: the answer ends with `end_phrase`, in any case.',
  schema: z.strictObject({ end_phrase: z.string().trim().min(1).describe('The last words.') }),
  bind({ end_phrase: phrase }) {
    return ({ text }) =>
      unless(
        strippedStart(strippedEnd(text.trim(), '"'), '"').toLowerCase().endsWith(phrase.toLowerCase())
          ? undefined
          : `does not end with ${quote(phrase)}`,
      );
  },
});

const quotation = defineConstraint({
  name: 'startend:quotation',
  summary: 'IFEval: the whole answer stands in double quotation marks.',
  schema: z.strictObject({}),
  bind() {
    return ({ text }) => {
      const whole = text.trim();
      const quoted = whole.length > 1 && whole.startsWith('"') && whole.endsWith('"');
      return unless(quoted ? undefined : 'does not stand in double quotation marks');
    };
  },
});

const capitalWords = defineConstraint({
  name: 'change_case:capital_word_frequency',
  summary: 'IFEval: words in capital letters only occur `capital_relation` `capital_frequency` times.',
  schema: z.strictObject({
    capital_frequency: threshold.describe('The number they are compared with.'),
    capital_relation: relation.describe('`at least` or `less than`.'),
  }),
  bind({ capital_frequency: wanted, capital_relation: how }) {
    return ({ text }) => compared(countCapitalWords(text), how, wanted, 'words in capital letters');
  },
});

const englishCapital = defineConstraint({
  name: 'change_case:english_capital',
  summary: 'IFEval: the answer is in English and in capital letters only.',
  schema: z.strictObject({}),
  bind: () => inEnglish(isUpper, 'is not in capital letters only'),
});

const englishLowercase = defineConstraint({
  name: 'change_case:english_lowercase',
  summary: 'IFEval: the answer is in English and in small letters only.',
  schema: z.strictObject({}),
  bind: () => inEnglish(isLower, 'is not in small letters only'),
});

function inEnglish(kept: (text: string) => boolean, broken: string) {
  return {
    ready: detector.load,
    check({ text }: { readonly text: string }) {
      if (!kept(text)) return unless(broken);
      const found = mainLanguage(text, detector.get());
      return unless(found === undefined || found === 'en' ? undefined : `is in the language "${found}", not "en"`);
    },
  };
}

const noComma = defineConstraint({
  name: 'punctuation:no_comma',
  summary: 'IFEval: the answer has no comma.',
  schema: z.strictObject({}),
  bind() {
    return ({ text }) => unless(text.includes(',') ? 'contains a comma' : undefined);
  },
});

export const wholeKinds = [
  responseLanguage,
  twoResponses,
  repeatPrompt,
  endChecker,
  quotation,
  capitalWords,
  englishCapital,
  englishLowercase,
  noComma,
];
