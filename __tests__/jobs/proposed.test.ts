import type { ModelRequest } from '../../src/domain/trial.ts';
import { checkInMemory, type InMemoryPullRequest } from '../support/in-memory.ts';
import { answer } from '../support/scripted-model.ts';
import { rows, shop } from '../support/shop.ts';

/** Right about every question, and under a prompt that says "worse" about none. */
const reply = ({ messages }: ModelRequest) =>
  answer(messages.some(({ content }) => content.includes('worse')) ? 'no idea' : messages.at(-1)!.content.replace('question', 'answer'));

async function outcome(pull: InMemoryPullRequest) {
  const { report, model } = await checkInMemory({ reply, ...pull });
  const [prompt] = report.prompts;
  return {
    exitCode: report.exitCode,
    verdict: report.verdict,
    because: prompt?.because.map(({ rule }) => rule),
    notes: [...report.notes, ...report.prompts.flatMap(({ notes }) => notes)],
    proposed: prompt?.proposed && { verdict: prompt.proposed.verdict, head: prompt.proposed.head?.score, models: prompt.proposed.models },
    models: [...new Set(model.asked.map((request) => request.model))],
    report,
  };
}

const settings = 'model: { name: parrot, temperature: 0, maxOutputTokens: 32 }\n';

describe('the first pull request, which brings settings, eval set and prompt', () => {
  const { 'prompts/reply.md': text, ...setUp } = shop(30);
  const comesWith = [
    '`prompt-ratchet.yml` comes with this pull request and counts once it is merged.',
    'Its eval set, `evals/reply.jsonl`, comes with this pull request: once merged, it decides.',
  ];

  it.each<[string, InMemoryPullRequest]>([
    ['a new prompt', { base: {}, head: shop(30) }],
    ['an edited prompt', { base: { 'prompts/reply.md': 'Answer.\n' }, head: shop(30) }],
    ['a prompt that stays as it is', { base: { 'prompts/reply.md': text }, head: shop(30) }],
  ])('passes, and says what will hold after the merge: %s', async (_title, pull) => {
    expect(await outcome(pull)).toMatchObject({ exitCode: 0, verdict: 'not-evaluated', notes: comesWith, models: [], proposed: undefined });
  });

  it('passes where the workflow names the settings that are to come', async () => {
    const { 'prompt-ratchet.yml': text, ...rest } = shop(30);
    const said = await outcome({ base: {}, head: { ...rest, 'ops/gate.yml': text }, config: 'ops/gate.yml' });
    expect(said).toMatchObject({
      exitCode: 0,
      notes: ['`ops/gate.yml` comes with this pull request and counts once it is merged.', comesWith[1]],
    });
  });

  it('is refused where it names settings that are nowhere', async () => {
    await expect(outcome({ base: {}, head: shop(30), config: 'ops/gate.yml' })).rejects.toThrow(
      'ops/gate.yml: there is no such file in tip. Mend the path; in CI the file must be on the base branch first.',
    );
  });

  it('shows how the prompt does where an input names the model', async () => {
    const said = await outcome({ base: {}, head: shop(30), inputs: { model: 'finch' } });
    expect(said).toMatchObject({ exitCode: 0, proposed: { verdict: 'not-evaluated', head: 1 }, models: ['finch'] });
  });

  it('is refused where its eval set is broken: merged, it would break every check', async () => {
    const said = await outcome({ base: {}, head: { ...shop(30), 'evals/reply.jsonl': '{broken\n' } });
    expect(said).toMatchObject({ exitCode: 3, because: ['bad-input'] });
  });

  it('is refused once where its settings are broken, however many prompts there are', async () => {
    const head = { ...setUp, 'prompts/a.md': 'A.', 'prompts/b.md': 'B.', 'prompt-ratchet.yml': 'modle: { name: parrot }\n' };
    await expect(outcome({ base: {}, head })).rejects.toThrow(/^prompt-ratchet\.yml:1: key "modle": unknown key\. Did you mean "model"\?$/);
  });
});

describe('a pull request that changes settings', () => {
  const base = shop(30);

  it.each([
    ['a parameter of the model', settings.replace('temperature: 0', 'temperature: 1'), []],
    [
      'the margin',
      `${settings}gate: { margin: 0.2 }\n`,
      ['This pull request changes in prompt-ratchet.yml what decides once it is merged: margin from `0.05` to `0.2`.'],
    ],
    ['how often each version runs', `${settings}repeats: 2\n`, []],
  ])('shows each prompt under the new ones: %s', async (_title, changed, notes) => {
    const said = await outcome({ base, head: { ...base, 'prompt-ratchet.yml': changed } });
    expect(said).toMatchObject({ exitCode: 0, because: ['same-requests'], proposed: { head: 1 }, models: ['parrot'], notes });
  });

  it('cannot loosen the gate of later ones unseen', async () => {
    const strict = { ...base, 'prompt-ratchet.yml': `${settings}gate: { onInconclusive: fail, onNew: fail }\n` };
    const loose = { ...base, 'prompt-ratchet.yml': `${settings}prompts: [texts/*.md]\n`, 'texts/a.md': 'A.\n' };
    expect(await outcome({ base: strict, head: loose })).toMatchObject({
      exitCode: 0,
      notes: [
        'This pull request changes in prompt-ratchet.yml what decides once it is merged: onInconclusive from `"fail"` to `"warn"`, onNew from `"fail"` to `"pass"`, prompts from `["prompts/**/*.md"]` to `["texts/*.md"]`.',
      ],
    });
  });

  it('asks a new model only where the base branch lists it', async () => {
    const switched = settings.replace('parrot', 'finch');
    const listing = { ...base, 'prompt-ratchet.yml': `${settings}models: [finch]\n` };
    expect(await outcome({ base: listing, head: { ...base, 'prompt-ratchet.yml': switched } })).toMatchObject({
      proposed: { models: { base: 'parrot', head: 'finch' } },
      models: ['parrot', 'finch'],
      notes: [],
    });
    expect(await outcome({ base, head: { ...base, 'prompt-ratchet.yml': switched } })).toMatchObject({
      exitCode: 0,
      models: [],
      notes: [expect.stringMatching(/^This pull request sets the model to `finch` in prompt-ratchet\.yml\. It was not tried: /)],
    });
  });

  it('says nothing of a model that an input overrules anyway', async () => {
    const head = { ...base, 'prompt-ratchet.yml': settings.replace('parrot', 'finch') };
    expect(await outcome({ base, head, inputs: { model: 'wren' } })).toMatchObject({ models: [], notes: [] });
  });

  it('costs nothing where the change judges nothing', async () => {
    const said = await outcome({ base, head: { ...base, 'prompt-ratchet.yml': `${settings}concurrency: 2\n` } });
    expect(said).toMatchObject({ exitCode: 0, because: undefined, models: [], notes: [] });
  });
});

