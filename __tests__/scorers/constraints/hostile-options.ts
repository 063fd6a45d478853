import type { JsonObject } from '../../../src/domain/json.ts';

/** Options for every constraint that needs some. */
export const hostileOptions: Readonly<Record<string, JsonObject>> = {
  jsonSchema: { schema: { type: ['array', 'object'], items: { $ref: '#' }, uniqueItems: true, unevaluatedProperties: false } },
  sections: { headings: ['A'] },
  contains: { phrases: ['zz'], patterns: ['(a|b)+c$'] },
  notContains: { phrases: ['zz'], wholeWords: true },
  length: { characters: { min: 1 }, words: { min: 1 }, tokens: { max: 5 } },
  language: { languages: ['en'] },
  policy: { forbidden: [{ name: 'x', phrases: ['a'] }] },
  'keywords:existence': { keywords: ['a'] },
  'keywords:frequency': { keyword: 'a', frequency: 3, relation: 'at least' },
  'keywords:forbidden_words': { forbidden_words: ['a', 'aa'] },
  'keywords:letter_frequency': { letter: 'a', let_frequency: 3, let_relation: 'less than' },
  'language:response_language': { language: 'de' },
  'length_constraints:number_sentences': { num_sentences: 3, relation: 'at least' },
  'length_constraints:number_words': { num_words: 3, relation: 'at least' },
  'length_constraints:number_paragraphs': { num_paragraphs: 3 },
  'length_constraints:nth_paragraph_first_word': { num_paragraphs: 1, nth_paragraph: 1, first_word: 'a' },
  'detectable_content:number_placeholders': { num_placeholders: 3 },
  'detectable_content:postscript': { postscript_marker: 'P.S.' },
  'detectable_format:number_bullet_lists': { num_bullets: 3 },
  'detectable_format:number_highlighted_sections': { num_highlights: 3 },
  'detectable_format:multiple_sections': { section_spliter: 'a', num_sections: 3 },
  'combination:repeat_prompt': { prompt_to_repeat: 'a' },
  'startend:end_checker': { end_phrase: 'a' },
  'change_case:capital_word_frequency': { capital_frequency: 3, capital_relation: 'at least' },
};
