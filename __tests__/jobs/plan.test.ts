import type { AnswerStore } from '../../src/domain/ports.ts';
import type { Answer } from '../../src/domain/trial.ts';
import { check } from '../../src/jobs/check.ts';
import type { PlanSummary } from '../../src/jobs/world.ts';
import { checkInMemory, type Files, type InMemoryPullRequest, requestOf, worldOf } from '../support/in-memory.ts';
import { asGoodAsSaid, graded, isJudged, judgedShop, labels } from '../support/judged.ts';
import { scriptedModel } from '../support/scripted-model.ts';

/** Checks one pull request after the other with one cache; gives what each plan said and how many calls each check made. */
async function checkedInTurn(...pulls: readonly InMemoryPullRequest[]) {
  const kept = new Map<string, Answer>();
  const store: AnswerStore = { has: (key) => kept.has(key), find: (key) => kept.get(key), keep: (key, answer) => kept.set(key, answer) };
  const seen: { readonly plan: PlanSummary | undefined; readonly calls: number }[] = [];
  for (const pull of pulls) {
    const model = scriptedModel({
      reply: (request) => (isJudged(request) ? graded(request, (quality) => quality) : asGoodAsSaid(request)),
    });
    const plans: PlanSummary[] = [];
    const openAnswers = async () => ({ ...store, close: () => {} });
    await check(requestOf(pull), { ...worldOf(pull, model), openAnswers, onPlan: (plan) => plans.push(plan) });
    seen.push({ plan: plans[0], calls: model.asked.length });
  }
  return seen;
}

const pull = (evalSet: string, more: Files = {}, head = 'Answer with quality 2.\n'): InMemoryPullRequest => {
  const base = judgedShop(evalSet, more);
  return { base, head: { ...base, 'prompts/reply.md': head } };
};

const rubric = 'scorers: [rubric: { criteria: [clarity], reference: false }]\ncalibration: labels.jsonl\n';
const labelled = { 'evals/labels.jsonl': labels(40, (quality) => (quality - 1) / 4) };

describe('a plan', () => {
  it('counts judges’ replies that are known as free, those about labelled answers too', async () => {
    const [first, again] = await checkedInTurn(pull(rubric, labelled), pull(rubric, labelled));
    // 40 rows on two sides, and each of their answers and of 40 labelled ones graded.
    expect(first!.plan).toMatchObject({ most: { calls: 200 }, consults: 120, known: 0 });
    expect(again).toMatchObject({ plan: { most: { calls: 0, costUsd: 0 }, consults: 0, known: 80 }, calls: 0 });
  });

  it('counts in full what grades answers that are not there yet, and never less than the run then asks', async () => {
    const [, push] = await checkedInTurn(pull(rubric, labelled), pull(rubric, labelled, 'Answer with quality 3.\n'));
    expect(push!.plan).toMatchObject({ most: { calls: 80 }, consults: 40, known: 40 });
    expect(push!.calls).toBe(80);
    const changed = rubric.replace('clarity', 'completeness');
    const [, other] = await checkedInTurn(pull(rubric, labelled), pull(changed, labelled));
    expect(other!.plan).toMatchObject({ most: { calls: 120 }, consults: 120, known: 80 });
  });

  it('counts comparisons of two answers in full, since they are known by both', async () => {
    const pairs = 'scorers: [pairwise: { criteria: [clarity] }]\n';
    const [, again] = await checkedInTurn(pull(pairs), pull(pairs));
    expect(again!.plan).toMatchObject({ consults: 80, known: 80 });
  });
});

describe('a cap that is reached once labelled answers are graded', () => {
  it.each([
    // 40 labelled answers, then 80 questions, more than are left.
    ['calls: 70', { cap: 'calls', allowed: 70, needed: 120 }],
    ['outputTokens: 300', { cap: 'outputTokens', allowed: 300 }],
  ])('is the one that was set, not what was left of it: %s', async (caps, expected) => {
    const { base, head } = pull(rubric, {
      ...labelled,
      'prompt-ratchet.yml': `model: { name: parrot, maxOutputTokens: 32 }\njudge: { model: small, maxOutputTokens: 200 }\ncaps: { ${caps} }\n`,
    });
    const { report, run } = await checkInMemory({
      base,
      head,
      reply: (request) => (isJudged(request) ? graded(request, (quality) => quality) : asGoodAsSaid(request)),
    });
    const [reason] = report.prompts[0]!.because;
    expect(run.calls).toBeGreaterThanOrEqual(40);
    expect(reason).toMatchObject({ rule: 'budget', ...expected });
    expect(reason?.rule === 'budget' && reason.needed).toBeGreaterThan(reason?.rule === 'budget' ? reason.allowed : 0);
  });
});
