import { isJudged, withJudges, without } from '../../../src/scorers/judge/assigned.ts';
import { spec } from '../fixtures.ts';

const exact = spec('exact');
const judged = spec('rubric', { criteria: ['clarity'] });
const ruled = spec('rubric', { criteria: [{ name: 'short', check: { length: { words: { max: 9 } } } }] });
const group = (...members: (typeof exact)[]) => ({ ...spec('all'), members });

describe('a rubric', () => {
  it('is judged unless rules decide all of it', () => {
    expect([exact, judged, ruled, group(judged)].map(isJudged)).toEqual([false, true, false, false]);
  });

  it('gets its judge wherever it stands, and nothing else does', () => {
    const scoring = {
      scorers: [exact, group(ruled, judged)],
      overrides: [
        { tag: 't', scorers: [judged] },
        { tag: 'u', constraints: [] },
      ],
    };
    const assigned = withJudges(scoring, () => ({ model: 'm' }));
    const withModel = { ...judged, options: { ...judged.options, judge: { model: 'm' } } };
    expect(assigned).toEqual({
      scorers: [exact, group(ruled, withModel)],
      overrides: [
        { tag: 't', scorers: [withModel] },
        { tag: 'u', constraints: [] },
      ],
    });
  });

  it('can be left out, and a group that it leaves empty with it', () => {
    const scoring = { scorers: [exact, group(ruled, judged), group(group(judged))], overrides: [{ tag: 't', scorers: [judged] }] };
    expect(without(scoring, new Set([judged]))).toEqual({ scorers: [exact, group(ruled)], overrides: [{ tag: 't', scorers: [] }] });
  });
});
