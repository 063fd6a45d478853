import type { Answer, Failure, ModelRequest } from '../../src/domain/trial.ts';
import { checkInMemory } from '../support/in-memory.ts';
import { asGoodAsSaid, isJudged, judgedShop } from '../support/judged.ts';
import { answer, failure } from '../support/scripted-model.ts';

const pairwise = 'scorers: [pairwise: { criteria: [clarity] }]\n';

/** Qualities of the two answers in a request, in its order. */
const qualities = ({ messages }: ModelRequest): readonly number[] =>
  [...messages[1]!.content.matchAll(/===== ANSWER [AB] \w+ =====\n\| quality (\d)/g)].map(([, quality]) => Number(quality));

function preferring(request: ModelRequest, better: (a: number, b: number) => string): Answer {
  const mark = /^The mark is (\w+)\./.exec(request.messages[1]!.content)![1]!;
  const [a = 0, b = 0] = qualities(request);
  return answer(JSON.stringify({ mark, reason: `${a} against ${b}`, better: better(a, b) }));
}

const honest = (a: number, b: number) => (a === b ? 'neither' : a > b ? 'A' : 'B');

/** Labelled answers to 40 questions, three to each. */
const labels = Array.from({ length: 120 }, (_, i) => {
  const quality = 1 + ((i * 7 + Math.floor(i / 3)) % 5);
  return `${JSON.stringify({ input: `labelled ${Math.floor(i / 3)}`, answer: `quality ${quality}`, human: (quality - 1) / 4 })}\n`;
}).join('');

interface Setting {
  readonly evalSet?: string;
  readonly head?: string;
  readonly labels?: string;
  readonly judge?: (request: ModelRequest) => Answer | Failure;
  readonly settings?: string;
  readonly base?: string;
}

async function outcome({ evalSet = `${pairwise}calibration: labels.jsonl\n`, head = 'quality 2', settings = '', ...rest }: Setting = {}) {
  const shop = judgedShop(evalSet, { 'evals/labels.jsonl': rest.labels ?? labels });
  const files = { ...shop, 'prompt-ratchet.yml': shop['prompt-ratchet.yml'] + settings };
  const { 'prompts/reply.md': _, ...without } = files;
  const judge = rest.judge ?? ((request: ModelRequest) => preferring(request, honest));
  const checked = await checkInMemory({
    base: rest.base === undefined ? files : without,
    head: { ...files, 'prompts/reply.md': `Answer with ${head}.\n` },
    reply: (request) => (isJudged(request) ? judge(request) : asGoodAsSaid(request)),
  });
  return { report: checked.report, prompt: checked.report.prompts[0]!, asked: checked.model.asked.filter(isJudged), run: checked.run };
}

describe('comparing pairs', () => {
  it('scores the better answer 1 and the other 0', async () => {
    const { report, prompt } = await outcome();
    expect(report).toMatchObject({ exitCode: 1, verdict: 'regressed' });
    expect(prompt).toMatchObject({ base: { score: 1 }, head: { score: 0 }, effect: { estimate: -1, losses: 40 } });
    expect((await outcome({ head: 'quality 5' })).prompt).toMatchObject({ verdict: 'improved', base: { score: 0 }, head: { score: 1 } });
  });

  it('asks about each pair in both orders, and pays for it from the run', async () => {
    const { asked, run } = await outcome({ evalSet: pairwise });
    expect(asked).toHaveLength(80);
    expect(asked.map((request) => qualities(request).join()).sort()).toEqual([
      ...Array<string>(40).fill('2,4'),
      ...Array<string>(40).fill('4,2'),
    ]);
    expect(run).toMatchObject({ calls: 160, consulted: { calls: 80 } });
  });

  it('takes what follows the order for a tie, and reports the bias', async () => {
    const { prompt } = await outcome({ judge: (request) => preferring(request, () => 'A') });
    expect(prompt).toMatchObject({ base: { score: 0.5 }, head: { score: 0.5 }, effect: { estimate: 0, ties: 40 } });
    expect(prompt.judges).toMatchObject([{ position: { verdicts: 40, flipped: 40, rate: { estimate: 1 } } }]);
  });

  it('holds the judge to which of two labelled answers people prefer', async () => {
    const { prompt } = await outcome();
    expect(prompt.judges).toMatchObject([{ agreement: { labels: 80, alpha: { estimate: 1 } }, position: { flipped: 0 } }]);
  });

  it('is the opinion of an advisory judge without such labels', async () => {
    const { report, prompt } = await outcome({ evalSet: pairwise });
    expect(report).toMatchObject({ exitCode: 0, verdict: 'regressed', passed: true });
    expect(prompt.because.at(-1)).toMatchObject({ rule: 'advisory-judge', left: 'nothing', distrust: { why: 'unlabelled' } });
  });

  it('lets an answer that breaks a constraint lose, without a question', async () => {
    const evalSet = `${pairwise}calibration: labels.jsonl\nconstraints: [notContains: { phrases: [quality 5] }]\n`;
    const { prompt, asked } = await outcome({ evalSet, head: 'quality 5' });
    expect(prompt).toMatchObject({ verdict: 'regressed', base: { score: 1 }, head: { score: 0 } });
    expect(asked).toHaveLength(160);
  });

  it('lets constraints decide beside an advisory judge', async () => {
    const evalSet = `${pairwise}constraints: [notContains: { phrases: [quality 1] }]\n`;
    const kept = await outcome({ evalSet });
    expect(kept.prompt).toMatchObject({
      base: { score: 1 },
      head: { score: 1 },
      advisory: { verdict: 'regressed', base: { score: 1 }, head: { score: 0 } },
    });
    expect(kept.report.exitCode).toBe(0);
    const broken = await outcome({ evalSet, head: 'quality 1' });
    expect(broken.prompt).toMatchObject({ verdict: 'regressed', head: { score: 0 }, advisory: { base: { score: 1 }, head: { score: 0 } } });
  });

  it('leaves pairs out that could not be compared', async () => {
    const { prompt } = await outcome({
      judge: (request) => (/\| question 7\n/.test(request.messages[1]!.content) ? failure('rejected') : preferring(request, honest)),
    });
    expect(prompt).toMatchObject({ verdict: 'could-not-measure', effect: { missing: 1, losses: 39 } });
  });

  it('has no say of a new prompt', async () => {
    const { prompt, asked } = await outcome({ base: '' });
    expect(prompt).toMatchObject({ verdict: 'not-evaluated', because: [{ rule: 'new-prompt' }] });
    expect(asked).toEqual([]);
  });

  it('never stops early, and says why', async () => {
    const { prompt } = await outcome({ settings: 'gate: { earlyStop: true }\n' });
    expect(prompt.notes).toContain('Early stop is off here: pairs are compared once all answers are there.');
    expect(prompt.effect?.losses).toBe(40);
  });

  it('does so for further repeats too', async () => {
    const settled = 'gate: { settle: { maxRepeats: 3 } }\n';
    const { prompt, asked } = await outcome({ settings: settled, judge: (request) => preferring(request, () => 'neither') });
    expect(prompt.effect).toMatchObject({ ties: 40 });
    expect(asked.length).toBeGreaterThan(160);
  });

  it('is refused beside other scorers', async () => {
    const { prompt } = await outcome({ evalSet: 'scorers: [exact, pairwise: { criteria: [clarity] }]\n' });
    expect(prompt.because).toEqual([
      {
        rule: 'bad-input',
        sentences: [
          'evals/reply.yml:2: key "scorers": "pairwise" stands beside another scorer. Give it an eval set of its own; only constraints may stand beside it.',
        ],
      },
    ]);
  });
});
