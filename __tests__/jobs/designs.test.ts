import type { ModelRequest } from '../../src/domain/trial.ts';
import { check as checkJob } from '../../src/jobs/check.ts';
import type { PlanSummary } from '../../src/jobs/world.ts';
import { planText, renderComment } from '../../src/report/index.ts';
import { checkInMemory, type Files, requestOf, worldOf } from '../support/in-memory.ts';
import { answer, scriptedModel } from '../support/scripted-model.ts';

const EXAMPLES = 60;

const evals = (tag: (i: number) => string = () => 'all', clusters = EXAMPLES): string =>
  [
    'examples:',
    ...Array.from(
      { length: EXAMPLES },
      (_, i) => `  - { id: e${i}, input: "Question ${i}.", expected: "yes", tags: [${tag(i)}], cluster: c${i % clusters} }`,
    ),
    'scorers: [exact]',
    'slices: [tags]',
  ].join('\n');

const pull = (gate: string, tag?: (i: number) => string, clusters?: number): { base: Files; head: Files } => {
  const files = (prompt: string) => ({
    'prompt-ratchet.yml': `model: { name: m }\ngate: ${gate}\n`,
    'prompts/a.md': prompt,
    'evals/a.yml': evals(tag, clusters),
  });
  return { base: files('Old words.'), head: files('New words.') };
};

/** Which example and side a request is about. */
function asked(text: string): { example: number; isHead: boolean } {
  return { example: Number(/Question (\d+)\./.exec(text)?.[1]), isHead: text.includes('New words.') };
}

type Passes = (about: { example: number; isHead: boolean }, count: number) => boolean;

const check = (passes: Passes, gate: string, more: { settings?: string; tag?: (i: number) => string; clusters?: number } = {}) => {
  const { base, head } = pull(gate, more.tag, more.clusters);
  const added = (files: Files): Files => ({ ...files, 'prompt-ratchet.yml': `${files['prompt-ratchet.yml']}${more.settings ?? ''}` });
  return checkInMemory({
    base: added(base),
    head: added(head),
    reply: ({ messages }, count) => answer(passes(asked(messages.map(({ content }) => content).join('\n')), count) ? 'yes' : 'no'),
  });
};

