import type { Json, JsonObject } from '../../src/domain/json.ts';
import { unscorable } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

function passes(kind: string, options: JsonObject, reply: string, expected?: Json): boolean {
  return scorerOf([spec(kind, options)])(answer(reply), example(expected)).pass;
}

function reasonFor(kind: string, options: JsonObject, reply: string, expected?: Json): string {
  return scorerOf([spec(kind, options)])(answer(reply), example(expected)).reason;
}

describe('exact', () => {
  it.each<[string, Json, JsonObject, boolean]>([
    [' Paris\n', 'Paris', {}, true],
    ['paris', 'Paris', {}, false],
    ['paris', 'Paris', { normalize: ['trim', 'lowercase'] }, true],
    ['Paris.', 'Paris', {}, false],
    ['“Paris”.', 'Paris', { normalize: ['trailingPeriod', 'quotes'] }, true],
    ['New   York', 'New York', { normalize: ['collapseSpaces'] }, true],
    ['№ 5', 'No 5', { normalize: ['nfkc'] }, true],
    [' Paris', 'Paris', { normalize: [] }, false],
    ['42', 42, {}, true],
    ['42.0', 42, {}, false],
    ['false', false, {}, true],
    ['green', ['red', 'green'], {}, true],
    ['blue', ['red', 'green'], {}, false],
    ['7', [6, 7], {}, true],
    ['', '', {}, true],
  ])('scores %j against %j with %j as %j', (reply, expected, options, pass) => {
    expect(passes('exact', options, reply, expected)).toBe(pass);
  });

  it('applies normalizations in their order', () => {
    expect(passes('exact', { normalize: ['trailingPeriod', 'trim'] }, 'yes. ', 'yes')).toBe(false);
    expect(passes('exact', { normalize: ['trim', 'trailingPeriod'] }, 'yes. ', 'yes')).toBe(true);
  });

  it('says what was expected and what came', () => {
    expect(reasonFor('exact', {}, 'no\nidea', ['a', 'b', 'c', 'd'])).toBe('expected "a" or "b" or "c" or 1 more, got "no idea"');
  });

  it('cannot score an example without a comparable expected value', () => {
    expect(unscorable({ scorers: [spec('exact')] }, example())).toBe('the scorer "exact" cannot score this example: it has no "expected"');
    for (const expected of [null, { a: 1 }, [], ['a', null]])
      expect(unscorable({ scorers: [spec('exact')] }, example(expected))).toMatch(/must be a text/);
    expect(unscorable({ scorers: [spec('exact')] }, example('x'))).toBeUndefined();
  });
});

describe('contains', () => {
  it.each<[string, Json | undefined, JsonObject, boolean]>([
    ['we refund within 14 days', 'refund', {}, true],
    ['we Refund', 'refund', {}, false],
    ['we Refund', 'refund', { ignoreCase: true }, true],
    ['we refund within 14 days', ['refund', '14 days'], {}, true],
    ['we refund within 14 days', ['refund', '30 days'], {}, false],
    ['order 17 shipped', undefined, { values: ['order', 17] }, true],
    ['order 17 shipped', 'ignored where values are given', { values: ['shipped'] }, true],
    ['the answer is 4, not 5', 5, { extract: 'answer is (\\d)' }, false],
  ])('scores %j against %j with %j as %j', (reply, expected, options, pass) => {
    expect(passes('contains', options, reply, expected)).toBe(pass);
  });

  it('names what is missing only', () => {
    expect(reasonFor('contains', {}, 'red', ['red', 'green'])).toBe('does not contain "green": "red"');
  });

  it('refuses texts that every answer contains', () => {
    expect(unscorable({ scorers: [spec('contains')] }, example(' '))).toMatch(/an empty text is contained in every answer/);
    expect(unscorable({ scorers: [spec('contains', { values: ['a'] })] }, example())).toBeUndefined();
  });
});

