// Run as a process of its own: asks each URL given for a completion through the real edge, scores what comes, and says what became of it.
import type { Json } from '../../src/domain/json.ts';
import type { Consult, GradeAnswer } from '../../src/domain/ports.ts';
import type { Answer, Failure } from '../../src/domain/trial.ts';
import { openAiModel } from '../../src/edges/models/openai.ts';
import { keepHeapSmall } from '../../src/edges/small-heap.ts';
import { loadScorers } from '../../src/scorers/bound.ts';
import { loadConstraints } from '../../src/scorers/constraints/bound.ts';
import { constraintTable } from '../../src/scorers/constraints/table.ts';
import { groupTable } from '../../src/scorers/groups.ts';
import { pairwiseOf, pairwiseOptions } from '../../src/scorers/judge/pairwise.ts';
import { graderOf } from '../../src/scorers/score.ts';
import { hostileOptions } from '../scorers/constraints/hostile-options.ts';
import { hostileRow, hostileSpec, kinds } from '../scorers/hostile-cases.ts';
import { markIn, verdict } from '../scorers/judge/consults.ts';

const confidences: readonly Json[] = [{ field: 'sure' }, { pattern: '(\\d+) ?%' }, 'logprobs'];
const evened = ['trim', 'lowercase', 'collapseSpaces', 'trailingPeriod', 'quotes', 'nfkc'];
const members = [
  hostileSpec('exact', { extract: '(\\w+)\\s*$', flags: 'im', normalize: evened }),
  hostileSpec('contains', { ignoreCase: true }),
  hostileSpec('regex'),
  ...confidences.map((confidence) => hostileSpec('label', { confidence })),
];
const scorers = [...kinds.map((kind) => hostileSpec(kind)), ...members];
const rules = Object.keys(constraintTable).map((name) => ({ name, options: hostileOptions[name] ?? {} }));
await loadScorers(scorers);
await loadConstraints(rules);

/** Every scorer, group and constraint by name, with a row that goes with it. */
const graders = [
  ...scorers.map((spec) => ({
    name: spec.kind,
    grade: graderOf({ scorers: [spec] }, async () => ({ reply: { score: 1 } })),
    row: hostileRow(spec.kind),
  })),
  ...Object.keys(groupTable).map((kind) => ({
    name: kind,
    grade: graderOf({ scorers: [{ kind, options: {}, weight: 1, members }] }),
    row: hostileRow('contains'),
  })),
  ...rules.map((rule) => ({ name: rule.name, grade: graderOf({ scorers: members, constraints: [rule] }), row: hostileRow('contains') })),
];

/** A judge that gives every criterion its middle level, and finds neither of two answers better. */
const fair: Consult = async (request) => {
  const isPair = request.messages[0]!.content.startsWith('You compare');
  const text = isPair ? JSON.stringify({ mark: markIn(request), reason: 'alike', better: 'neither' }) : verdict(request, { clarity: 3 });
  return { kind: 'answer', text, finish: 'stop', latencyMs: 0 };
};

/** The names of what gives the answer no value from 0 to 1 with a short reason. */
async function unsound(answer: Answer): Promise<string[]> {
  const names: string[] = [];
  for (const { name, grade, row } of graders) if (!isSound(await grade(answer, row, fair))) names.push(name);
  if (!isCompared(await comparedWith(answer.text, fair))) names.push('a pair');
  return names;
}

const isSound = (graded: Awaited<ReturnType<GradeAnswer>>): boolean =>
  !('kind' in graded) && graded.value >= 0 && graded.value <= 1 && graded.reason.length < 5_000;

const pair = pairwiseOf(pairwiseOptions.parse(hostileSpec('pairwise').options));
const comparedWith = (second: string, consult: Consult) => pair.compare({ first: 'yes', second }, hostileRow('pairwise'), consult);
const isCompared = (compared: Awaited<ReturnType<typeof comparedWith>>): boolean => !('kind' in compared) && compared.second === 0.5;

/** Whether a judge that says this has graded or compared anything: a verdict it is not. */
async function judges(said: Answer | Failure): Promise<boolean> {
  const consult: Consult = async () => said;
  const answer = { kind: 'answer', text: 'no', finish: 'stop', latencyMs: 0 } as const;
  const outcomes = [
    await graderOf({ scorers: [hostileSpec('rubric')] })(answer, hostileRow('rubric'), consult),
    await comparedWith('no', consult),
  ];
  return !outcomes.every((outcome) => 'kind' in outcome && outcome.sentence.length < 1_000);
}

keepHeapSmall();
const before = process.memoryUsage.rss();
for (const url of process.argv.slice(2)) {
  const model = openAiModel({ baseUrl: url, headers: {}, timeoutMs: 60_000 });
  const request = { model: 'm', params: {}, messages: [{ role: 'user', content: 'Yes?' }], logprobs: true } as const;
  const outcome = await model.ask(request, new AbortController().signal);
  await model.close();
  const said = outcome.kind === 'failure' ? { failure: outcome.reason, sentence: outcome.sentence } : { characters: outcome.text.length };
  const graded = outcome.kind === 'answer' ? { unsound: await unsound(outcome) } : {};
  const line = { url: url.slice(url.lastIndexOf('/') + 1), ...said, ...graded, judges: await judges(outcome) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
process.stdout.write(
  `${JSON.stringify({ graders: graders.map(({ name }) => name), grownMb: process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024 })}\n`,
);
