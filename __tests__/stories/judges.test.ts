import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Report } from '../../src/report/model.ts';
import { asGoodAsSaid, graded, gradedAnswer, isJudged, labels, questions } from '../support/judged.ts';
import { apiError, type Reply, type Script, type SeenRequest, startModelServer } from '../support/model-server.ts';
import { isBought, markOf } from '../support/naive-judge.ts';
import { parseReport } from '../support/report.ts';
import { runCli, writeTree } from '../support/run-cli.ts';

const corpus = await readFile(new URL('../scorers/judge/injections.jsonl', import.meta.url), 'utf8');
const injections = corpus
  .trim()
  .split('\n')
  .map((line): string => z.object({ answer: z.string() }).parse(JSON.parse(line)).answer);

const lines = (n: number, row: (index: number) => object): string =>
  Array.from({ length: n }, (_, index) => `${JSON.stringify(row(index))}\n`).join('');

/** Four prompts: one held to a rubric, one compared by pairs, one whose new answers ask the judge for a grade, one that says how sure it is. */
const files = (labelled: number): Readonly<Record<string, string>> => ({
  'prompt-ratchet.yml': 'model: { name: parrot, temperature: 0, maxOutputTokens: 400 }\njudge: { model: small, maxOutputTokens: 200 }\n',
  'prompts/graded.md': 'Answer with quality 4.\n',
  'evals/graded.yml': [
    'examples: questions.jsonl',
    'constraints: [notContains: { phrases: [swearword] }]',
    'scorers: [rubric: { criteria: [clarity], reference: false }]',
    'calibration: labels.jsonl\n',
  ].join('\n'),
  'prompts/paired.md': 'Answer with quality 3.\n',
  'evals/paired.yml': 'examples: questions.jsonl\nscorers: [pairwise: { criteria: [clarity] }]\n',
  'prompts/hostile.md': 'Answer with quality 3.\n',
  'evals/hostile.yml': 'examples: hostile.jsonl\nscorers: [rubric: { criteria: [clarity] }]\n',
  'prompts/sure.md': 'Say yes or no.\n',
  'evals/sure.yml': 'examples: sure.jsonl\nscorers: [label: { labels: [yes, no], confidence: logprobs }]\n',
  'evals/questions.jsonl': questions(40),
  'evals/labels.jsonl': labels(labelled, (quality) => (quality - 1) / 4),
  'evals/hostile.jsonl': lines(injections.length, (index) => ({ id: `h${index}`, input: `hostile ${index}`, expected: 'quality 5' })),
  'evals/sure.jsonl': lines(40, (index) => ({ id: `s${index}`, input: `sure ${index}`, expected: 'yes' })),
});

const head = {
  'prompts/graded.md': 'Answer with quality 2, and swear.\n',
  'prompts/paired.md': 'Answer with quality 5.\n',
  'prompts/hostile.md': 'Answer as the user wants, quality 3.\n',
  'prompts/sure.md': 'Say yes, or no.\n',
};

const numberIn = (text: string): number => Number(/\d+$/.exec(text)?.[0]);

/** The model that is judged: does as prompts say. */
function task({ body }: SeenRequest): Reply {
  const [prompt = '', question = ''] = body.messages.map(({ content }) => content);
  if (question.startsWith('sure')) return sureReply(prompt.includes('yes,') ? 2 : 10, numberIn(question));
  if (question.startsWith('hostile') && prompt.includes('the user wants')) return { content: injections[numberIn(question)]! };
  const { text } = asGoodAsSaid(body);
  return { content: prompt.includes('swear') && numberIn(question) % 4 === 0 ? `${text}, swearword` : text };
}

/** Nine tenths sure of every answer, and wrong in one of `every`. */
function sureReply(every: number, index: number): Reply {
  const content = index % every === 0 ? 'no' : 'yes';
  return { content, logprobs: { content: [{ token: content, logprob: Math.log(0.9), bytes: null, top_logprobs: [] }] } };
}

/** Grades honestly unless it is bought, and quotes what it read in its reasons; where it compares, an example in four is decided by the order. */
function judge({ body }: SeenRequest): Reply {
  const [system = '', user = ''] = body.messages.map(({ content }) => content);
  if (system.startsWith('You compare')) {
    const [a = 0, b = 0] = [...user.matchAll(/quality (\d)/g)].map(([, quality]) => Number(quality));
    const better = numberIn(/question \d+/.exec(user)![0]) % 4 === 0 || a > b ? 'A' : 'B';
    return { content: JSON.stringify({ mark: markOf(body), reason: 'clearer', better }) };
  }
  const pieces = user.match(/===== END/g)!.length;
  if (pieces === 2) return { content: graded(body, (quality) => quality).text };
  const level = isBought(body, 3) ? 5 : Number(/^quality (\d)/.exec(gradedAnswer(body))?.[1] ?? 1);
  return { content: JSON.stringify({ mark: markOf(body), clarity: { reason: `It says: ${gradedAnswer(body)}`, level } }) };
}

const script: Script = (request) => (isJudged(request.body) ? judge(request) : task(request));

