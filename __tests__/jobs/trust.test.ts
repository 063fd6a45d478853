import type { ModelRequest } from '../../src/domain/trial.ts';
import { checkInMemory } from '../support/in-memory.ts';
import { asGoodAsSaid, graded, gradedAnswer, isJudged, judgedShop, labels } from '../support/judged.ts';
import { failure } from '../support/scripted-model.ts';

const rubric = 'scorers: [rubric: { criteria: [clarity] }]\n';
const held = `${rubric}calibration: labels.jsonl\n`;
const scores = labels(60, (quality) => (quality - 1) / 4);

interface Setting {
  readonly evalSet: string;
  readonly labels?: string;
  readonly head?: string;
  /** What the judge makes of a quality; by default what it is. */
  readonly level?: (quality: number) => number;
  readonly settings?: string;
  readonly judge?: (request: ModelRequest) => ReturnType<typeof graded> | ReturnType<typeof failure>;
}

async function outcome({ evalSet, labels: file, head = 'quality 2', level = (quality) => quality, settings = '', judge }: Setting) {
  const base = judgedShop(evalSet, file === undefined ? {} : { 'evals/labels.jsonl': file });
  const files = { ...base, 'prompt-ratchet.yml': base['prompt-ratchet.yml'] + settings };
  const grade = judge ?? ((request: ModelRequest) => graded(request, level));
  const checked = await checkInMemory({
    base: files,
    head: { ...files, 'prompts/reply.md': `Answer with ${head}.\n` },
    reply: (request) => (isJudged(request) ? grade(request) : asGoodAsSaid(request)),
  });
  const [prompt] = checked.report.prompts;
  return {
    exitCode: checked.report.exitCode,
    verdict: prompt!.verdict,
    passed: prompt!.passed,
    because: prompt!.because,
    prompt: prompt!,
    judgeCalls: checked.model.asked.filter(isJudged).length,
    checked,
  };
}

describe('a judge that agrees with people', () => {
  it('blocks', async () => {
    const { exitCode, verdict, passed, because, prompt } = await outcome({ evalSet: held, labels: scores });
    expect({ exitCode, verdict, passed }).toEqual({ exitCode: 1, verdict: 'regressed', passed: false });
    expect(because.map(({ rule }) => rule)).toEqual(['upper-below-zero']);
    expect(prompt.judges).toMatchObject([
      { models: ['small'], criteria: ['clarity'], agreement: { labels: 60, alpha: { estimate: 1, lower: 1 } } },
    ]);
    expect(prompt.judges![0]).not.toHaveProperty('distrust');
    expect([prompt.base?.score, prompt.head?.score]).toEqual([0.75, 0.25]);
    expect(prompt.criteria).toMatchObject([{ name: 'clarity', base: 0.75, head: 0.25, difference: { estimate: -0.5 } }]);
  });

  it.each<[string, (quality: number) => unknown]>([
    ['levels', (quality) => ({ clarity: quality })],
    ['words', (quality) => (quality > 3 ? 'pass' : 'fail')],
    ['several people', (quality) => [quality > 3, quality > 2]],
  ])('may say so by %s', async (_, human) => {
    expect(await outcome({ evalSet: held, labels: labels(60, human) })).toMatchObject({ exitCode: 1, passed: false });
  });

  it('may do so on labelled rows among the examples', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `  - { id: r${i}, input: q${i}, answer: quality ${1 + (i % 5)}, human: { clarity: ${1 + (i % 5)} } }\n`,
    );
    const files = { ...judgedShop(rubric), 'evals/reply.yml': `examples:\n${rows.join('')}${rubric}` };
    const { report } = await checkInMemory({
      base: files,
      head: { ...files, 'prompts/reply.md': 'Answer with quality 2.\n' },
      reply: (request) => (isJudged(request) ? graded(request, (quality) => quality) : asGoodAsSaid(request)),
    });
    expect(report).toMatchObject({
      exitCode: 1,
      prompts: [{ judges: [{ agreement: { labels: 60, criteria: [{ kappa: { estimate: 1 } }] } }] }],
    });
  });
});

