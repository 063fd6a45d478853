import fc from 'fast-check';
import { setupFor } from '../../bench/search/ours.ts';
import { World } from '../../bench/search/world.ts';
import { worlds } from '../../bench/search/worlds.ts';
import { planSearch } from '../../src/search/plan.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import { covers, plus } from '../../src/search/spend.ts';
import { planOf } from './planned.ts';

const setup = (rows: number, calls: number, more: Partial<SearchSetup> = {}) =>
  setupFor(new World(worlds.headroom, 'plan', rows), calls, more);

const planned = (rows: number, calls: number, more: Partial<SearchSetup> = {}) => planOf(setup(rows, calls, more));

describe('the plan of a search', () => {
  it('sets the confirmation and its retries aside, and says the most it can cost', () => {
    const costs = { trial: { calls: 2, usd: 0.01 }, proposal: { calls: 1, usd: 0.2 } };
    const plan = planned(100, 400, { costs, budget: { calls: 400, usd: 5 } });
    expect([plan.search.length, plan.confirm.length]).toEqual([40, 60]);
    expect(plan.reserve).toEqual({ calls: 126, usd: expect.closeTo(0.63, 12) });
    expect(plan.worst).toEqual({ calls: 400, usd: 5 });
    expect(plan.caveats).toEqual([]);
  });

  it('says the smallest gain that its rows can show', () => {
    const gains = [20, 50, 100, 200, 500].map((rows) => Number(planned(rows, 2_000).detectable.toFixed(2)));
    expect(gains).toEqual([0.32, 0.14, 0.11, 0.08, 0.05]);
  });

  it('takes the share of rows that flip from what is on record', () => {
    const { rows } = setup(100, 300);
    const history = rows.map((row, at) => ({ ...row, history: [at % 5 === 0 ? 1 - row.incumbent.score : row.incumbent.score] }));
    expect(planned(100, 300, { rows: history }).discordance).toBeCloseTo(0.2, 12);
    expect(planned(100, 300).discordance).toBe(0.15);
  });

  it('confirms on part of the rows where the budget does not pay for all, always the same part', () => {
    const [small, large] = [planned(200, 130), planned(200, 160)];
    expect(small.caveats).toEqual([{ rule: 'part-of-rows', rows: small.confirm.length, of: 120 }]);
    expect(small.confirm.length).toBeGreaterThanOrEqual(20);
    expect(large.confirm.length).toBeGreaterThan(small.confirm.length);
    expect(small.confirm.every((id) => large.confirm.includes(id))).toBe(true);
  });

  it('promises suggestions at most on few rows, and where nobody knows of earlier looks', () => {
    expect(planned(20, 150).caveats).toEqual([{ rule: 'few-rows', rows: 12, needed: 20 }]);
    expect(planned(100, 300, { pastLooks: 'unreadable' }).caveats).toEqual([{ rule: 'looks-unknown' }]);
  });

  it('is none where the rows are too few to choose by', () => {
    expect(planSearch(setup(8, 300))).toEqual({ refused: { rule: 'too-few-rows', rows: 8 } });
  });

  it('is none where the incumbent is right already', () => {
    const rows = setup(100, 300).rows.map((row) => ({ ...row, incumbent: { ...row.incumbent, score: 1 } }));
    expect(planSearch(setup(100, 300, { rows }))).toEqual({ refused: { rule: 'no-headroom', score: 1 } });
  });

  it('is none below its floor, and names one that is enough', () => {
    const refusal = planSearch(setup(100, 0));
    if (!('refused' in refusal) || refusal.refused.rule !== 'below-floor') throw new Error('there is no floor');
    expect('refused' in planSearch(setup(100, refusal.refused.calls))).toBe(false);
    expect('refused' in planSearch(setup(100, refusal.refused.calls - 1))).toBe(true);
  });

  it('leaves the search something in every budget that it accepts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 600 }), (rows, calls) => {
        const plan = planSearch(setup(rows, calls));
        if ('refused' in plan) return;
        expect(covers({ calls }, plus(plan.reserve, { calls: 2, usd: 0 }))).toBe(true);
        expect(plan.search.filter((id) => plan.confirm.includes(id))).toEqual([]);
      }),
    );
  });
});
