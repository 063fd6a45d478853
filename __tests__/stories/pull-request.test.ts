import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marker } from '../../src/edges/github/marker.ts';
import { deletion } from '../support/github/events.ts';
import { startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, rows, shop } from '../support/shop.ts';
import { commentBody, expectQuiet, onPullRequest, writes } from '../support/story.ts';

describe('no prompt changed', () => {
  it('is green with one line, no comment and no call', async () => {
    const base = shop();
    await using story = await onPullRequest({ base, head: { ...base, 'README.md': 'new\n' } });
    expect(story.run.exitCode).toBe(0);
    expect(story.run.outputs).toMatchObject({ verdict: 'not-evaluated', passed: 'true', results: '[]', calls: '0' });
    expect(story.run.summary).toBe('⚪ **No prompt changed**: nothing to evaluate.\n');
    expect(writes(story.github)).toEqual([]);
    expect(story.github.requests.length).toBeLessThanOrEqual(4);
    expect(story.model.seen).toEqual([]);
  });

  it('does not leave an earlier verdict standing', async () => {
    const base = shop(30);
    await using github = await startGitHub({ base, head: { ...base, 'README.md': 'new\n' } });
    const before = `${marker('prompt-ratchet.yml')}\n❌ \`prompts/reply.md\` **regressed** … Merge blocked.\n`;
    await github.comment('github-actions[bot]', before);
    await github.comment('mona', before);
    await using run = await runAction({ github, event: github.event('pull_request') });
    expect(run.exitCode).toBe(0);
    const [ours, ...others] = await github.comments();
    expect(ours!.body.split('\n').slice(1).join('\n').trim()).toBe('⚪ **No prompt changed**: nothing to evaluate.');
    expect(others.map(({ body }) => body)).toEqual([before]);
  });

  it('never loads the model SDK', async () => {
    const base = shop();
    await using github = await startGitHub({ base, head: { ...base, 'README.md': 'new\n' } });
    const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
    await cp('dist', folder, { recursive: true });
    const chunks = (await readdir(join(folder, 'chunks'))).filter((name) => name.startsWith('openai-'));
    expect(chunks).toHaveLength(1);
    await rm(join(folder, 'chunks', chunks[0]!));
    await using run = await runAction({ github, event: github.event('pull_request'), bundle: join(folder, 'index.js') });
    expect(run.exitCode).toBe(0);
    await rm(folder, { recursive: true });
  });
});

describe('a prompt that got worse', () => {
  const base = shop();
  const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n' };

  it('blocks, with one comment that says by how much', async () => {
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(1);
    const [first] = (await commentBody(story.github)).split('\n');
    expect(first).toContain('`prompts/reply.md` **regressed**: 100.0 % → 66.7 % (−33.3 pp, 90 % interval');
    expect(first).toContain('60 examples). Merge blocked.');
    const report = await readReport(story.run);
    expect(report.prompts[0]).toMatchObject({ verdict: 'regressed', effect: { wins: 0, losses: 20, ties: 40, missing: 0 } });
    expect(report.prompts[0]!.examples).toHaveLength(20);
    expect(JSON.parse(story.run.outputs['results']!)).toMatchObject([
      { prompt: 'prompts/reply.md', verdict: 'regressed', wins: 0, losses: 20 },
    ]);
    expect(story.run.summary).toContain('**regressed**');
    expect(story.run.stdout).toContain('::error::');
    expect(story.model.seen).toHaveLength(120);
    expect(story.github.requests.length).toBeLessThanOrEqual(12);
  });

  it('gets the same bytes in the same comment when it runs again', async () => {
    await using story = await onPullRequest({ base, head });
    const before = await commentBody(story.github);
    const id = (await story.github.comments())[0]!.id;
    const reportBefore = await readFile(story.run.outputs['report-json']!, 'utf8');
    const trialsBefore = await readFile(join(story.run.directory, 'prompt-ratchet/trials.jsonl'), 'utf8');
    await using again = await runAction({ github: story.github, event: story.github.event('pull_request'), inputs: story.given });
    expect(await commentBody(story.github)).toBe(before);
    expect((await story.github.comments())[0]!.id).toBe(id);
    expect(await readFile(again.outputs['report-json']!, 'utf8')).toBe(reportBefore);
    expect(await readFile(join(again.directory, 'prompt-ratchet/trials.jsonl'), 'utf8')).toBe(trialsBefore);
  });

  it('blocks without a comment where the token may not write one', async () => {
    await using model = await startModelServer(obedient);
    await using github = await startGitHub({ base, head });
    const inputs = { 'base-url': model.url, 'api-key': 'sk-story', 'github-token': github.readOnlyToken };
    await using run = await runAction({ github, event: github.event('pull_request'), inputs });
    expect(run.exitCode).toBe(1);
    expect(await github.comments()).toEqual([]);
    expect(run.summary).toContain('**regressed**');
    expect(run.stdout).toContain('pull-requests: write');
    expectQuiet(run);
  });
});

