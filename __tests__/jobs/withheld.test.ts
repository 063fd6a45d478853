import { filesOf } from '../../src/jobs/published.ts';
import { renderComment, renderLog, renderSummary, renderTerminal } from '../../src/report/index.ts';
import { checkInMemory } from '../support/in-memory.ts';
import { answer, failure } from '../support/scripted-model.ts';

const secretRow = (index: number) => ({
  id: `secret-id-${index}`,
  input: `secret-input ${index}`,
  expected: `secret-expected ${index}`,
  tags: ['open'],
});

/** Everything that a run with regressed, fixed, flaky and missing examples leaves behind, as one text. */
async function everything(examples: string, missing: number) {
  const base = {
    'prompt-ratchet.yml': `model: { name: parrot }\nreport: { examples: ${examples} }\nrepeats: 2\n`,
    'prompts/reply.md': 'Answer.\n',
    'evals/reply.yml': `slices: [tags]\nexamples:\n${Array.from({ length: 30 }, (_, index) => `  - ${JSON.stringify(secretRow(index))}\n`).join('')}`,
  };
  const head = { ...base, 'prompts/reply.md': 'Answer, please.\n', 'evals/reply.yml': base['evals/reply.yml'].replace('0"', '00"') };
  const checked = await checkInMemory({
    base,
    head,
    reply: ({ messages }, count) => {
      const index = Number(/secret-input (\d+)/.exec(messages.at(-1)!.content)?.[1]);
      if (index < missing) return failure('rejected', { sentence: `secret-sentence about ${messages.at(-1)!.content}` });
      const isWrong = messages[0]!.content.includes('please') ? index % 3 === 0 : count % 7 === 0;
      return answer(isWrong ? `secret-answer ${index}` : `secret-expected ${index}`);
    },
  });
  const { report, run } = checked;
  const files = Object.fromEntries(
    Object.entries(filesOf(checked)).map(([name, pieces]) => [name, typeof pieces === 'string' ? pieces : Array.from(pieces).join('')]),
  );
  const screen = { color: false, width: 80 };
  const places = [renderComment(report, run), renderSummary(report, run), renderLog(report, run), renderTerminal(report, run, screen)];
  return { text: [...places, ...Object.values(files)].join('\n'), trials: files['trials.jsonl']!.trim().split('\n'), checked };
}

describe.each([0, 5])('with %d of 30 examples unanswered', (missing) => {
  const texts = ['secret-input', 'secret-expected', 'secret-answer', ...(missing > 0 ? ['secret-sentence'] : [])];

  it.each([
    ['full', ['secret-id', ...texts]],
    ['ids', ['secret-id']],
    ['none', []],
  ])('`report.examples: %s` lets comment, summary, log, terminal and files tell of %j and of nothing else', async (examples, told) => {
    const { text, trials } = await everything(examples, missing);
    expect(['secret-id', ...texts].filter((kind) => text.includes(kind))).toEqual(told);
    expect(trials.length).toBeGreaterThanOrEqual(120);
    expect(JSON.parse(trials[0]!)).toMatchObject({ prompt: 'prompts/reply.md', arm: expect.any(String), repeat: 0 });
  });
});

it('names examples by their place where ids are withheld', async () => {
  const { checked } = await everything('none', 5);
  expect(checked.report.prompts[0]!.because).toMatchObject([{ rule: 'pairs-missing', exampleIds: ['#1', '#2', '#3', '#4', '#5'] }]);
  expect(new Set([...checked.trials].map(({ example }) => example)).size).toBe(30);
  expect(
    [...checked.trials].every(({ example, answer: text, reason }) => /^#\d+$/.test(example) && text === undefined && reason === undefined),
  ).toBe(true);
});