describe('a judge that nobody can trust', () => {
  it.each<[string, Partial<Setting>, object]>([
    ['without labels', { evalSet: rubric }, { why: 'unlabelled' }],
    [
      'with few labels',
      { evalSet: held, labels: labels(49, (quality) => (quality - 1) / 4) },
      { why: 'few-labels', labels: 49, least: 50 },
    ],
    ['that grades at random', { evalSet: held, labels: labels(60, (quality) => ((quality * 3) % 5) / 4) }, { why: 'weak', least: 0.4 }],
    ['with labels all alike', { evalSet: held, labels: labels(60, () => 1), level: () => 5, head: 'quality 2' }, { why: 'uniform-labels' }],
  ])('shows what it sees and blocks nothing: %s', async (_, setting, distrust) => {
    const { exitCode, passed, because, prompt } = await outcome({ evalSet: rubric, ...setting });
    expect({ exitCode, passed }).toEqual({ exitCode: 0, passed: true });
    expect(because.at(-1)).toMatchObject({ rule: 'advisory-judge', left: 'nothing', distrust });
    expect(prompt.judges).toMatchObject([{ distrust }]);
  });

  it('is shown to have seen harm, all the same', async () => {
    expect(await outcome({ evalSet: rubric })).toMatchObject({ verdict: 'regressed', passed: true, exitCode: 0 });
  });

  it.each(['gate: { onInconclusive: fail }\n', ''])('blocks nothing by a floor or a strict setting either: %j', async (settings) => {
    const evalSet = `${rubric}thresholds: { score: 0.9 }\n`;
    expect(await outcome({ evalSet, settings })).toMatchObject({ verdict: 'regressed', passed: true, exitCode: 0 });
  });

  it('may be trusted by a team that demands less', async () => {
    const file = labels(20, (quality) => (quality - 1) / 4);
    expect(await outcome({ evalSet: held, labels: file })).toMatchObject({ exitCode: 0 });
    const loosened = judgedShop(held, { 'evals/labels.jsonl': file });
    const text = loosened['prompt-ratchet.yml'].replace('small,', 'small, leastLabels: 20,');
    const { report } = await checkInMemory({
      base: { ...loosened, 'prompt-ratchet.yml': text },
      head: { ...loosened, 'prompt-ratchet.yml': text, 'prompts/reply.md': 'Answer with quality 2.\n' },
      reply: (request) => (isJudged(request) ? graded(request, (quality) => quality) : asGoodAsSaid(request)),
    });
    expect(report.exitCode).toBe(1);
  });
});

describe('an advisory judge among others', () => {
  const mixed = 'scorers:\n  - contains: { values: [quality 2] }\n  - rubric: { criteria: [clarity] }\n';

  it('has no part in the score that decides, and is heard beside it', async () => {
    const { exitCode, verdict, because, prompt } = await outcome({ evalSet: mixed });
    expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'improved' });
    expect(because.map(({ rule }) => rule)).toEqual(['lower-above-zero', 'advisory-judge']);
    expect([prompt.base?.score, prompt.head?.score]).toEqual([0, 1]);
    expect(prompt.advisory).toMatchObject({ verdict: 'improved', base: { score: 0.375 }, head: { score: 0.625 } });
    expect(prompt.criteria).toMatchObject([{ name: 'clarity', base: 0.75, head: 0.25 }]);
  });

  it('cannot pass what the others block', async () => {
    const evalSet = mixed.replace('quality 2', 'quality 4');
    const { exitCode, verdict, prompt } = await outcome({ evalSet, level: (quality) => 6 - quality });
    expect({ exitCode, verdict }).toEqual({ exitCode: 1, verdict: 'regressed' });
    expect(prompt.advisory).toMatchObject({ base: { score: 0.625 }, head: { score: 0.375 } });
  });

  it('leaves the constraints to decide where there are no others', async () => {
    const evalSet = `${rubric}constraints: [notContains: { phrases: [quality 1] }]\n`;
    const kept = await outcome({ evalSet });
    expect(kept).toMatchObject({
      exitCode: 0,
      verdict: 'inconclusive',
      prompt: { base: { score: 1 }, head: { score: 1 }, advisory: { verdict: 'regressed' } },
    });
    expect(kept.because.at(-1)).toMatchObject({ rule: 'advisory-judge', left: 'constraints' });
    const broken = await outcome({ evalSet, head: 'quality 1' });
    expect(broken).toMatchObject({ exitCode: 1, verdict: 'regressed', prompt: { base: { score: 1 }, head: { score: 0 } } });
  });

  it('changes nothing by failing', async () => {
    const { exitCode, verdict, prompt } = await outcome({ evalSet: mixed, judge: () => failure('rejected') });
    expect({ exitCode, verdict }).toEqual({ exitCode: 0, verdict: 'improved' });
    expect(prompt.notes).toContain('80 answers were not graded by the advisory judge. It failed: rejected.');
    expect(prompt.advisory?.verdict).toBe('could-not-measure');
  });
});