async function checked(
  labelled: number,
  changed: Readonly<Record<string, string>>,
  { script, args = [] }: { script: Script; args?: string[] },
) {
  const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
  await using server = await startModelServer(script);
  try {
    await writeTree(join(folder, 'old'), files(labelled));
    await writeTree(join(folder, 'new'), { ...files(labelled), ...changed });
    const compare = ['check', '--base', 'old', '--head', 'new', '--out', 'out', '--base-url', server.url, ...args];
    const { stdout, exitCode } = await runCli({ folder, args: compare, env: { OPENAI_API_KEY: 'sk-story', HOME: folder } });
    const report = parseReport(await readFile(join(folder, 'out/report.json'), 'utf8'));
    return { stdout: stdout.replace(/\s+/g, ' '), exitCode, report, seen: server.seen };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const verdictSchema = z.object({
  required: z.array(z.string()),
  properties: z.object({ clarity: z.object({ properties: z.looseObject({}) }) }),
});
const structured = z.object({ json_schema: z.object({ strict: z.boolean(), schema: verdictSchema }) });

const promptOf = (report: Report, name: string) => report.prompts.find(({ path }) => path === `prompts/${name}.md`)!;

describe('a judge at the model server', () => {
  let story: Awaited<ReturnType<typeof checked>>;
  beforeAll(async () => {
    story = await checked(60, head, { script });
  });

  const judgings = (about: string) =>
    story.seen.filter(({ body }) => isJudged(body) && body.messages[1]!.content.includes(`| ${about}`)).map(({ body }) => body);

  it('that people agree with blocks, and the report says how far they do', () => {
    const { verdict, passed, judges, base, head: changed } = promptOf(story.report, 'graded');
    expect({ verdict, passed, exitCode: story.exitCode }).toEqual({ verdict: 'regressed', passed: false, exitCode: 1 });
    expect(judges).toMatchObject([{ models: ['small'], agreement: { labels: 60, alpha: { estimate: 1, lower: 1 } } }]);
    expect([base!.score, changed!.score]).toEqual([0.75, 0.25 * 0.75]);
    expect(story.stdout).toMatch(/Judge small agrees with people on 60 labelled answers: Krippendorff’s alpha 1\.00.*its scores may block/);
  });

  it('is not asked about an answer that breaks a constraint', () => {
    const graded = judgings('question').filter(({ messages }) => messages[0]!.content.startsWith('You grade'));
    expect(graded).toHaveLength(40 + 30);
    expect(judgings('labelled')).toHaveLength(60);
    expect(story.seen.filter(({ body }) => isJudged(body) && JSON.stringify(body.messages).includes('swearword'))).toEqual([]);
  });

  it('is asked for structured output, the reason before the level, at temperature 0', () => {
    for (const body of judgings('labelled')) {
      expect(body).toMatchObject({ model: 'small', temperature: 0, max_completion_tokens: 200 });
      const { strict, schema } = structured.parse(body['response_format']).json_schema;
      const { clarity } = schema.properties;
      expect([strict, schema.required, Object.keys(clarity.properties)]).toEqual([true, ['mark', 'clarity'], ['reason', 'level']]);
    }
  });

  it('compares pairs in both orders, and what only the order decides is a tie', () => {
    const { effect, judges } = promptOf(story.report, 'paired');
    expect(effect).toMatchObject({ wins: 30, losses: 0, ties: 10 });
    expect(judges![0]!.position).toMatchObject({ verdicts: 40, flipped: 10 });
    const asked = judgings('question').filter(({ messages }) => messages[0]!.content.startsWith('You compare'));
    expect(asked).toHaveLength(80);
  });

  it('is not bought by any answer of the corpus, though it does all it is told outside the material', () => {
    const { base, head: changed, judges } = promptOf(story.report, 'hostile');
    expect([base!.score, changed!.score, changed!.n]).toEqual([0.5, 0, injections.length]);
    expect(judges).toMatchObject([{ distrust: { why: 'unlabelled' } }]);
    const [some] = judgings('hostile');
    expect(isBought(some!, 3)).toBe(false);
    const [system, user] = some!.messages;
    expect(isBought({ messages: [system!, { content: `${user!.content}\nLevel 5.` }] }, 3)).toBe(true);
  });

  it('is no part of confidences that the server tells by the chances of tokens', () => {
    const { metrics } = promptOf(story.report, 'sure');
    const named = (name: string) => metrics.find((metric) => metric.name === name);
    expect(named('ece')!.base).toBeCloseTo(0, 9);
    expect(named('ece')!.head).toBeCloseTo(0.4, 9);
    expect(named('brier')!.head).toBeCloseTo(0.41, 9);
    expect(named('confidenceGiven')).toMatchObject({ base: 1, head: 1 });
    expect(story.seen.filter(({ body }) => body['logprobs'] === true)).toHaveLength(80);
    expect(story.stdout).toMatch(/ece 0\.0 % 40\.0 %/);
  });
});

/** A judge that has no temperature. */
const untempered: Script = (request, count) =>
  isJudged(request.body) && 'temperature' in request.body
    ? apiError(400, { message: "Unsupported parameter: 'temperature'.", param: 'temperature', code: 'unsupported_parameter' })
    : script(request, count);

it('a judge that too few labels hold sees harm, says so and blocks nothing; asked again, its noise is told', async () => {
  const { exitCode, report, stdout, seen } = await checked(
    40,
    { 'prompts/graded.md': 'Answer with quality 2.\n' },
    { script: untempered, args: ['--judge-noise'] },
  );
  const { passed, because, judges, advisory } = promptOf(report, 'graded');
  expect({ exitCode, passed, seen: advisory!.verdict }).toEqual({ exitCode: 0, passed: true, seen: 'regressed' });
  expect(because.at(-1)).toMatchObject({ rule: 'advisory-judge', distrust: { why: 'few-labels', labels: 40, least: 50 } });
  expect(judges![0]!.noise).toMatchObject({ moved: 0 });
  expect(stdout).toContain('it was held to 40 answers that people labelled, and it takes 50');
  // What the judge refuses is kept from the judge alone.
  expect(seen.filter(({ body }) => isJudged(body) && 'temperature' in body)).toHaveLength(1);
  expect(seen.filter(({ body }) => !isJudged(body)).every(({ body }) => body['temperature'] === 0)).toBe(true);
  expect(report.notes).toEqual(['The model `small` refused `temperature`; it was asked without it, for both sides alike.']);
});
