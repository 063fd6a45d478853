import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelRequest } from '../../src/domain/trial.ts';
import { shardSentence } from '../../src/report/index.ts';
import { asGoodAsSaid, graded, isJudged, judgedShop, labels } from '../support/judged.ts';
import { answer, failure } from '../support/scripted-model.ts';
import { lasting, mergedInMemory, type ShardedPull, shardInMemory, wholeInMemory } from '../support/sharded.ts';
import { rows, shop } from '../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-shards-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const all = [1, 2, 3, 4];

const question = ({ messages }: ModelRequest): number => Number(/question (\d+)/.exec(messages.at(-1)!.content)?.[1]);
const isHead = ({ messages }: ModelRequest): boolean => messages[0]!.content.includes('Be quick');

/** Right, but for the head where `isWrong`. */
const replies = (isWrong: (question: number) => boolean) => (request: ModelRequest) =>
  answer(isHead(request) && isWrong(question(request)) ? 'no idea' : `answer ${question(request)}`, { latencyMs: question(request) });

function pull(settings = '', more: Partial<ShardedPull> & { readonly n?: number } = {}): ShardedPull {
  const { n = 30, ...rest } = more;
  const files = shop(n);
  const base = { ...files, 'prompt-ratchet.yml': files['prompt-ratchet.yml'] + settings };
  return { base, head: { ...base, 'prompts/reply.md': 'Be quick.\n' }, reply: replies((at) => at % 3 === 0), ...rest };
}

/** Every other row is one on which versions differ. */
function stagedPull(): ShardedPull {
  const { base, head, ...rest } = pull('gate: { earlyStop: true }\n', { reply: replies((at) => at % 2 === 0) });
  const rated = rows(30).replace(/"q(\d+)"/g, (id, at) => `${id},"passRate":${Number(at) % 2 === 0 ? 0.5 : 1}`);
  const more = { 'evals/reply.yml': 'examples: reply.jsonl\nstages: passRate\n', 'evals/reply.jsonl': rated };
  return { ...rest, base: { ...base, ...more }, head: { ...head, ...more } };
}

const judgedPull = (evalSet: string, more: Readonly<Record<string, string>>): ShardedPull => {
  const base = judgedShop(evalSet, more);
  const reply = (request: ModelRequest) => (isJudged(request) ? graded(request, (quality) => quality) : asGoodAsSaid(request));
  return { base, head: { ...base, 'prompts/reply.md': 'Answer with quality 2.\n' }, reply };
};

const ask = (given: ShardedPull, indices = all) => Promise.all(indices.map((index) => shardInMemory(given, folder, index, 4)));