describe('early stop', () => {
  const broken: Passes = ({ isHead }) => !isHead;

  it('ends a broken prompt after few examples, says so, and spares the other calls', async () => {
    const { report, run } = await check(broken, '{ earlyStop: true }');
    const [prompt] = report.prompts;
    expect(prompt).toMatchObject({
      verdict: 'regressed',
      because: [{ rule: 'stopped-early', examples: 20, of: EXAMPLES }, { rule: 'upper-below-zero' }],
      effect: { alpha: 0.04, losses: 20, missing: 0 },
      design: { earlyStop: { alpha: 0.01, stopped: { examples: 20, of: EXAMPLES } } },
    });
    expect(run.calls + (run.spared ?? 0)).toBe(2 * EXAMPLES);
    expect(run.spared).toBeGreaterThan(60);
  });

  describe('with stages', () => {
    const staged = (settings: string, stages: string, broken: Passes, concurrency = 4) => {
      const files = (prompt: string): Files => ({
        'prompt-ratchet.yml': `model: { name: m }\nconcurrency: ${concurrency}\n${settings}`,
        'prompts/a.md': prompt,
        'prompts/b.md': `${prompt} In brief.`,
        'evals/a.yml': `${evals((i) => (i % 3 === 0 ? 'hard' : 'plain'))}\nstages: ${stages}`,
        'evals/b.yml': evals(),
      });
      const reply = (request: ModelRequest, count: number) =>
        answer(broken(asked(request.messages.map(({ content }) => content).join('\n')), count) ? 'yes' : 'no');
      return checkInMemory({ base: files('Old words.'), head: files('New words.'), reply });
    };
    const failsHardOnes: Passes = ({ example, isHead }) => !isHead || example % 3 > 0;

    it('a prompt that clearly fails the first stage ends there, and what it spares is left for the next prompt', async () => {
      const { report, run } = await staged('gate: { earlyStop: true }\n', '[hard]', failsHardOnes);
      const [first, second] = report.prompts;
      const stopped = { examples: 20, of: EXAMPLES };
      expect(first).toMatchObject({
        verdict: 'regressed',
        because: [{ rule: 'stopped-early', ...stopped }, { rule: 'upper-below-zero' }],
        effect: { losses: 20, ties: 0 },
        design: { earlyStop: { stopped, stages: ['hard'] } },
      });
      // In drawn order a third of the examples takes longer to tell.
      expect(second).toMatchObject({ verdict: 'regressed', effect: { missing: 0 } });
      expect(second!.effect!.losses + second!.effect!.ties).toBeGreaterThan(20);
      expect(run.spared).toBeGreaterThanOrEqual(2 * (EXAMPLES - 20) - 8);
    });

    it('the report is the same bytes however many calls are under way', async () => {
      const reports = await Promise.all(
        [1, 4, 16].map(async (concurrency) => (await staged('gate: { earlyStop: true }\n', '[hard]', failsHardOnes, concurrency)).report),
      );
      expect(new Set(reports.map((report) => JSON.stringify(report.prompts))).size).toBe(1);
    });

    it('without early stop they change nothing that is reported', async () => {
      const told = async (stages: string) => {
        const { report } = await staged('', stages, failsHardOnes);
        return report.prompts.map(({ effect, because, verdict }) => ({ effect, because, verdict }));
      };
      expect(await told('[hard]')).toEqual(await told('[plain]'));
    });
  });

  it('is off unless set', async () => {
    const { report, run } = await check(broken, '{}');
    expect(report.prompts[0]).toMatchObject({ verdict: 'regressed', because: [{ rule: 'upper-below-zero' }], effect: { alpha: 0.05 } });
    expect([run.calls, run.spared, report.prompts[0]?.design]).toEqual([2 * EXAMPLES, undefined, undefined]);
  });

  it('is off where examples share clusters, and the report says so', async () => {
    const { report, run } = await check(broken, '{ earlyStop: true }', { clusters: 12 });
    expect(report.prompts[0]).toMatchObject({
      verdict: 'regressed',
      effect: { method: 'cluster-t', alpha: 0.05 },
      notes: ['Early stop is off here: it counts on examples that stand alone, and these share clusters.'],
    });
    expect(run.calls).toBe(2 * EXAMPLES);
  });

  it('changes nothing but alpha where there is no harm, and the report says that it looked', async () => {
    const { report } = await check(() => true, '{ earlyStop: true }');
    expect(report.prompts[0]).toMatchObject({ effect: { alpha: 0.04, ties: EXAMPLES }, design: { earlyStop: { alpha: 0.01 } } });
  });
});

it('whoever starts a run is told what settling may add to it', async () => {
  const { base, head } = pull('{ settle: { maxRepeats: 5 } }');
  const model = scriptedModel({ reply: () => answer('yes') });
  const plans: PlanSummary[] = [];
  await checkJob(requestOf({ base, head }), { ...worldOf({ base, head }, model), onPlan: (plan) => plans.push(plan) });
  expect(plans).toMatchObject([{ most: { calls: 2 * EXAMPLES }, settling: { calls: 8 * EXAMPLES } }]);
  expect(planText(plans[0]!)).toContain('Settling may add up to 480 calls');
});