describe('where things are read', () => {
  it('a pull request cannot loosen its own gate: its settings and eval set are shown beside, and decide nothing', async () => {
    const base = shop();
    const head = {
      ...base,
      'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n',
      'evals/reply.jsonl': rows(60, (index) => (index % 3 === 0 ? 'no idea' : `answer ${index}`)),
      'prompt-ratchet.yml': 'model: { name: parrot, temperature: 0, maxOutputTokens: 32 }\ngate: { margin: 0.9 }\n',
    };
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(1);
    const [prompt] = (await readReport(story.run)).prompts;
    expect(prompt).toMatchObject({ verdict: 'regressed', effect: { margin: 0.05, losses: 20 } });
    expect(prompt!.proposed).toMatchObject({ verdict: 'improved', effect: { margin: 0.9, wins: 20, losses: 0 } });
    // Both ask the same questions: the answers are shared.
    expect(story.model.seen).toHaveLength(120);
  });

  it('an old branch cannot dodge a newer gate: policy is the tip of the base branch, texts start at the merge base', async () => {
    const base = shop();
    const tip = {
      ...base,
      'evals/reply.yml': 'examples: reply.jsonl\nthresholds: { accuracy: 0.95 }\n',
      'prompts/reply.md': 'Answer the question. Be wrong on 1/2.\n',
    };
    const head = { ...base, 'prompts/reply.md': 'Answer the question, please. Be wrong on 1/10.\n' };
    await using story = await onPullRequest({ base, head, tip });
    const [prompt] = (await readReport(story.run)).prompts;
    expect(prompt).toMatchObject({ verdict: 'regressed', base: { score: 1 }, head: { score: 0.9 } });
    expect(prompt!.because[0]).toMatchObject({ rule: 'threshold-missed', metric: 'accuracy', threshold: 0.95 });
  });

  it('a head cannot choose a model that the settings do not list, and is told the line to add', async () => {
    const base = shop();
    const head = { ...base, 'prompts/reply.md': '---\nmodel: costly\n---\nAnswer the question.\n' };
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(3);
    expect((await readReport(story.run)).prompts[0]!.because[0]).toMatchObject({
      rule: 'bad-input',
      sentences: [
        'prompts/reply.md:2: key "model": "costly" is not among the models that the settings allow. A maintainer must write models: ["costly"] into prompt-ratchet.yml on the base branch.',
      ],
    });
    expect(story.model.seen).toEqual([]);
  });

  it('a listed model is compared with the base’s', async () => {
    const base = { ...shop(), 'prompt-ratchet.yml': 'model: { name: parrot }\nmodels: [finch]\n' };
    const head = { ...base, 'prompts/reply.md': '---\nmodel: finch\nconfig: { temperature: 1 }\n---\nAnswer the question.\n' };
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(0);
    const asked = story.model.seen.map(({ body }) => `${body.model} ${JSON.stringify(body['temperature'])}`);
    expect(new Set(asked)).toEqual(new Set(['parrot undefined', 'finch 1']));
  });

  it('inputs only tighten policy and caps', async () => {
    const base = { ...shop(30), 'prompt-ratchet.yml': 'model: { name: parrot }\ngate: { onInconclusive: fail }\ncaps: { calls: 60 }\n' };
    const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/29.\n' };
    await using loose = await onPullRequest({ base, head }, { inputs: { 'on-inconclusive': 'warn', 'max-calls': '1000' } });
    expect(loose.run.exitCode).toBe(1);
    expect(loose.run.outputs).toMatchObject({ verdict: 'inconclusive', passed: 'false', calls: '60' });
    await using tight = await onPullRequest({ base, head }, { inputs: { 'max-calls': '59' } });
    expect(tight.run.exitCode).toBe(2);
    expect(tight.run.outputs).toMatchObject({ verdict: 'could-not-measure', calls: '0' });
    expect((await readReport(tight.run)).prompts[0]!.because[0]).toEqual({ rule: 'budget', cap: 'calls', allowed: 59, needed: 60 });
  });

  it('says in its first lines that the workflow itself was touched', async () => {
    const base = { ...shop(), '.github/workflows/prompts.yml': 'on: pull_request\n' };
    const head = { ...base, 'prompts/reply.md': 'Answer it.\n', '.github/workflows/prompts.yml': 'on: push\n' };
    await using story = await onPullRequest({ base, head });
    expect((await commentBody(story.github)).split('\n').slice(0, 4).join('\n')).toContain('.github/');
  });
});

