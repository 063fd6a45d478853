import type { ScorerSpec } from '../../src/domain/evalset.ts';
import type { Score } from '../../src/domain/score.ts';
import type { Failure } from '../../src/domain/trial.ts';
import { type Member, memberOf, together } from '../../src/scorers/compose.ts';
import type { Grade } from '../../src/scorers/definition.ts';
import { boundGroup, groupTable } from '../../src/scorers/groups.ts';
import { answer, example, spec } from './fixtures.ts';

const down: Failure = { kind: 'failure', reason: 'unreachable', sentence: 'Nobody there.', retryable: true };

/** A member that somebody else grades, and how often that one was asked. */
function asking(kind: string, outcome: Score | Failure): Member & { asked: number } {
  const member = {
    kind,
    weight: 1,
    consults: true,
    asked: 0,
    observeNothing: () => undefined,
    grade: (async () => {
      member.asked += 1;
      return outcome;
    }) satisfies Grade,
  };
  return member;
}

const word = (text: string) => memberOf(spec('contains', { values: [text] }) satisfies ScorerSpec);
const good: Score = { value: 0.8, pass: true, reason: 'fine' };
const graded = async (name: string, members: readonly Member[], text: string) =>
  together(members, boundGroup(groupTable[name]!, {}))(
    answer(text),
    example(),
    async () => down,
    async () => down,
  );

describe('scorers that ask somebody', () => {
  it('are weighed with those that do not, whatever their order', async () => {
    expect(await graded('mean', [asking('judge', good), word('red')], 'red')).toEqual({
      value: 0.9,
      pass: true,
      reason: 'contains: contains "red"; judge: fine',
    });
  });

  it.each([
    ['all', 'blue', 0],
    ['all', 'red', 1],
    ['any', 'red', 0],
    ['any', 'blue', 1],
    ['min', 'blue', 0],
    ['min', 'red', 1],
    ['mean', 'blue', 1],
  ])('in %s with %s: asked %d times, since the rest may be settled', async (name, text, times) => {
    const judge = asking('judge', good);
    await graded(name, [judge, word('red')], text);
    expect(judge.asked).toBe(times);
  });

  it('are asked one after another, so that the second is spared where the first decides', async () => {
    const [first, second] = [asking('one', { value: 0, pass: false, reason: 'no' }), asking('two', good)];
    expect(await graded('all', [first, second], '')).toEqual({ value: 0, pass: false, reason: 'one: no' });
    expect([first.asked, second.asked]).toEqual([1, 0]);
  });

  it.each(['mean', 'all', 'any', 'min'])('leave a group of kind %s ungraded where they fail: no score of zero', async (name) => {
    const text = name === 'any' ? 'blue' : 'red';
    expect(await graded(name, [asking('judge', down), word('red')], text)).toBe(down);
  });

  it('make nobody wait where all members know by themselves', () => {
    const grade = together([word('red')], boundGroup(groupTable['mean']!, {}));
    expect(
      grade(
        answer('red'),
        example(),
        async () => down,
        async () => down,
      ),
    ).not.toBeInstanceOf(Promise);
  });
});
