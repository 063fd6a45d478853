import type { ModelRequest } from '../../../src/domain/trial.ts';
import { criteriaOf } from '../../../src/scorers/judge/criterion.ts';
import { comparePair } from '../../../src/scorers/judge/pair.ts';
import { failure } from '../../support/scripted-model.ts';
import { markIn, scripted } from './consults.ts';

const criteria = criteriaOf(['clarity']);
const judge = { models: ['a'], repeats: 1, maxOutputTokens: 100 };
const prefers = (request: ModelRequest, better: string) => JSON.stringify({ mark: markIn(request), reason: `${better} it is`, better });

/** The answer that stands as A in a request. */
const first = ({ messages }: ModelRequest): string => /===== ANSWER A \w+ =====\n\| (.*)/.exec(messages[1]!.content)![1]!;

describe('two answers', () => {
  it.each([
    ['good', 1],
    ['bad', 0],
  ])('are won by the one that is better in both orders: %s', async (better, second) => {
    const { consult, asked } = scripted((request) => prefers(request, first(request) === better ? 'A' : 'B'));
    expect(await comparePair(judge, criteria, [], { first: 'bad', second: 'good' }, consult)).toMatchObject({
      second,
      verdicts: 1,
      flipped: 0,
    });
    expect(asked.map(({ request }) => first(request))).toEqual(['bad', 'good']);
  });

  it.each(['A', 'B'])('are a tie for a judge that always names %s, and its bias is counted', async (place) => {
    const { consult } = scripted((request) => prefers(request, place));
    expect(await comparePair(judge, criteria, [], { first: 'bad', second: 'good' }, consult)).toEqual({
      second: 0.5,
      verdicts: 1,
      flipped: 1,
      reason: 'the judge named whichever answer came first, or last: a tie',
    });
  });

  it('are a tie where one order names neither, which is no bias', async () => {
    const { consult } = scripted((request, count) => prefers(request, count === 0 ? 'B' : 'neither'));
    expect(await comparePair(judge, criteria, [], { first: 'bad', second: 'good' }, consult)).toMatchObject({ second: 0.5, flipped: 0 });
  });

  it('that are the same are a tie that costs nothing', async () => {
    const { consult, asked } = scripted(() => '');
    expect(await comparePair(judge, criteria, [], { first: 'x', second: 'x' }, consult)).toMatchObject({ second: 0.5, verdicts: 0 });
    expect(asked).toEqual([]);
  });

  it('are won by the median of a panel', async () => {
    const panel = { ...judge, models: ['a', 'b', 'c'] };
    const { consult } = scripted((request) => prefers(request, request.model === 'b' ? 'A' : first(request) === 'good' ? 'A' : 'B'));
    expect(await comparePair(panel, criteria, [], { first: 'bad', second: 'good' }, consult)).toMatchObject({
      second: 1,
      verdicts: 3,
      flipped: 1,
    });
  });

  it('are not compared by a judge that fails', async () => {
    const { consult, asked } = scripted((request, count) => (count === 0 ? prefers(request, 'A') : failure('server-error')));
    const compared = await comparePair(judge, criteria, [], { first: 'bad', second: 'good' }, consult);
    expect(compared).toMatchObject({ kind: 'failure', reason: 'server-error' });
    expect(asked).toHaveLength(2);
  });
});
