// Run as a process of its own: asks each URL given for a completion through the real edge, scores what comes, and says what became of it.
import { openAiModel } from '../../src/edges/models/openai.ts';
import { loadConstraints } from '../../src/scorers/constraints/bound.ts';
import { graderOf } from '../../src/scorers/score.ts';

const scorers = [
  [
    'exact',
    { extract: '(\\w+)\\s*$', flags: 'im', normalize: ['trim', 'lowercase', 'collapseSpaces', 'trailingPeriod', 'quotes', 'nfkc'] },
  ],
  ['contains', { values: ['yes'], ignoreCase: true }],
  ['regex', { pattern: '(a|b|x)+yes$' }],
  ['label', { labels: ['yes', 'no'] }],
] as const;
const constraints = [
  ['json', {}],
  ['jsonSchema', { schema: { items: { $ref: '#' }, additionalProperties: { $ref: '#' } } }],
  ['length', { tokens: { max: 5 } }],
  ['language', { languages: ['en'] }],
  ['noPersonalData', {}],
] as const;

const specs = scorers.map(([kind, options]) => ({ kind, options, weight: 1 }));
const rules = constraints.map(([name, options]) => ({ name, options }));
await loadConstraints(rules);
const graders = [
  ...specs.map((spec) => graderOf({ scorers: [spec] })),
  ...['all', 'any', 'min', 'mean'].map((kind) => graderOf({ scorers: [{ kind, options: {}, weight: 1, members: specs }] })),
  ...rules.map((rule) => graderOf({ scorers: specs, constraints: [rule] })),
];
const example = { id: 'a', vars: {}, messages: [], expected: 'yes', tags: [], source: { file: 'a', line: 1 } };

/** How many of the scores are a value from 0 to 1 with a short reason. */
async function sound(text: string): Promise<number> {
  let count = 0;
  for (const grade of graders) {
    const answer = { kind: 'answer', text, finish: 'stop', latencyMs: 0 } as const;
    const score = await grade(answer, example, () => Promise.reject(new Error('nobody is to be asked')));
    if (!('kind' in score) && score.value >= 0 && score.value <= 1 && score.reason.length < 5_000) count += 1;
  }
  return count;
}

const before = process.memoryUsage.rss();
for (const url of process.argv.slice(2)) {
  const model = openAiModel({ baseUrl: url, headers: {}, timeoutMs: 60_000 });
  const outcome = await model.ask({ model: 'm', params: {}, messages: [{ role: 'user', content: 'Yes?' }] }, new AbortController().signal);
  await model.close();
  const said = outcome.kind === 'failure' ? { failure: outcome.reason, sentence: outcome.sentence } : { characters: outcome.text.length };
  const graded = outcome.kind === 'answer' ? { sound: await sound(outcome.text), of: graders.length } : {};
  process.stdout.write(`${JSON.stringify({ url: url.slice(url.lastIndexOf('/') + 1), ...said, ...graded })}\n`);
}
process.stdout.write(`${JSON.stringify({ grownMb: process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024 })}\n`);