describe('four shards, joined, say what one machine would have said, byte for byte', () => {
  const failing = (request: ModelRequest) =>
    question(request) === 7 ? failure('rejected', { sentence: 'It is too long.' }) : replies(() => false)(request);
  it.each<[string, ShardedPull, { asked?: true }?]>([
    ['of a plain comparison', pull()],
    ['of repeats', pull('repeats: 3\n', { reply: (request) => replies((at) => at % 5 === 0)(request) })],
    ['of a run that harm ends early', pull('gate: { earlyStop: true }\n', { reply: replies(() => true) })],
    ['of a run that harm ends in its first stage', stagedPull()],
    [
      'of a verdict that takes further repeats to settle, which the joining job asks',
      pull('gate: { settle: { maxRepeats: 3 } }\n', { reply: replies((at) => at === 9) }),
      { asked: true },
    ],
    ['of questions without an answer', pull('', { reply: failing })],
    ['of a server that refuses a parameter', pull('', { script: { refused: () => ['temperature'] } })],
    ['of few examples, so that a shard has none', pull('', { n: 3 })],
    [
      'of a judge and what people say',
      judgedPull('scorers: [rubric: { criteria: [clarity] }]\ncalibration: labels.jsonl\n', {
        'evals/labels.jsonl': labels(20, (quality) => ({ clarity: quality })),
      }),
    ],
    ['of a judge that nobody vouches for, beside a scorer', judgedPull('scorers: [contains, rubric: { criteria: [clarity] }]\n', {})],
    [
      'of a judge that is asked twice',
      judgedPull('scorers: [rubric: { criteria: [clarity] }]\n', {
        'prompt-ratchet.yml':
          'model: { name: parrot, temperature: 0, maxOutputTokens: 32 }\njudge: { model: small, maxOutputTokens: 200, noise: true }\n',
      }),
    ],
  ])('%s', async (_, given, { asked: asksMore } = {}) => {
    const whole = await wholeInMemory(given);
    const asked = await ask(given);
    const { asked: further, ...merged } = await mergedInMemory(given, folder);
    expect(lasting(merged)).toEqual(lasting(whole));
    expect(further > 0).toBe(asksMore === true);
    expect(merged.run.calls).toBe(further + asked.reduce((sum, { calls }) => sum + calls, 0));
    expect(asked.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  });
});

describe('what a shard asks', () => {
  it('is its own examples, and all about them', async () => {
    const asked = await ask(pull('repeats: 2\n'));
    expect(asked.reduce((sum, { trials }) => sum + trials, 0)).toBe(120);
    for (const { trials, of } of asked) expect([trials % 4, of]).toEqual([0, 120]);
  });

  it('counts in the joined run: calls, tokens and dollars of all', async () => {
    const given = pull('prices: { parrot: { inputPer1M: 1000, outputPer1M: 1000 } }\n');
    await ask(given);
    const { run } = await mergedInMemory(given, folder);
    const whole = await wholeInMemory(given);
    expect(run).toMatchObject({
      calls: 60,
      inputTokens: 600,
      outputTokens: 120,
      costUsd: whole.run.costUsd,
      latencyMs: whole.run.latencyMs,
    });
    expect(run.cached).toBeUndefined();
  });

  it('stays below its part of a cap, and all of them below the cap', async () => {
    const given = pull('caps: { calls: 66 }\n', {
      reply: (request) => (question(request) % 2 === 0 ? failure('server-error') : replies(() => false)(request)),
    });
    const asked = await ask(given);
    expect(asked.reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(66);
    expect(asked.map(({ exitCode }) => exitCode)).toContain(2);
  });

  it('is nothing where nothing is to be asked, and the joining job needs no shard then', async () => {
    const { base } = pull();
    expect((await ask({ base, head: base }))[0]).toMatchObject({ trials: 0, of: 0, exitCode: 0 });
    expect((await mergedInMemory({ base, head: base }, join(folder, 'nowhere'))).report).toMatchObject({
      verdict: 'not-evaluated',
      passed: true,
    });
  });

  it('is told where a prompt’s files are wrong', async () => {
    const { base, head } = pull();
    const [first] = await ask({ base, head: { ...head, 'prompts/reply.md': '{{nobody}}\n' } }, [1]);
    expect(first).toMatchObject({ exitCode: 3 });
    expect(first!.faults[0]).toContain('{{nobody}} has no value');
  });
});

describe('where an earlier run came to the same', () => {
  const given = pull();
  const recalling = async (runId = 41): Promise<ShardedPull> => {
    const { report } = await wholeInMemory(given);
    return {
      ...given,
      recall: async function* () {
        yield { report, runId };
      },
    };
  };

  it('no shard asks, and the joining job says what that run said, whoever it asks', async () => {
    const queued = await recalling();
    const asked = await ask(queued);
    for (const each of asked) expect(each).toMatchObject({ trials: 0, of: 60, calls: 0, recalledFrom: 41, exitCode: 0 });
    expect(shardSentence(asked[1]!)).toBe('Shard 2 of 4: nothing was asked, since run 41 of this workflow had come to all of it.');
    const { report, run, asked: further } = await mergedInMemory(queued, folder);
    const whole = await wholeInMemory(given);
    expect([report.verdict, report.prompts, report.digest]).toEqual([whole.report.verdict, whole.report.prompts, whole.report.digest]);
    expect(report.notes[0]).toBe('Run 41 of this workflow asked the same and came to this; nothing was asked again.');
    expect([run.calls, further]).toEqual([0, 0]);
  });

  it('the joining job believes no shard: one that finds nothing could not measure', async () => {
    await ask(await recalling(), [1, 2]);
    await ask(given, [3, 4]);
    const { report, asked } = await mergedInMemory(given, folder);
    expect(asked).toBe(0);
    expect(report).toMatchObject({ verdict: 'could-not-measure', exitCode: 2 });
    const fix = 'Give it `actions: read` as the shards have it; or run all of them again.';
    expect(report.problems).toEqual(
      [1, 2].map(
        (index) => `Shard ${index} of 4 asked nothing, since run 41 had come to this, and this job does not find what that was. ${fix}`,
      ),
    );
  });

  it('what shards asked that found nothing counts, and what the run came to stands', async () => {
    const queued = await recalling();
    await ask(queued, [1, 2]);
    const asked = await ask(given, [3, 4]);
    const { report, run } = await mergedInMemory(queued, folder);
    expect(report.notes[0]).toMatch(/^Run 41 /);
    expect(run.calls).toBe(asked.reduce((sum, { calls }) => sum + calls, 0));
  });

  it('of something else, the shards ask', async () => {
    const { report } = await wholeInMemory(pull('repeats: 2\n'));
    const other = {
      ...given,
      recall: async function* () {
        yield { report, runId: 41 };
      },
    };
    expect((await ask(other)).reduce((sum, { calls }) => sum + calls, 0)).toBe(60);
    expect((await mergedInMemory(other, folder)).report.verdict).toBe((await wholeInMemory(given)).report.verdict);
  });
});

describe('shards that are no whole are refused', () => {
  const given = pull();
  const refusal = async (merging: ShardedPull = given) => {
    const { report, run, asked } = await mergedInMemory(merging, folder);
    expect(asked).toBe(0);
    return { verdict: report.verdict, passed: report.passed, exitCode: report.exitCode, problems: report.problems, calls: run.calls };
  };
  const anew = 'Run all shards again, and join what they leave.';

  it('where there is none', async () => {
    expect(await refusal()).toMatchObject({
      verdict: 'could-not-measure',
      exitCode: 2,
      problems: ['No shard left anything behind. Run the shards first.'],
    });
  });

  it('where one is missing, whose calls nobody knows; those of the others count', async () => {
    const asked = await ask(given, [1, 2, 4]);
    expect(await refusal()).toEqual({
      verdict: 'could-not-measure',
      passed: false,
      exitCode: 2,
      problems: ['Shard 3 of 4 is missing: it did not run, or what it left was not brought here. Run it again.'],
      calls: asked.reduce((sum, { calls }) => sum + calls, 0),
    });
  });

  it('where one is there twice', async () => {
    await ask(given);
    await cp(join(folder, '2'), join(folder, 'copy'), { recursive: true });
    expect(await refusal()).toMatchObject({
      verdict: 'bad-input',
      exitCode: 3,
      problems: ['Shard 2 of 4 is there twice: in 2 and copy. Bring each once.'],
    });
  });

  it('where folders of different places have the same name, telling them apart', async () => {
    const [one, other] = [join(folder, 'monday', 'shards'), join(folder, 'tuesday', 'shards')];
    for (const index of all) await shardInMemory(given, one, index, 4);
    await cp(join(one, '2'), join(other, '2'), { recursive: true });
    const { report } = await mergedInMemory(given, one, other);
    expect(report.problems).toEqual(['Shard 2 of 4 is there twice: in monday/shards/2 and tuesday/shards/2. Bring each once.']);
  });

  it('but not where one folder is named twice', async () => {
    await ask(given);
    const { report } = await mergedInMemory(given, folder, join(folder, '2'), folder);
    expect([report.verdict, report.problems]).toEqual(['regressed', []]);
  });

  it('where one is of another number of shards', async () => {
    await ask(given, [1, 2, 3]);
    await shardInMemory(given, folder, 5, 5);
    const { problems } = await refusal();
    expect(problems).toContain(`Shard 1 of 4 is there beside one of 5. ${anew}`);
    expect(problems).toContain('Shard 4 of 5 is missing: it did not run, or what it left was not brought here. Run it again.');
  });

  it('where one was asked by another plan', async () => {
    await ask(given, [1, 2, 3]);
    await ask(pull('', { reply: given.reply!, n: 31 }), [4]);
    expect(await refusal()).toMatchObject({
      exitCode: 3,
      problems: [
        expect.stringMatching(
          /^Shard 4 of 4 was asked by another plan: its prompts, examples, settings or inputs are not those of this job\./,
        ),
      ],
    });
  });

  it('where one was run by another version of this tool', async () => {
    await ask(given, [1, 2, 3]);
    await ask({ ...given, version: '0.0.1' }, [4]);
    expect(await refusal()).toMatchObject({ exitCode: 3, problems: [`Shard 4 of 4 was run by version 0.0.1, and this is 0.0.0. ${anew}`] });
  });

  it('where a cap ended one, unless the settings accept that', async () => {
    const capped = (onReached: string) =>
      pull(`caps: { calls: 62, onReached: ${onReached} }\n`, {
        reply: (request) => (question(request) === 4 ? failure('server-error') : replies(() => false)(request)),
      });
    await ask(capped('fail'));
    const refused = await refusal(capped('fail'));
    expect(refused).toMatchObject({ verdict: 'could-not-measure', passed: false, exitCode: 2 });
    expect(refused.problems).toEqual([
      expect.stringMatching(/^Shard \d of 4 ended by a cap, of which it has its part\. The cap of \d+ calls is too low: /),
    ]);
    expect(refused.calls).toBeLessThanOrEqual(62);
    expect(await refusal(capped('warn'))).toMatchObject({ verdict: 'could-not-measure', passed: true, exitCode: 0 });
  });

  it('where one was cut off', async () => {
    await ask(given);
    const path = join(folder, '3', 'shard.json');
    const { format, version, shard, plan } = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ format, version, shard, plan, state: 'running' }));
    expect(await refusal()).toMatchObject({
      exitCode: 2,
      problems: [expect.stringMatching(/^Shard 3 of 4 was cut off before its end\. /)],
    });
  });

  it.each([
    ['cancelled', { signal: AbortSignal.abort() }, 2, /^Shard 1 of 4 was cancelled\. The run was cancelled/],
    [
      'without a provider',
      { reply: () => failure('quota', { sentence: 'The account is empty.' }) },
      2,
      /^Shard 1 of 4 could not measure\. The account is empty\. Run it again\.$/,
    ],
    [
      'with a wrong key',
      { reply: () => failure('unauthorized', { sentence: 'The server refused the API key.' }) },
      3,
      /^Shard 1 of 4 could not run\. The server refused the API key\.$/,
    ],
  ])('where one ended %s', async (_, how: Partial<ShardedPull>, exitCode, sentence) => {
    const [own] = await Promise.all([shardInMemory({ ...given, ...how }, folder, 1, 4), ask(given, [2, 3, 4])]);
    expect(own.exitCode).toBe(exitCode);
    expect(await refusal()).toMatchObject({ exitCode, problems: [expect.stringMatching(sentence)] });
  });

  it('where the server refused a parameter to one of them only', async () => {
    await ask(given, [1, 2, 3]);
    await ask({ ...given, script: { refused: () => ['temperature'] } }, [4]);
    expect(await refusal()).toMatchObject({
      exitCode: 3,
      problems: [
        `The server refused temperature for parrot to shard 4 of 4, and nothing to shard 1 of 4. Remove that parameter from the settings. ${anew}`,
      ],
    });
  });

  it.each([
    ['answers.jsonl', (text: string) => text.slice(0, -200)],
    ['answers.jsonl', (text: string) => text.replace('no idea', 'answer 0')],
    ['failures.jsonl', () => 'nothing\n'],
  ])('where %s is not as it was written', async (name, changed) => {
    await ask(given);
    const path = join(folder, '2', name);
    await writeFile(path, changed(await readFile(path, 'utf8')));
    expect(await refusal()).toMatchObject({
      exitCode: 3,
      problems: [expect.stringMatching(/^The answers in 2 are not as the shard wrote them\. /)],
    });
  });

  it('where a record cannot be read', async () => {
    await ask(given);
    await writeFile(join(folder, '2', 'shard.json'), '{"format": 2}');
    const { problems } = await refusal();
    expect(problems[0]).toMatch(/^What stands in 2 is no shard that this version can read\. /);
  });
});

it('rows keep their shard when others come and go', async () => {
  const { base, head } = pull();
  const more = { 'evals/reply.jsonl': rows(45) };
  const [before, after] = await Promise.all(
    [pull(), { ...pull(), base: { ...base, ...more }, head: { ...head, ...more } }].map(async (given, nth) => {
      const own = join(folder, String(nth));
      await shardInMemory(given, own, 2, 4);
      return readFile(join(own, '2', 'answers.jsonl'), 'utf8');
    }),
  );
  for (const line of before!.trim().split('\n')) expect(after).toContain(line);
});
