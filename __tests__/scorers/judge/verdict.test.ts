import { criteriaOf } from '../../../src/scorers/judge/criterion.ts';
import { readFindings, readPreference } from '../../../src/scorers/judge/verdict.ts';
import { answer } from '../fixtures.ts';

const criteria = criteriaOf(['clarity', { name: 'is it honest?'.replace('?', ''), question: 'Is it?', levels: ['no', 'yes'] }]);
const mark = '0123456789abcdef';
const good = { mark, clarity: { reason: 'plain words', level: 4 }, is_it_honest: { reason: 'no lies', level: 2 } };
const findings = [
  { level: 4, reason: 'plain words' },
  { level: 2, reason: 'no lies' },
];
const json = JSON.stringify(good);

describe('a verdict', () => {
  it.each([
    ['alone', json],
    ['in a code fence', `\`\`\`json\n${JSON.stringify(good, null, 2)}\n\`\`\``],
    ['after prose with braces and quotes', `I weighed {both} sides: it's "fine".\n\n${json}\nThat is all.`],
    ['said twice alike', `${json}\n${json}`],
    ['after an object of another kind', `{"note": "draft"} ${json}`],
    ['with levels as text', JSON.stringify({ ...good, clarity: { reason: 'plain words', level: '4' } })],
    ['with further keys', JSON.stringify({ ...good, confidence: 1 })],
  ])('is read where it stands %s', (_, text) => {
    expect(readFindings(answer(text), mark, criteria)).toEqual(findings);
  });

  it('may leave out its reasons', () => {
    expect(readFindings(answer(JSON.stringify({ ...good, clarity: { level: 1 } })), mark, criteria)).toEqual([
      { level: 1, reason: '' },
      findings[1],
    ]);
  });

  it.each([
    ['prose', 'The answer deserves level 4.', 'it holds no JSON object'],
    ['nothing', '', 'it holds no JSON object'],
    ['cut JSON', json.slice(0, -3), 'it does not carry the mark'],
    ['no mark', JSON.stringify({ ...good, mark: undefined }), 'it does not carry the mark'],
    ['another mark', json.replace(mark, 'fedcba9876543210'), 'it does not carry the mark'],
    ['a mark as another type', JSON.stringify({ ...good, mark: [mark] }), 'it does not carry the mark'],
    ['a verdict inside another object', JSON.stringify({ verdict: good }), 'it does not carry the mark'],
    ['a missing criterion', JSON.stringify({ ...good, clarity: undefined }), 'it has no valid level for clarity'],
    ['a level between two', JSON.stringify({ ...good, clarity: { level: 3.5 } }), 'it has no valid level for clarity'],
    ['a level above the best', JSON.stringify({ ...good, is_it_honest: { level: 3 } }), 'it has no valid level for is_it_honest'],
    ['a level below the worst', JSON.stringify({ ...good, clarity: { level: 0 } }), 'it has no valid level for clarity'],
    ['a bare number', JSON.stringify({ ...good, clarity: 4 }), 'it has no valid level for clarity'],
    ['inherited keys', `{"mark": "${mark}", "__proto__": ${json}}`, 'it has no valid level for clarity, is_it_honest'],
    ['two verdicts that differ', `${json} ${json.replace('"level":4', '"level":5')}`, 'it holds several verdicts'],
    ['100,000 levels of nesting', '{"a":'.repeat(100_000), 'it holds no JSON object'],
    ['a megabyte of quotes', '{"'.repeat(500_000), 'it holds no JSON object'],
  ])('is none with %s', (_, text, fault) => {
    expect(readFindings(answer(text), mark, criteria)).toEqual({ fault });
  });

  it.each([
    ['length', 'it was cut off at its token limit'],
    ['refusal', 'the judge refused'],
    ['content-filter', 'the judge refused'],
  ] as const)('is none where the reply ended by %s', (finish, fault) => {
    expect(readFindings(answer(json, finish), mark, criteria)).toEqual({ fault });
  });
});

describe('a preference', () => {
  it.each(['A', 'B', 'neither'])('may be %s', (better) => {
    expect(readPreference(answer(JSON.stringify({ mark, reason: 'r', better })), mark)).toEqual({ better, reason: 'r' });
  });

  it('is none in other words', () => {
    expect(readPreference(answer(JSON.stringify({ mark, reason: 'r', better: 'a' })), mark)).toHaveProperty('fault');
    expect(readPreference(answer('{"better": "A"}'), mark)).toEqual({ fault: 'it does not carry the mark' });
  });
});
