import type { ModelRequest } from '../../src/domain/trial.ts';
import { readSuccession } from '../../src/jobs/across-models.ts';
import { check } from '../../src/jobs/check.ts';
import { requestOf, worldOf } from '../support/in-memory.ts';
import { answer, scriptedModel } from '../support/scripted-model.ts';
import { rows, shop } from '../support/shop.ts';

/** The new model is wrong about every third question. */
const reply = ({ model, messages }: ModelRequest) => {
  const question = Number(/question (\d+)/.exec(messages.at(-1)!.content)?.[1]);
  return answer(model === 'finch' && question % 3 === 0 ? 'no idea' : `answer ${question}`);
};

async function compared(files: Readonly<Record<string, string>>, base = files) {
  const pull = { base, head: files };
  const model = scriptedModel({ reply });
  const { report } = await check({ ...requestOf(pull), models: { old: 'parrot', next: 'finch' } }, worldOf(pull, model));
  return { report, asked: model.asked };
}

it('every prompt as it stands is asked on both models, and the verdict is about the new one', async () => {
  const { report, asked } = await compared(shop(60));
  expect(report.prompts).toMatchObject([
    {
      path: 'prompts/reply.md',
      verdict: 'regressed',
      models: { base: 'parrot', head: 'finch' },
      base: { score: 1 },
      effect: { losses: 20, wins: 0 },
    },
  ]);
  expect(report.exitCode).toBe(1);
  expect(asked).toHaveLength(120);
});

it('an edit since the base is no part of it, and the report says what was compared', async () => {
  const { report } = await compared(shop(30), { ...shop(30), 'prompts/reply.md': 'Another text.\n' });
  expect(report.base).toEqual(report.head);
  expect(report.prompts[0]!.edits).toBeUndefined();
  expect(report.notes).toEqual([
    'Two models are compared on the same text of each prompt: `parrot` as the base, `finch` as the pull request.',
  ]);
});

it('one that names the old model is among them; one that names a third, or has no eval set, is not, and the report says so', async () => {
  const { report } = await compared({
    ...shop(30),
    'prompts/a.md': '---\nmodel: parrot\n---\nAnswer.\n',
    'evals/a.jsonl': rows(30),
    'prompts/b.md': '---\nmodel: raven\n---\nAnswer.\n',
    'evals/b.jsonl': rows(30),
    'prompts/c.md': 'Answer.\n',
  });
  expect(report.prompts.map(({ path }) => path)).toEqual(['prompts/a.md', 'prompts/reply.md']);
  expect(report.notes).toEqual([
    'Two models are compared on the same text of each prompt: `parrot` as the base, `finch` as the pull request.',
    'Prompts left out, since no eval set is theirs: 1.',
    'Prompts left out, since their front matter names another model than `parrot`: 1.',
  ]);
});

it('where no prompt is among them nothing is called compared', async () => {
  const onRaven = { ...shop(30), 'prompts/reply.md': '---\nmodel: raven\n---\nAnswer.\n' };
  await expect(compared(onRaven)).rejects.toThrow(
    '--compare-models: no prompt with an eval set runs on "parrot". Name the model that they run on now. Prompts left out, since their front matter names another model than `parrot`: 1.',
  );
});

it('a broken prompt is bad input and keeps none of the others', async () => {
  const { report } = await compared({ ...shop(30), 'prompts/a.md': '---\nmodle: x\n---\n', 'evals/a.jsonl': rows(30) });
  expect(report.prompts.map(({ verdict }) => verdict)).toEqual(['bad-input', 'regressed']);
});

it.each(['gpt', 'a,', ',b', 'a,a', 'a,b,c', ''])('%j is not two models', (text) => {
  expect(() => readSuccession(text, '--compare-models')).toThrow('Write the old one, a comma and the new one.');
});
it('two names with a comma between them are', () => {
  expect(readSuccession(' gpt-5, gpt-6 ', '--compare-models')).toEqual({ old: 'gpt-5', next: 'gpt-6' });
});

it('a pull request that switches the settings to a listed model shows both models on the same text', async () => {
  const base = { ...shop(30), 'prompt-ratchet.yml': `${shop()['prompt-ratchet.yml']}models: [finch]\n` };
  const pull = { base, head: { ...base, 'prompt-ratchet.yml': base['prompt-ratchet.yml'].replace('name: parrot', 'name: finch') } };
  const { report } = await check(requestOf(pull), worldOf(pull, scriptedModel({ reply })));
  expect(report.prompts).toMatchObject([
    {
      verdict: 'not-evaluated',
      passed: true,
      proposed: { verdict: 'regressed', models: { base: 'parrot', head: 'finch' }, effect: { losses: 10 } },
    },
  ]);
});
