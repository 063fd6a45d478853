import { startGitHub } from '../support/github/server.ts';
import { type Script, startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, shop } from '../support/shop.ts';

type Files = Readonly<Record<string, string>>;

/** What the built action says on a pull request that edits `prompts/reply.md`, with `changes` in its base. */
async function say(changes: Files, { head = {}, script = obedient, inputs = {} }: { head?: Files; script?: Script; inputs?: Files } = {}) {
  const base = { ...shop(30), ...changes };
  await using model = await startModelServer(script);
  await using github = await startGitHub({ base, head: { ...base, 'prompts/reply.md': 'Answer the question, please.\n', ...head } });
  const given = { 'base-url': model.url, 'api-key': 'sk-very-secret', ...inputs };
  await using run = await runAction({ github, event: github.event('pull_request'), inputs: given });
  const report = await readReport(run);
  const comments = await github.comments();
  const everything = [run.stdout, run.stderr, run.summary, ...comments.map(({ body }) => body)].join('\n');
  expect(everything.replaceAll('::add-mask::sk-very-secret', '')).not.toContain('sk-very-secret');
  expect(everything).not.toMatch(/\n\s+at [^\n]+:\d+:\d+/);
  const own = report.prompts.flatMap(({ because }) => because.flatMap((reason) => ('sentences' in reason ? reason.sentences : [])));
  return {
    exitCode: run.exitCode,
    verdict: report.verdict,
    sentences: [...report.problems, ...own],
    comments: comments.length,
    calls: model.seen.length,
    report,
  };
}

describe('broken files are said with file, line, key and fix, before any call', () => {
  it.each<[string, Files, string]>([
    ['broken YAML', { 'prompt-ratchet.yml': 'model: { name: parrot\n' }, 'prompt-ratchet.yml:'],
    [
      'an unknown key',
      { 'prompt-ratchet.yml': 'modle: { name: parrot }\n' },
      'prompt-ratchet.yml:1: key "modle": unknown key. Did you mean "model"?',
    ],
    ['broken JSON Lines', { 'evals/reply.jsonl': '{"id": "a", "input": "x", "expected": "y"}\n{"id": \n' }, 'evals/reply.jsonl:2:'],
    ['broken CSV', { 'evals/reply.yml': 'examples: rows.csv\n', 'evals/rows.csv': 'id,input,expected\na,x\n' }, 'evals/rows.csv:2:'],
    ['an empty eval set', { 'evals/reply.jsonl': '' }, 'evals/reply.jsonl: there are no examples in the file.'],
    [
      'duplicate ids',
      { 'evals/reply.jsonl': '{"id": "a", "input": "x", "expected": "y"}\n{"id": "a", "input": "z", "expected": "y"}\n' },
      'evals/reply.jsonl:2: key "id"',
    ],
    [
      'equal rows without ids',
      { 'evals/reply.jsonl': '{"input": "x", "expected": "y"}\n{"input": "x", "expected": "y"}\n' },
      'evals/reply.jsonl:2:',
    ],
    ['an unknown scorer', { 'evals/reply.yml': 'examples: reply.jsonl\nscorers:\n  - exakt: {}\n' }, 'evals/reply.yml:3:'],
    [
      'a row without expected',
      { 'evals/reply.jsonl': '{"id": "a", "input": "x"}\n' },
      'evals/reply.jsonl:1: the scorer "exact" cannot score this example',
    ],
    [
      'a row file that is not there',
      { 'evals/reply.yml': 'examples: gone.jsonl\n' },
      'evals/reply.yml:1: key "examples": evals/gone.jsonl is not there.',
    ],
  ])('%s', async (_title, changes, beginning) => {
    const said = await say(changes);
    expect(said).toMatchObject({ exitCode: 3, verdict: 'bad-input', comments: 1, calls: 0 });
    expect(said.sentences[0]).toContain(beginning);
    expect(said.sentences.every((sentence) => typeof sentence === 'string' && /[.?\]]$/.test(sentence.trim()))).toBe(true);
  });

  it('a variable that rows do not fill, with the row, and that rows come from the base branch', async () => {
    const said = await say({}, { head: { 'prompts/reply.md': 'Q: {{input}}\nTone: {{tone}}\n' } });
    expect(said).toMatchObject({ exitCode: 3, calls: 0 });
    expect(said.sentences[0]).toMatch(
      /^prompts\/reply\.md:2: variable \{\{tone\}\} has no value in row "q0" \(evals\/reply\.jsonl:1\)\. Fill it in the row \(in CI, rows come from the base branch\)/,
    );
  });

  it('a prompt of 1 MB', async () => {
    const said = await say({}, { head: { 'prompts/reply.md': 'x'.repeat(1_000_000) } });
    expect(said).toMatchObject({ exitCode: 3, calls: 0 });
    expect(said.sentences[0]).toContain('prompts/reply.md: the prompt has 1000 kB; at most 500 kB are taken.');
  });

  it('no model', async () => {
    const said = await say({ 'prompt-ratchet.yml': 'concurrency: 2\n' });
    expect(said).toMatchObject({ exitCode: 3, calls: 0 });
    expect(said.sentences[0]).toBe(
      'prompts/reply.md: no model is configured for this prompt. Add `model: { name: your-model }` to the settings on the base branch, or give the input `model`.',
    );
  });

  it('one broken prompt leaves the others their verdict', async () => {
    const said = await say(
      { 'prompts/other.md': 'Fine.\n', 'evals/other.jsonl': '{broken\n' },
      { head: { 'prompts/other.md': 'Fine too.\n' } },
    );
    expect(said.exitCode).toBe(3);
    expect(said.report.prompts.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['prompts/other.md', 'bad-input'],
      ['prompts/reply.md', 'inconclusive'],
    ]);
  });

  it('a glob that matches nothing', async () => {
    const said = await say({}, { inputs: { prompts: 'promts/**/*.md' } });
    expect(said).toMatchObject({ exitCode: 3, calls: 0 });
    expect(said.sentences[0]).toContain('promts/**/*.md');
  });

  it('in an input with a few values, with all of them', async () => {
    const said = await say({}, { inputs: { job: 'chek' } });
    expect([said.exitCode, said.sentences]).toEqual([3, ['job: "chek" is not a value of this input. Write check, merge or optimize.']]);
  });

  it('an input that no input takes', async () => {
    const said = await say({}, { inputs: { 'on-inconclusive': 'maybe' } });
    expect(said.exitCode).toBe(3);
    expect(said.sentences[0]).toBe('on-inconclusive: "maybe" is not "warn" or "fail". Write "warn" or "fail".');
  });

  it('a new eval set that would break every check once merged', async () => {
    const said = await say({}, { head: { 'evals/reply.jsonl': '{broken\n' } });
    expect(said).toMatchObject({ exitCode: 3, calls: 0 });
    expect(said.sentences[0]).toContain('evals/reply.jsonl:1:');
  });
});

