import type { Override } from '../../src/domain/evalset.ts';
import { everyConstraint, everyScorer } from '../../src/scorers/overrides.ts';
import { graderOf, unscorable } from '../../src/scorers/score.ts';
import { answer, example, spec } from './fixtures.ts';

const json = { name: 'json', options: {} };
const short = { name: 'length', options: { words: { max: 2 } } };
const overrides: Override[] = [
  { tag: 'chat', scorers: [spec('contains', { values: ['hello'] })] },
  { tag: 'free', constraints: [] },
];
const scoring = { scorers: [spec('exact')], constraints: [json], overrides };
const graded = (text: string, ...tags: string[]) =>
  graderOf(scoring)(answer(text), { ...example('yes'), tags }, () => Promise.reject(new Error('nobody is to be asked')));

describe('overrides by tag', () => {
  it.each([
    ['a row without such a tag is judged by what holds for all', 'yes', ['other'], { value: 0, broken: 'json' }],
    ['other scorers, the same constraints', '"hello there"', ['chat'], { value: 1, reason: expect.stringContaining('contains "hello"') }],
    ['which still come first', 'hello', ['chat'], { value: 0, broken: 'json' }],
    ['other constraints, the same scorers', 'yes', ['free'], { value: 1, reason: 'equals "yes"' }],
    ['one tag for the scorers and one for the constraints', 'oh hello', ['chat', 'free'], { value: 1 }],
  ])('%s', (_title, text, tags, expected) => {
    expect(graded(text, ...tags)).toMatchObject(expected);
  });

  it('are told where two of them speak of one thing', () => {
    const both = { ...scoring, overrides: [...overrides, { tag: 'mail', scorers: [spec('exact')] }] };
    expect(unscorable(both, { ...example('yes'), tags: ['mail', 'chat'] })).toBe('its tags "chat" and "mail" both override the scorers');
    expect(unscorable(both, { ...example('yes'), tags: ['mail', 'free'] })).toBeUndefined();
  });

  it('decide what an example must have', () => {
    expect(unscorable(scoring, example())).toMatch(/the scorer "exact" cannot score this example: it has no "expected"/);
    expect(unscorable(scoring, { ...example(), tags: ['chat'] })).toBeUndefined();
  });

  it('count for all that has to be made ready', () => {
    const nested = { kind: 'any', options: {}, weight: 1, members: [spec('regex', { pattern: 'x' })] };
    const all = { ...scoring, overrides: [{ tag: 'a', scorers: [nested], constraints: [short] }] };
    expect(everyConstraint(all)).toEqual([json, short]);
    expect(everyScorer(all).map(({ kind }) => kind)).toEqual(['exact', 'any', 'regex']);
  });
});