describe('regex', () => {
  it.each<[string, Json | undefined, JsonObject, boolean]>([
    ['Order #123', undefined, { pattern: '#\\d+' }, true],
    ['order', undefined, { pattern: 'ORDER' }, false],
    ['order', undefined, { pattern: 'ORDER', flags: 'i' }, true],
    ['a\nb', undefined, { pattern: '^b$' }, false],
    ['a\nb', undefined, { pattern: '^b$', flags: 'm' }, true],
    ['a\nb', undefined, { pattern: 'a.b', flags: 's' }, true],
    ['2024-01-31', '^\\d{4}-\\d\\d-\\d\\d$', {}, true],
    ['31.01.2024', '^\\d{4}-\\d\\d-\\d\\d$', {}, false],
  ])('scores %j against %j with %j as %j', (reply, expected, options, pass) => {
    expect(passes('regex', options, reply, expected)).toBe(pass);
  });

  it('cannot score an example whose expected value is no pattern', () => {
    expect(unscorable({ scorers: [spec('regex')] }, example())).toMatch(/no "expected", and the scorer has no "pattern"/);
    expect(unscorable({ scorers: [spec('regex')] }, example('(?=a)'))).toMatch(/lookahead and lookbehind do not exist/);
    expect(unscorable({ scorers: [spec('regex')] }, example(['a']))).toMatch(/must be a pattern/);
  });
});

describe('label', () => {
  const labels = { labels: ['refund', 'refund request', 'bug', 'feature-request'] };

  it.each<[string, string, boolean]>([
    ['bug', 'bug', true],
    ['It is a **Bug**.', 'bug', true],
    ['bug', 'BUG', true],
    ['debugging', 'bug', false],
    ['bugs', 'bug', false],
    ['bug_report', 'bug', false],
    ['bug or refund', 'bug', false],
    ['bug, clearly a bug', 'bug', true],
    ['I cannot tell', 'bug', false],
    ['refund request', 'refund request', true],
    ['refund request', 'refund', false],
    ['a refund requested', 'refund', true],
    ['a refund request, not just a refund', 'refund request', false],
    ['Feature-Request', 'feature-request', true],
    ['feature request', 'feature-request', false],
  ])('scores %j against %j as %j', (reply, expected, pass) => {
    expect(passes('label', labels, reply, expected)).toBe(pass);
  });

  it.each<[string, string[], string, boolean]>([
    ['Größe: groß', ['groß', 'klein'], 'groß', true],
    ['Mauergroß', ['groß', 'klein'], 'groß', false],
    ['это спам.', ['спам', 'не спам'], 'спам', true],
    ['это не спам.', ['спам', 'не спам'], 'спам', false],
    ['答案是退款。', ['退款', '投诉'], '退款', true],
    ['cafe\u0301s', ['cafe', 'bar'], 'cafe', false],
    ['𝒜bug', ['bug', 'other'], 'bug', false],
    ['👍', ['👍', '👎'], '👍', true],
  ])('knows where words end in %j', (reply, names, expected, pass) => {
    expect(passes('label', { labels: names }, reply, expected)).toBe(pass);
  });

  it('takes numbers and booleans as labels', () => {
    expect(passes('label', { labels: [1, 2, 3] }, 'I rate it 2.', 2)).toBe(true);
    expect(passes('label', { labels: [1, 2, 3] }, 'I rate it 12.', 2)).toBe(false);
    expect(passes('label', { labels: [true, false] }, 'True', true)).toBe(true);
  });

  it('gives 0 with the reason for none, several and the wrong label', () => {
    expect(reasonFor('label', labels, 'hm', 'bug')).toBe('names none of the labels, expected "bug": "hm"');
    expect(reasonFor('label', labels, 'bug or refund', 'bug')).toBe('names several labels ("refund", "bug"), expected "bug"');
    expect(reasonFor('label', labels, 'a refund', 'bug')).toBe('expected "bug", got "refund"');
  });

  it('cannot score an example that expects no label', () => {
    expect(unscorable({ scorers: [spec('label', labels)] }, example('billing'))).toMatch(/"billing", which is not one of the labels/);
    expect(unscorable({ scorers: [spec('label', labels)] }, example())).toMatch(/no "expected"/);
  });
});

describe('extract', () => {
  it.each<[string, string, JsonObject, string]>([
    ['takes the last match', 'answer is 1. answer is 2.', { extract: 'answer is (\\d)' }, '2'],
    ['takes the first group', 'x=1 y=2', { extract: 'x=(\\d) y=(\\d)' }, '1'],
    ['takes the whole match where there is no group', 'I say 17 and 23!', { extract: '\\d+' }, '23'],
    ['takes an empty text where the group took no part', 'yes', { extract: 'yes(!)?' }, ''],
    ['takes the whole reply where nothing matches', ' nothing ', { extract: 'answer is (\\d)' }, 'nothing'],
    ['skips empty matches', 'room 12 is free', { extract: '\\d*' }, '12'],
    ['sees named groups', 'label: spam', { extract: 'label: (?P<label>\\w+)' }, 'spam'],
  ])('%s', (_, reply, options, expected) => {
    expect(passes('exact', options, reply, expected)).toBe(true);
  });
});
