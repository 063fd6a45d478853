import { trialsJsonl } from '../../src/jobs/records.ts';
import { reportJson } from '../../src/report/json.ts';
import { checkInMemory } from '../support/in-memory.ts';
import { answer } from '../support/scripted-model.ts';

const rows = Array.from({ length: 120 }, (_, number) =>
  JSON.stringify({
    ...(number % 2 === 0 && { id: `T-${number}` }),
    vars: { question: `Question ${number}?` },
    expected: `answer ${number}`,
    tags: [number % 3 === 0 ? 'mail' : 'chat'],
    cluster: `thread ${Math.floor(number / 2)}`,
    ...(number % 40 === 7 && { skip: true }),
  }),
).join('\n');

const files = (prompt: string, evals: string) => ({
  'prompt-ratchet.yml': 'model: { name: m }\ngate: { protected: [mail] }\nrepeats: 2\n',
  'prompts/a.md': prompt,
  'evals/a.yml': `examples: a.jsonl\nscorers: [contains]\nslices: [tags]\n${evals}`,
  'evals/a.jsonl': rows,
});

const run = (large: boolean, evals = '') =>
  checkInMemory({
    base: files('Answer: {{question}}\n', evals),
    head: files('Answer well: {{question}}\n', evals),
    large,
    reply: ({ messages }, count) => {
      const number = Number(/\d+/.exec(messages.map(({ content }) => content).join())![0]);
      return answer(
        number % 7 === 0 || (messages[0]!.content.includes('well') && number % 5 === count % 2) ? 'no idea' : `answer ${number}`,
      );
    },
  });

describe('an eval set of which a part at a time is in memory', () => {
  it.each([
    ['slices, clusters and repeats', ''],
    [
      'overrides and thresholds',
      'overrides:\n  mail: { constraints: [{ length: { words: { max: 2 } } }] }\nthresholds: { accuracy: 0.5 }\n',
    ],
  ])('comes to the same report and the same trials, byte for byte: %s', async (_, evals) => {
    const [whole, inParts] = [await run(false, evals), await run(true, evals)];
    expect(whole.report.problems).toEqual([]);
    expect(whole.report.prompts[0]!.effect).toBeDefined();
    expect(reportJson(inParts.report)).toBe(reportJson(whole.report));
    expect([...trialsJsonl(inParts.trials)].join('')).toBe([...trialsJsonl(whole.trials)].join(''));
  });
});