describe('what a judge is asked', () => {
  it('is each distinct answer once, and each labelled one', async () => {
    const { judgeCalls, checked } = await outcome({ evalSet: held, labels: scores });
    expect(judgeCalls).toBe(80 + 60);
    expect(checked.run).toMatchObject({ calls: 80 + judgeCalls, consulted: { calls: judgeCalls } });
  });

  it('is no answer that breaks a constraint', async () => {
    const { judgeCalls, prompt } = await outcome({
      evalSet: `${held}constraints: [notContains: { phrases: [quality 2] }]\n`,
      labels: scores,
    });
    expect(judgeCalls).toBe(40 + 60);
    expect(prompt.head?.score).toBe(0);
  });

  it('counts against the caps of the run', async () => {
    const { verdict, judgeCalls, because } = await outcome({ evalSet: held, labels: scores, settings: 'caps: { calls: 100 }\n' });
    expect(verdict).toBe('could-not-measure');
    expect(judgeCalls).toBeLessThanOrEqual(100);
    expect(because[0]).toMatchObject({ rule: 'budget', cap: 'calls' });
  });
});

describe('labels that no rubric can be held to', () => {
  it.each([
    [labels(1, () => ({ clearness: 3 })), 'evals/labels.jsonl:1: key "human.clearness": no rubric has this criterion. There are: clarity.'],
    [labels(1, () => ({ clarity: 6 })), 'evals/labels.jsonl:1: key "human.clarity": 6 is no level of it. Write one from 1 to 5.'],
  ])('are an error before the first call', async (file, sentence) => {
    const { verdict, because, judgeCalls } = await outcome({ evalSet: held, labels: file });
    expect({ verdict, judgeCalls }).toEqual({ verdict: 'bad-input', judgeCalls: 0 });
    expect(because).toEqual([{ rule: 'bad-input', sentences: [sentence] }]);
  });
});

describe('the noise of a judge', () => {
  const settings = 'judge: { model: small, maxOutputTokens: 200, noise: true }\n';
  const noisy = async (judge: Setting['judge'], evalSet = rubric) => {
    const base = judgedShop(evalSet);
    const files = { ...base, 'prompt-ratchet.yml': `model: { name: parrot, maxOutputTokens: 32 }\n${settings}` };
    return checkInMemory({
      base: files,
      head: { ...files, 'prompts/reply.md': 'Answer with quality 2.\n' },
      reply: (request) => (isJudged(request) ? judge!(request) : asGoodAsSaid(request)),
    });
  };

  it('is none where it says the same again, at the price of one more call for each base answer', async () => {
    const { report, model } = await noisy((request) => graded(request, (quality) => quality));
    expect(report.prompts[0]!.judges).toMatchObject([{ noise: { answers: 40, moved: 0, meanMove: 0, difference: { estimate: 0 } } }]);
    expect(model.asked.filter(isJudged)).toHaveLength(80 + 40);
  });

  it('is how far its scores of the same answers move', async () => {
    const seen = new Map<string, number>();
    const { report } = await noisy((request) => {
      const text = gradedAnswer(request);
      const times = (seen.get(text) ?? 0) + 1;
      seen.set(text, times);
      const isMoved = times === 2 && /question \d$/.test(text);
      return graded(request, (quality) => (isMoved ? quality - 1 : quality));
    });
    expect(report.prompts[0]!.judges![0]!.noise).toMatchObject({ answers: 40, moved: 10 });
    expect(report.prompts[0]!.judges![0]!.noise!.meanMove).toBeCloseTo((10 * 0.25) / 40, 12);
    expect(report.prompts[0]!.judges![0]!.noise!.difference.estimate).toBeCloseTo(-0.0625, 12);
  });

  it('is not measured on answers that no judge graded', async () => {
    const { report } = await noisy(
      (request) => graded(request, (quality) => quality),
      `${rubric}constraints: [notContains: { phrases: [quality 4] }]\n`,
    );
    expect(report.prompts[0]!.judges![0]).not.toHaveProperty('noise');
  });
});