describe('settling', () => {
  /** Every example fails on either side once in seven runs, at times of its own: no change, and no two runs alike. */
  const flaky = (): Passes => {
    const asked = new Map<string, number>();
    return ({ example, isHead }) => {
      const key = `${example} ${isHead}`;
      const before = asked.get(key) ?? 0;
      asked.set(key, before + 1);
      return (example + before + (isHead ? 3 : 0)) % 7 !== 0;
    };
  };
  const open = '{ margin: 0.01, settle: { maxRepeats: 5 } }';
  const settings = 'concurrency: 1\n';

  it('adds repeats to all examples while the verdict is open', async () => {
    const { report, run, trials } = await check(flaky(), open, { settings });
    expect(report.prompts[0]).toMatchObject({ verdict: 'inconclusive', design: { settle: { repeats: [1, 3, 5], looks: 3 } } });
    expect(report.prompts[0]?.effect?.alpha).toBeCloseTo(0.05 / 3, 8);
    expect([run.calls, trials.length]).toEqual([10 * EXAMPLES, 10 * EXAMPLES]);
    const perExample = new Map<string, number>();
    for (const { example } of trials) perExample.set(example, (perExample.get(example) ?? 0) + 1);
    expect(new Set(perExample.values())).toEqual(new Set([10]));
    expect(report.prompts[0]?.flaky?.base.length).toBeGreaterThan(20);
  });

  it('stops at the first look that decides', async () => {
    const { report, run } = await check(({ isHead }) => !isHead, '{ settle: { maxRepeats: 5 } }');
    expect(report.prompts[0]).toMatchObject({ verdict: 'regressed', design: { settle: { looks: 1 } } });
    expect(run.calls).toBe(2 * EXAMPLES);
  });

  it('stops where runs of every example agree: more of them would change nothing', async () => {
    const steady: Passes = ({ example, isHead }) => example % 6 !== (isHead ? 1 : 2);
    const { report, run } = await check(steady, '{ settle: { maxRepeats: 9 } }');
    expect(report.prompts[0]).toMatchObject({ verdict: 'inconclusive', design: { settle: { looks: 2 } } });
    expect(run.calls).toBe(10 * EXAMPLES);
  });

  it('adds none that the caps do not leave room for, and says so', async () => {
    const { report, run } = await check(flaky(), open, { settings: `${settings}caps: { calls: 359 }\n` });
    expect(report.prompts[0]).toMatchObject({ verdict: 'inconclusive', design: { settle: { looks: 1, cut: 'caps' } } });
    expect(run.calls).toBe(2 * EXAMPLES);
  });

  it('adds what fits, look by look', async () => {
    const { report, run } = await check(flaky(), open, { settings: `${settings}caps: { calls: 360 }\n` });
    expect(report.prompts[0]).toMatchObject({ design: { settle: { looks: 2, cut: 'caps' } } });
    expect(run.calls).toBe(6 * EXAMPLES);
  });
});

it('whoever reads a report is told of a protected slice that no example has', async () => {
  const { report } = await check(() => true, '{ protected: [legel] }');
  expect(report.notes).toEqual(['No example has the tag `legel`, which `gate.protected` names.']);
});

describe('slices', () => {
  const tag = (i: number) => (i < 15 ? 'legal' : 'other');
  /** The whole gains, and one slice breaks. */
  const hidden: Passes = ({ example, isHead }) => (example < 15 ? !isHead || example < 4 : isHead || example % 2 === 0);

  it('that get worse while the whole improves are named in the first line', async () => {
    const { report, run } = await check(hidden, '{}', { tag });
    expect(report.prompts[0]).toMatchObject({ verdict: 'improved', passed: true });
    expect(renderComment(report, run).split('\n')[0]).toMatch(/improved.*[Ss]lice `legal` got worse by/);
  });

  it('that are protected block, and are named', async () => {
    const { report, run } = await check(hidden, '{ protected: [legal] }', { tag });
    expect(report.prompts[0]).toMatchObject({ verdict: 'regressed', passed: false });
    expect(report.prompts[0]?.slices.map(({ name, isProtected }) => [name, isProtected ?? false])).toEqual([
      ['legal', true],
      ['other', false],
    ]);
    expect(renderComment(report, run).split('\n')[0]).toContain('Slice `legal` regressed by');
  });
});