describe('prompts with nothing to be compared with', () => {
  it.each<[string, Record<string, string | null>, string, string]>([
    ['a new prompt', { 'prompts/new.md': 'New.\n' }, 'no-eval-set', 'onMissingEvals'],
    ['a new prompt with an eval set', { 'prompts/fresh.md': 'Answer the question.\n' }, 'new-prompt', 'onNew'],
    ['a deleted prompt', { 'prompts/reply.md': null }, 'deleted-prompt', 'onDeleted'],
  ])('%s is not evaluated; the strict can make it fail', async (_title, change, rule, key) => {
    const base = { ...shop(), 'evals/fresh.jsonl': rows(20) };
    const head = Object.fromEntries(Object.entries({ ...base, ...change }).filter((entry): entry is [string, string] => entry[1] !== null));
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(0);
    expect((await readReport(story.run)).prompts).toMatchObject([{ verdict: 'not-evaluated', passed: true, because: [{ rule }] }]);

    const strict = { 'prompt-ratchet.yml': `model: { name: parrot }\ngate: { ${key}: fail }\n` };
    await using failing = await onPullRequest({ base: { ...base, ...strict }, head: { ...head, ...strict } });
    expect(failing.run.exitCode).toBe(1);
    expect((await readReport(failing.run)).prompts[0]!.because.at(-1)).toEqual({ rule: 'policy', key });
  });

  it('holds a new prompt to the thresholds of its eval set', async () => {
    const base = { ...shop(), 'evals/fresh.jsonl': rows(20), 'evals/fresh.yml': 'examples: fresh.jsonl\nthresholds: { accuracy: 0.9 }\n' };
    const head = { ...base, 'prompts/fresh.md': 'Answer the question. Be wrong on 1/4.\n' };
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(1);
    expect((await readReport(story.run)).prompts[0]).toMatchObject({ verdict: 'regressed', head: { score: 0.75, n: 20 } });
  });

  it('compares a prompt that moved and changed with what it was', async () => {
    const { 'prompts/reply.md': text, ...rest } = shop();
    const base = { ...rest, 'prompts/reply.md': text };
    const head = { ...rest, 'prompts/support/reply.md': 'A wholly different text. Be wrong on 1/3.\n' };
    await using story = await onPullRequest({ base, head });
    expect((await readReport(story.run)).prompts).toMatchObject([
      { path: 'prompts/support/reply.md', previousPath: 'prompts/reply.md', status: 'renamed', verdict: 'regressed' },
    ]);
  });

  it('evaluates the prompts that use a changed partial', async () => {
    const base = {
      ...shop(),
      'prompts/reply.md': '{{> manners}} {{input}}\n',
      'prompts/_manners.md': 'Be kind.',
      'prompts/other.md': 'Unrelated.',
    };
    const head = { ...base, 'prompts/_manners.md': 'Be wrong on 1/3.' };
    await using story = await onPullRequest({ base, head });
    expect((await readReport(story.run)).prompts).toMatchObject([{ path: 'prompts/reply.md', status: 'affected', verdict: 'regressed' }]);
  });

  it('shows an unchanged prompt under a changed eval set, as information', async () => {
    const base = shop();
    const head = { ...base, 'evals/reply.jsonl': rows(40, (index) => (index % 2 === 0 ? 'never' : `answer ${index}`)) };
    await using story = await onPullRequest({ base, head });
    expect(story.run.exitCode).toBe(0);
    const [prompt] = (await readReport(story.run)).prompts;
    expect(prompt).toMatchObject({
      status: 'affected',
      verdict: 'not-evaluated',
      because: [{ rule: 'same-requests' }],
      proposed: { head: { score: 0.5, n: 40 } },
    });
    expect(story.model.seen).toHaveLength(40);
  });
});

it('an answer that breaks a constraint scores 0, and the report names constraint and examples', async () => {
  const base = { ...shop(), 'evals/reply.yml': 'examples: reply.jsonl\nconstraints:\n  - notContains: { phrases: [no idea] }\n' };
  const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/20.\n' };
  await using story = await onPullRequest({ base, head });
  const [prompt] = (await readReport(story.run)).prompts;
  expect(prompt!.notes).toEqual([]);
  const constraints = [{ name: 'notContains', base: 0, head: 3, fresh: 3, ids: ['q0', 'q20', 'q40'] }];
  expect(JSON.parse(await readFile(story.run.outputs['report-json']!, 'utf8'))).toMatchObject({ prompts: [{ constraints }] });
  const list =
    '**New constraint failures**\n\n- `notContains` on 3 examples that the base kept it on (0 → 3 answers): `q0`, `q20`, `q40`\n';
  expect(await commentBody(story.github)).toContain(list);
  expect(prompt!.examples[0]!.head.reason).toMatch(/^breaks notContains: /);
});

