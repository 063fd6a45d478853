import { rateLimits } from '../../../src/edges/models/rate-limits.ts';
import { timeUntil } from '../../../src/edges/models/waits.ts';

const date = 'Wed, 25 Nov 2026 12:00:00 GMT';

describe('what headers tell of a server’s limits', () => {
  // The examples of each provider's documentation, or headers as its servers send them.
  it.each([
    [
      'OpenAI',
      {
        'x-ratelimit-limit-requests': '60',
        'x-ratelimit-limit-tokens': '150000',
        'x-ratelimit-remaining-requests': '59',
        'x-ratelimit-remaining-tokens': '149984',
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      { requests: { limit: 60, remaining: 59, resetMs: 1_000 }, tokens: { limit: 150_000, remaining: 149_984, resetMs: 360_000 } },
    ],
    [
      'Azure, which does not say when',
      { 'x-ratelimit-remaining-requests': '9', 'x-ratelimit-remaining-tokens': '0' },
      { requests: { remaining: 9, resetMs: 10_000 }, tokens: { remaining: 0, resetMs: 10_000 } },
    ],
    [
      'Azure, in whole seconds',
      { 'x-ratelimit-limit-requests': '10', 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '4' },
      { requests: { limit: 10, remaining: 0, resetMs: 4_000 } },
    ],
    [
      'Anthropic',
      {
        date,
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '49',
        'anthropic-ratelimit-requests-reset': '2026-11-25T12:00:01Z',
        'anthropic-ratelimit-input-tokens-remaining': '30000',
        'anthropic-ratelimit-input-tokens-reset': '2026-11-25T12:00:30Z',
        'anthropic-ratelimit-output-tokens-remaining': '7000',
        'anthropic-ratelimit-output-tokens-reset': '2026-11-25T12:00:45Z',
      },
      { requests: { limit: 50, remaining: 49, resetMs: 1_000 }, tokens: { remaining: 7_000, resetMs: 45_000 } },
    ],
    [
      'Groq',
      { 'x-ratelimit-limit-tokens': '18000', 'x-ratelimit-remaining-tokens': '17997', 'x-ratelimit-reset-tokens': '7.66s' },
      { tokens: { limit: 18_000, remaining: 17_997, resetMs: 7_660 } },
    ],
    ['one without limits', { 'x-ratelimit-remaining-requests': '-1' }, undefined],
    ['one that says nothing', {}, undefined],
    ['one that talks nonsense', { 'x-ratelimit-remaining-requests': 'many', 'x-ratelimit-remaining-tokens': '1e9' }, undefined],
  ])('is understood of %s', (_, headers, expected) => {
    expect(rateLimits(headers)).toEqual(expected);
  });
});

describe('the time until a moment', () => {
  it.each([
    ['7', 7_000],
    ['0.5', 500],
    ['20ms', 20],
    ['2m59.56s', 179_560],
    ['1h2m3s', 3_723_000],
    ['Wed, 25 Nov 2026 12:01:00 GMT', 60_000],
    ['2026-11-25T12:00:05Z', 5_000],
    [String(Date.parse(date) / 1_000 + 3), 3_000],
    [String(Date.parse(date) + 3_000), 3_000],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    ['5 apples', undefined],
    [undefined, undefined],
  ])('%j is %j ms after the server’s own clock', (text, expected) => {
    expect(timeUntil(text, { date })).toBe(expected);
  });

  it('is counted from this computer’s clock where the server shows none', () => {
    const until = timeUntil(new Date(Date.now() + 3_600_000).toISOString(), {})!;
    expect(until).toBeGreaterThan(3_500_000);
    expect(until).toBeLessThanOrEqual(3_600_000);
  });
});
