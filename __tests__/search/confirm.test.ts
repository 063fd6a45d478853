import { gateEffect, setupFor } from '../../bench/search/ours.ts';
import { World } from '../../bench/search/world.ts';
import { worlds } from '../../bench/search/worlds.ts';
import type { Claim } from '../../src/domain/finding.ts';
import { conclude, textHash } from '../../src/search/conclude.ts';
import { improvementP, pairUp, shrunkenGain } from '../../src/search/confirm.ts';
import type { Outcome, SearchRow } from '../../src/search/row.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import { initialState, type SearchState } from '../../src/search/state.ts';
import { mcnemarMidP } from '../../src/stats/mcnemar.ts';
import { examples } from './examples.ts';
import { planOf } from './planned.ts';

const outcome = (score: number): Outcome => ({ score, reason: '', answer: '' });

type Scores = readonly (readonly [incumbent: number, candidate: number | undefined])[];

/** Rows with the incumbent's score, and the candidate's by id; `undefined`: its trial failed. */
function scored(pairs: Scores, cluster?: (at: number) => string): [SearchRow[], (id: string) => number | undefined] {
  const rows = pairs.map(([incumbent], at) => ({
    example: examples(1, { id: `r${at}`, input: `${at}`, ...(cluster && { cluster: cluster(at) }) })[0]!,
    incumbent: outcome(incumbent),
    history: [],
  }));
  return [rows, (id) => pairs[Number(id.slice(1))]![1]];
}

const passFail = (wins: number, losses: number, ties: number): Scores => [
  ...Array.from({ length: wins }, () => [0, 1] as const),
  ...Array.from({ length: losses }, () => [1, 0] as const),
  ...Array.from({ length: ties }, () => [1, 1] as const),
];

describe('the test of a claim', () => {
  const p = (pairs: Scores, cluster?: (at: number) => string) => improvementP(pairUp(...scored(pairs, cluster)), 's');

  it('is McNemar’s mid-p for pass/fail on rows that stand alone', () => {
    expect(p(passFail(7, 1, 40))).toBe(mcnemarMidP(7, 1).improvement);
    expect(p(passFail(7, 1, 40))).toBeCloseTo(0.01953125, 10);
  });

  it('finds nothing where nothing changed', () => {
    expect(p(passFail(0, 0, 40))).toBe(1);
  });

  it('flips signs for graded scores, exactly up to twenty of them', () => {
    const graded: Scores = [
      [0.25, 0.5],
      [0, 0.75],
      [0.5, 0.6],
      [1, 1],
    ];
    // All three differences go up: one sign pattern in eight is as extreme.
    expect(p(graded)).toBe(1 / 8);
  });

  it('takes rows of one origin for one', () => {
    expect(p(passFail(6, 0, 4), (at) => `${at >> 1}`)).toBe(1 / 8);
    expect(p(passFail(6, 0, 4))).toBeCloseTo(1 / 128, 12);
  });

  it('leaves a failed trial out: it is no loss', () => {
    const pairs: Scores = [[1, undefined], ...passFail(4, 0, 0)];
    expect(pairUp(...scored(pairs))).toMatchObject({ missing: 1, pairs: { length: 4 } });
    expect(p(pairs)).toBe(mcnemarMidP(4, 0).improvement);
  });
});

describe('the gain that is printed', () => {
  it('is drawn towards zero, the more the fewer rows there are', () => {
    const gains = [1, 4, 16].map((times) => shrunkenGain(pairUp(...scored(passFail(4 * times, times, 15 * times)))));
    expect(gains[0]).toBeLessThan(gains[1]!);
    expect(gains[1]).toBeLessThan(gains[2]!);
    expect(gains[2]).toBeLessThan(0.15);
    expect(gains[2]).toBeGreaterThan(0.12);
  });

  it('is zero where nothing is known', () => {
    expect(shrunkenGain(pairUp(...scored([])))).toBe(0);
    expect(shrunkenGain(pairUp(...scored(passFail(3, 3, 10))))).toBe(0);
  });
});

interface Case {
  readonly setup?: Partial<SearchSetup>;
  readonly claim?: Claim;
  readonly failed?: number;
  readonly rows?: number;
}

