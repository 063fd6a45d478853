import type { Arm, Trial } from '../../src/domain/trial.ts';
import type { MetricDifference } from '../../src/domain/verdict.ts';
import { drawnIntervals, gathered } from '../../src/jobs/drawn.ts';
import { labelMeter } from '../../src/metrics/meters/labels.ts';
import { numberMeter } from '../../src/metrics/meters/numbers.ts';
import { randomStream } from '../../src/stats/random.ts';
import { answer } from '../support/scripted-model.ts';

const EXAMPLES = 240;
const labels = labelMeter(['a', 'b', 'c']);
const places = Array.from({ length: EXAMPLES }, (_, at) => at);

/** What a meter saw in the answers of both sides to one example. */
type See = (uniform: () => number) => Readonly<Record<Arm, readonly number[]>>;

function scoredBy(meter: typeof labels, see: See) {
  const stream = randomStream('drawn', meter.id);
  const uniform = () => stream.uniform();
  const trials = places.flatMap((example) => {
    const seen = see(uniform);
    return (['base', 'head'] as const).map((arm): Trial => {
      const score = { value: 0, pass: false, reason: '', observed: { [meter.id]: seen[arm] } };
      return { arm, example, exampleId: `e${example}`, repeat: 0, outcome: answer(''), score };
    });
  });
  return { trials, places, meters: [meter] };
}

const labelled = scoredBy(labels, (uniform) => {
  const right = Math.floor(3 * uniform());
  const named = (rate: number) => (uniform() < rate ? right : Math.floor(4 * uniform()));
  return { base: [right, named(0.8)], head: [right, named(0.7)] };
});
const measured = scoredBy(numberMeter, (uniform) => {
  // Now and then a number near 0, on which a small error is a large share.
  const right = uniform() < 0.05 ? 0.2 + uniform() : 10 + 10 * uniform();
  const given = (spread: number) => [right, right + spread * (uniform() - 0.5), 1, Number.NaN];
  return { base: given(1), head: given(1.1) };
});

const pairsIn = (cluster?: (place: number) => string) =>
  places.map((place) => ({ exampleId: `e${place}`, base: 1, head: 1, tags: [], ...(cluster && { cluster: cluster(place) }) }));

function intervals(scored: typeof labelled, most: number, cluster?: (place: number) => string) {
  return drawnIntervals(gathered(scored), [], scored, pairsIn(cluster), 0.05, 'seed', most);
}

/** That both are the same interval but for the luck of 2,000 draws, which moves an end by less than `share` of the width. */
function expectAlike(one: ReadonlyMap<string, MetricDifference>, other: ReadonlyMap<string, MetricDifference>, share: number): void {
  expect([...one.keys()]).toEqual([...other.keys()]);
  for (const [name, { estimate, lower, upper, level }] of one) {
    const whole = other.get(name)!;
    expect([estimate, level]).toEqual([expect.closeTo(whole.estimate, 9), whole.level]);
    const width = whole.upper - whole.lower;
    expect(Math.abs(lower - whole.lower) / width).toBeLessThan(share);
    expect(Math.abs(upper - whole.upper) / width).toBeLessThan(share);
  }
}

describe('intervals of many examples', () => {
  it('are those of all where few kinds of answers stand for them', () => {
    const few = intervals(labelled, 60);
    const all = intervals(labelled, EXAMPLES);
    expectAlike(few, all, 0.05);
    expect(few).not.toEqual(all);
    expect([...few.values()].map(({ method }) => method)).toEqual(Array(6).fill('paired-bootstrap'));
  });

  it('are so with clusters too, which stay whole', () => {
    // The examples of a cluster got the same answers: it is as wide as if each cluster were one example.
    const inSixes = (place: number) => `c${Math.floor(place / 6)}`;
    const trials = labelled.trials.map((trial, at) => ({ ...trial, score: labelled.trials[at - (at % 12) + (at % 2)]!.score! }));
    const copied = { ...labelled, trials };
    const [few, all, alone] = [intervals(copied, 60, inSixes), intervals(copied, EXAMPLES, inSixes), intervals(copied, 60)];
    expectAlike(few, all, 0.05);
    const width = (of: typeof few) => of.get('macroF1')!.upper - of.get('macroF1')!.lower;
    expect(width(few)).toBeGreaterThan(2 * width(alone));
  });

  it('are about those of all where groups of them are left out in turn, heavy tails included', () => {
    const groups = intervals(measured, 120);
    expectAlike(groups, intervals(measured, EXAMPLES), 0.2);
    expect(new Set([...groups.values()].map(({ method }) => method))).toEqual(new Set(['group-jackknife']));
    expect(intervals(measured, 120)).toEqual(groups);
  });

  it('leave out whole clusters, and are not there where these are too few', () => {
    const inSixties = (place: number) => `c${place % 60}`;
    expectAlike(intervals(measured, 120, inSixties), intervals(measured, EXAMPLES, inSixties), 0.2);
    expect(intervals(measured, 120, (place) => `c${place % 9}`)).toEqual(new Map());
  });
});