describe('a provider that cannot be used', () => {
  it('a wrong key is bad input after one call', async () => {
    const body = JSON.stringify({ error: { message: 'Incorrect API key provided: sk-very-secret', code: 'invalid_api_key' } });
    const said = await say({}, { script: () => ({ status: 401, body }) });
    expect(said).toMatchObject({ exitCode: 3, verdict: 'bad-input', calls: 1 });
    expect(said.sentences[0]).toMatch(/key/);
  });

  it('an unreachable model could not be measured, said in under 10 s', async () => {
    const started = performance.now();
    const said = await say({}, { inputs: { 'base-url': 'http://127.0.0.1:9/v1' } });
    expect(said).toMatchObject({ exitCode: 2, verdict: 'could-not-measure', calls: 0 });
    expect(said.report.prompts[0]!.because[0]).toMatchObject({ rule: 'provider-dead' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('a provider that fails on more than 2 % of the questions gives no verdict', async () => {
    const said = await say(
      {},
      {
        script: (request, count) =>
          request.body.messages.at(-1)!.content.endsWith('question 7')
            ? { status: 400, body: '{"error":{"message":"no"}}' }
            : obedient(request, count),
      },
    );
    expect(said).toMatchObject({ exitCode: 2, verdict: 'could-not-measure' });
    expect(said.report.prompts[0]!.because[0]).toMatchObject({ rule: 'pairs-missing', missing: 1, total: 30, exampleIds: ['q7'] });
    expect(said.report.prompts[0]!.notes).toEqual([
      expect.stringMatching(/^2 trials got no answer and count as missing\. The model server .* answered 400: "no"\.$/),
    ]);
  });
});

it('an outage of GitHub could not be measured, and is nobody’s bad input', async () => {
  await using github = await startGitHub({ base: shop(), head: { ...shop(), 'prompts/reply.md': 'x {{input}}' } });
  github.faults.add({ path: /compare/, misfortune: { status: 503, headers: { 'retry-after': '600' } } });
  await using run = await runAction({ github, event: github.event('pull_request'), inputs: { 'api-key': 'sk' } });
  expect(run.exitCode).toBe(2);
  expect(run.outputs['verdict']).toBe('could-not-measure');
  expect(run.stdout).toContain('Could not measure');
});

it('a token that may not read the repository is told the permission', async () => {
  await using github = await startGitHub({ base: shop(), head: { ...shop(), 'prompts/reply.md': 'x {{input}}' } });
  github.faults.add({ path: /compare/, misfortune: { status: 403, message: 'Resource not accessible by integration' } });
  await using run = await runAction({ github, event: github.event('pull_request'), inputs: { 'api-key': 'sk' } });
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toContain('contents: read');
});