describe('a prompt that chooses another eval set', () => {
  const easy = { ...shop(30), 'evals/easy.jsonl': rows(30, () => 'no idea') };
  const head = { ...easy, 'prompts/reply.md': '---\nevals: evals/easy.jsonl\n---\nAnswer worse.\n' };

  it('is held to the old one, and shown under the new one', async () => {
    const said = await outcome({ base: easy, head });
    expect(said).toMatchObject({ exitCode: 1, verdict: 'regressed', proposed: { verdict: 'improved' } });
    expect(said.report.prompts[0]!.evalSet!.path).toBe('evals/reply.jsonl');
  });

  it('that is not there is told so', async () => {
    const said = await outcome({ base: easy, head: { ...head, 'prompts/reply.md': '---\nevals: evals/gone.jsonl\n---\nAnswer.\n' } });
    expect(said.exitCode).toBe(3);
    expect(said.report.prompts[0]!.because).toEqual([
      {
        rule: 'bad-input',
        sentences: ['prompts/reply.md:2: key "evals": evals/gone.jsonl is not there. Add it at the same revision, or remove the key.'],
      },
    ]);
  });

  it('outside of where changes are looked for is told what to list', async () => {
    const base = { ...shop(30), 'qa/x.jsonl': rows(30), 'prompts/reply.md': '---\nevals: qa/x.jsonl\n---\nAnswer.\n' };
    const said = await outcome({ base, head: { ...base, 'prompts/reply.md': '---\nevals: qa/x.jsonl\n---\nAnswer, please.\n' } });
    expect(said.notes).toEqual(['A change to `qa/x.jsonl` alone goes unnoticed: list it under `evals:` in prompt-ratchet.yml.']);
  });
});

describe('a pull request that takes an eval set away', () => {
  const { 'evals/reply.jsonl': _rows, ...without } = shop(30);
  const notes = ['This pull request takes its eval set, `evals/reply.jsonl`, away: once merged, nothing holds this prompt.'];

  it.each([
    ['from a prompt that stays as it is', without, { exitCode: 0, because: ['same-requests'] }],
    ['from a prompt that gets worse, and is held to it still', { ...without, 'prompts/reply.md': 'Answer worse.\n' }, { exitCode: 1 }],
  ])('says so: %s', async (_title, head, expected) => {
    expect(await outcome({ base: shop(30), head })).toMatchObject({ ...expected, notes });
  });

  it('says nothing where another takes its place', async () => {
    expect(
      await outcome({ base: shop(30), head: { ...without, 'evals/reply.yml': 'examples: [{ input: question 1, expected: answer 1 }]' } }),
    ).toMatchObject({
      exitCode: 0,
      notes: [],
    });
  });
});

describe('a fault of the base branch', () => {
  it.each([
    ['in a prompt', 'prompts/reply.md', '{{#if x}}'],
    ['in what a prompt asks for', 'prompts/reply.md', '{{tone}} {{input}}'],
  ])('%s makes the mended one count as new, and says so', async (_title, path, broken) => {
    const base = { ...shop(30), [path]: broken };
    const said = await outcome({ base, head: shop(30) });
    expect(said).toMatchObject({ exitCode: 0, because: ['new-prompt'] });
    expect(said.notes[0]).toMatch(/^The base version cannot be used, so this prompt counts as new: prompts\/reply\.md:1: /);
  });

  it('in an eval set does not keep out the pull request that mends it', async () => {
    const base = { ...shop(30), 'evals/reply.jsonl': '{broken\n' };
    expect(await outcome({ base, head: shop(30) })).toMatchObject({ exitCode: 0, because: ['same-requests'], proposed: { head: 1 } });
  });

  it('in an eval set blocks a prompt that changes: nothing can be said of it', async () => {
    const base = { ...shop(30), 'evals/reply.jsonl': '{broken\n' };
    const head = { ...shop(30), 'prompts/reply.md': 'Answer worse.\n' };
    expect(await outcome({ base, head })).toMatchObject({ exitCode: 3, because: ['bad-input'] });
  });

  it('a missing model does not keep out the pull request that names it', async () => {
    const { 'prompt-ratchet.yml': _settings, ...base } = shop(30);
    expect(await outcome({ base, head: shop(30) })).toMatchObject({ exitCode: 0, models: [] });
  });
});