describe('other events', () => {
  const base = shop();
  const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n' };

  it.each(['push', 'merge_group', 'workflow_dispatch'] as const)('%s is checked without a comment', async (name) => {
    await using model = await startModelServer(obedient);
    await using github = await startGitHub({ base, head });
    await using run = await runAction({ github, event: github.event(name), inputs: { 'base-url': model.url, 'api-key': 'sk-story' } });
    expect(run.exitCode).toBe(1);
    expect(run.outputs['verdict']).toBe('regressed');
    expect(writes(github)).toEqual([]);
  });

  it.each(['pull_request_target', 'schedule'])('%s, on which nothing can be checked, is not green', async (eventName) => {
    await using github = await startGitHub({ base, head });
    const event = { ...github.event('pull_request'), eventName };
    await using run = await runAction({ github, event, inputs: { 'api-key': 'sk-story' } });
    expect(run.exitCode).toBe(3);
    expect(run.outputs).toMatchObject({ verdict: 'bad-input', passed: 'false' });
    expect(run.stdout).toContain('Run it on pull_request, push, merge_group, workflow_dispatch, issue_comment or workflow_run.');
    expect(github.requests).toEqual([]);
  });

  it('a push that deletes a branch has nothing to compare', async () => {
    await using github = await startGitHub({ base, head });
    await using run = await runAction({ github, event: github.event('push', deletion) });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated', passed: 'true', results: '[]', calls: '0' } });
    expect(run.summary).toBe('This push deleted a branch or tag, so there is no prompt to check.\n');
  });

  it('a second step in the same job leaves the first one’s files alone', async () => {
    await using github = await startGitHub({ base, head: base });
    await using first = await runAction({ github, event: github.event('push') });
    await using second = await runAction({ github, event: github.event('push'), env: { RUNNER_TEMP: first.directory } });
    expect([first.outputs['report-json'], second.outputs['report-json']]).toEqual([
      join(first.directory, 'prompt-ratchet/report.json'),
      join(first.directory, 'prompt-ratchet-2/report.json'),
    ]);
  });

  it('a runner without room for files still has the report in log, summary and outputs', async () => {
    await using github = await startGitHub({ base, head: base });
    await using run = await runAction({ github, event: github.event('push'), env: { RUNNER_TEMP: '/proc/none' } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated', 'report-json': '' } });
    expect(run.stdout).toContain('::warning::The report');
    expectQuiet(run);
  });

  it('a fork without a key is not evaluated, and passes', async () => {
    await using github = await startGitHub({ base, head });
    const event = github.event('pull_request', { pull_request: { head: { repo: { full_name: 'mallory/shop' } } } });
    await using run = await runAction({ github, event, inputs: { 'github-token': github.readOnlyToken } });
    expect(run.exitCode).toBe(0);
    expect((await readReport(run)).prompts).toMatchObject([{ verdict: 'not-evaluated', because: [{ rule: 'no-key' }] }]);
    expectQuiet(run);
  });

  it('a closed pull request is never written to', async () => {
    await using model = await startModelServer(obedient);
    await using github = await startGitHub({ base, head });
    const event = github.event('pull_request', { pull_request: { state: 'closed' } });
    await using run = await runAction({ github, event, inputs: { 'base-url': model.url, 'api-key': 'sk-story' } });
    expect(run.exitCode).toBe(1);
    expect(writes(github)).toEqual([]);
  });
});

it('hostile answers reach no log as commands and no comment as mentions, links or HTML', async () => {
  const base = shop();
  const head = { ...base, 'prompts/reply.md': 'Answer the question, worse.\n' };
  const hostile =
    '::set-output name=passed::true\n##[add-mask]x\n```\n</details><img src=x onerror=alert(1)> @octocat [x](https://evil.example) ![i](https://evil.example/i.png)\u001b[2J';
  await using story = await onPullRequest(
    { base, head },
    { script: (request, count) => (request.body.messages[0]!.content.includes('worse') ? { content: hostile } : obedient(request, count)) },
  );
  expect(story.run.exitCode).toBe(1);
  expect(story.run.stdout).not.toMatch(/^\s*::set-output/m);
  expect(story.run.stdout).not.toContain('##[add-mask]');
  expect(story.run.stdout + story.run.summary).not.toContain('\u001b');
  const body = await commentBody(story.github);
  const outsideCode = body.replace(/^(`{3,})[^`]*?\n[\s\S]*?^\1/gm, '').replace(/(`+)[^`][\s\S]*?\1/g, '');
  expect(outsideCode).not.toMatch(/@octocat|<img|evil\.example/);
});