/** Concludes on confirm rows of which a candidate wins and loses so many, and so many fail. */
function found(wins: number, losses: number, { setup: more = {}, claim = 'better', failed = 0, rows: count = 100 }: Case = {}) {
  const base = setupFor(new World(worlds.headroom, 'found', count), 300, more);
  const setup = { ...base, rows: base.rows.map((row, at) => ({ ...row, incumbent: outcome(at % 2) })) };
  const plan = planOf(setup);
  const start = initialState(setup);
  const before = (id: string) => start.outcomes[0]!.get(id)!.score;
  const pick = (score: number, some: number) => plan.confirm.filter((id) => before(id) === score).slice(0, some);
  const changed = [...pick(0, wins), ...pick(1, losses)];
  const lost = plan.confirm.filter((id) => !changed.includes(id)).slice(0, failed);
  const answers = new Map(
    plan.confirm.map((id) => [id, lost.includes(id) ? undefined : outcome(changed.includes(id) ? 1 - before(id) : before(id))] as const),
  );
  const state: SearchState = {
    ...start,
    candidates: [...start.candidates, { id: 1, text: 'new', tokens: 1, parents: [0], operator: 'reflect', why: '' }],
    outcomes: [...start.outcomes, answers],
    chosen: { candidate: 1, claim },
  };
  return conclude(setup, plan, state);
}

describe('a finding', () => {
  it('is verified where the gain is shown at the look’s alpha', () => {
    expect(found(8, 1)).toMatchObject({
      label: 'verified',
      because: [],
      evidence: { look: { number: 1 }, p: mcnemarMidP(8, 1).improvement, effect: { wins: 8, losses: 1, method: 'tango' } },
    });
  });

  it('is promising where it is there but not shown', () => {
    const because = [{ rule: 'not-shown', p: mcnemarMidP(4, 2).improvement, alpha: expect.closeTo(0.08, 12) }];
    expect(found(4, 2)).toMatchObject({ label: 'promising', because });
  });

  it('is none where the gain is gone, or where it is a loss', () => {
    expect(found(3, 3)).toMatchObject({ label: 'none', because: [{ rule: 'not-confirmed' }] });
    expect(found(1, 6)).toMatchObject({ label: 'none', because: [{ rule: 'not-confirmed' }] });
  });

  it('must show more at a later look', () => {
    const pastLooks = [{ text: 'a', rows: 'r' }];
    const later = found(8, 2, { setup: { pastLooks } });
    expect(later).toMatchObject({ label: 'promising', evidence: { look: { number: 2, alpha: expect.closeTo(0.016, 12) } } });
    expect(found(8, 2).label).toBe('verified');
  });

  it('pays nothing for the same text on the same rows', () => {
    const { confirmDigest } = planOf(setupFor(new World(worlds.headroom, 'found', 100), 300));
    const pastLooks = [
      { text: textHash('new'), rows: confirmDigest },
      { text: 'b', rows: confirmDigest },
    ];
    expect(found(8, 2, { setup: { pastLooks } })).toMatchObject({ label: 'verified', evidence: { look: { number: 1 } } });
  });

  it('is a suggestion at most where earlier looks cannot be read, or rows are few', () => {
    expect(found(20, 0, { setup: { pastLooks: 'unreadable' } }).label).toBe('promising');
    expect(found(6, 0, { rows: 20 })).toMatchObject({ label: 'promising', because: [{ rule: 'few-rows', rows: 12, needed: 20 }] });
  });

  it('is a suggestion at most where too many confirm rows failed', () => {
    expect(found(12, 0, { failed: 7 })).toMatchObject({ label: 'promising', because: [{ rule: 'rows-missing', missing: 7, of: 60 }] });
    expect(found(12, 0, { failed: 3 }).label).toBe('verified');
  });

  it('is a suggestion at most below the least gain that is worth a change', () => {
    const { label, because } = found(8, 0, { setup: { leastGain: 0.2 } });
    expect([label, because]).toEqual(['promising', [{ rule: 'below-least-gain', leastGain: 0.2 }]]);
  });

  it('that a shorter version is no worse must rule out a drop of the margin', () => {
    expect(found(0, 0, { claim: 'shorter' })).toMatchObject({ label: 'verified', evidence: { claim: 'shorter' } });
    expect(found(5, 5, { claim: 'shorter' })).toMatchObject({ label: 'promising', because: [{ rule: 'not-shown' }] });
    expect(found(0, 3, { claim: 'shorter' }).label).toBe('none');
  });

  it('shows the interval of the gate', () => {
    const { pairs } = pairUp(...scored(passFail(8, 1, 51)));
    const { lower, upper } = gateEffect(pairs, found(8, 1).evidence!.look.alpha);
    expect(found(8, 1).evidence!.effect).toMatchObject({ lower, upper });
  });
});
