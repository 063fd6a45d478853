import { type PlanReport, planText } from '../../src/report/plan.ts';

const amounts = { calls: 120, inputTokens: 9000 };
const plan: PlanReport = {
  prompts: 1,
  trials: 120,
  expected: amounts,
  most: amounts,
  worst: amounts,
  consults: 0,
  known: 0,
  lacking: 0,
  caps: {},
  unpriced: [],
  unlimited: [],
};

it('A plan says where its caps let nothing be sent', () => {
  const remarks = (more: Partial<PlanReport>) =>
    planText({ ...plan, ...more })
      .trimEnd()
      .split('\n')
      .slice(6);
  expect(remarks({ caps: { calls: 119 } })).toEqual(['The cap of 119 calls is too low for it: nothing is sent.']);
  expect(remarks({ caps: { calls: 119 }, consults: 1 })).toEqual([]);
  expect(remarks({ caps: { costUsd: 1 }, unpriced: ['small'] })).toEqual([
    'No price is known for small, and the cap cannot be kept without: nothing is sent.',
  ]);
  expect(remarks({ caps: { outputTokens: 9 }, unlimited: ['small'] })).toEqual([
    'Answers of small have no limit, so there is no upper bound, and the cap cannot be kept without: nothing is sent.',
  ]);
  expect(remarks({ caps: { outputTokens: 9 }, unpriced: ['small'] })).toEqual(['No price is known for small.']);
});

it('A plan names models on lines of its own, whatever they are called', () => {
  const models = ['small', 'x\n::add-mask::owned\u001b[2J'];
  const text = planText({ ...plan, unpriced: models, unlimited: models });
  expect(text).toContain('No price is known for small, x ⏎ ::add-mask::owned␛[2J.');
  expect(text).toContain('Answers of small, x ⏎ ::add-mask::owned␛[2J have no limit, so there is no upper bound.');
});
