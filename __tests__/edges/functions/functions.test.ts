import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ScorerFunction } from '../../../src/domain/function.ts';
import type { Functions } from '../../../src/domain/ports.ts';
import { openFunctions } from '../../../src/edges/functions/index.ts';

let folder: string;
let opened: Functions | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-functions-'));
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** Resolves once a process runs no more; one that nobody has buried yet (state Z) does not. */
async function gone(pid: number): Promise<void> {
  const stateOf = async () => /\) (\w)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))?.[1] ?? 'Z';
  while ((await stateOf()) !== 'Z') await new Promise((resolve) => setTimeout(resolve, 20));
}

const limits = { timeoutMs: 20_000, concurrency: 1 };

/** Calls the function once for each answer, all at the same time. */
async function called(fn: Partial<ScorerFunction> & Pick<ScorerFunction, 'program'>, answers: readonly string[], env = {}) {
  opened = await openFunctions([], { folder, env: { PATH: process.env['PATH'], ...env } });
  const whole = { name: 'mine', ...limits, ...fn };
  return Promise.all(answers.map((answer) => opened!.call(whole, { answer, finish: 'stop', example: { id: answer } })));
}

const moduleAt = (path: string, exported = 'default') => ({ program: { kind: 'module', path, exported } }) as const;
const node = (code: string) => ({ program: { kind: 'command', argv: [process.execPath, '--input-type=module', '--eval', code] } }) as const;
/** The beginning of a program that handles a request as `handle` says. */
const program = (handle: string) => `
import { createInterface } from 'node:readline';
const say = (line) => process.stdout.write(line + '\\n');
createInterface({ input: process.stdin }).on('line', (line) => { const { id, answer, example } = JSON.parse(line); ${handle} });`;
const failure = (why: string | RegExp) => ({ kind: 'failure', reason: 'function', retryable: false, sentence: expect.stringMatching(why) });

describe('a function of a module', () => {
  it('is given answer, example and finish, and what it returns is the reply', async () => {
    await write(
      'scorers/mine.mjs',
      'export default async (answer, example, finish) => ({ score: answer.length / 10, reason: example.id + finish });',
    );
    expect(await called(moduleAt('scorers/mine.mjs'), ['abc', 'abcde'])).toEqual([
      { reply: { id: 1, score: 0.3, reason: 'abcstop' } },
      { reply: { id: 2, score: 0.5, reason: 'abcdestop' } },
    ]);
  });

  it('may return a bare number or a boolean, and may be any export', async () => {
    await write('scorers/mine.mjs', 'export const half = () => 0.5; export const yes = (answer) => answer === "yes";');
    expect(await called(moduleAt('scorers/mine.mjs', 'half'), ['x'])).toEqual([{ reply: { id: 1, score: 0.5 } }]);
    await opened!.close();
    expect(await called(moduleAt('scorers/mine.mjs', 'yes'), ['yes'])).toEqual([{ reply: { id: 1, score: true } }]);
  });

  it('may print what it likes', async () => {
    await write(
      'scorers/mine.mjs',
      'console.log("hello"); process.stdout.write("{}\\n"); export default () => { console.log("{}"); return 1; };',
    );
    expect(await called(moduleAt('scorers/mine.mjs'), ['a', 'b'])).toEqual([
      { reply: { id: 1, score: 1 } },
      { reply: { id: 2, score: 1 } },
    ]);
  });

  it('that throws fails for that answer alone', async () => {
    await write('scorers/mine.mjs', 'export default (answer) => { if (answer === "bad") throw new Error("cannot read it"); return 1; };');
    expect(await called(moduleAt('scorers/mine.mjs'), ['bad', 'good'])).toEqual([
      { reply: { id: 1, error: 'cannot read it' } },
      { reply: { id: 2, score: 1 } },
    ]);
  });

  it.each([
    ['is not exported', 'export const other = 1;', /scorers\/mine\.mjs exports no function "default"/],
    ['does not compile', 'export default (', /ended with exit code 1, saying ".*Unexpected/],
    ['exits in the middle', 'export default () => process.exit(7);', /ended with exit code 7 and said nothing/],
    ['dies', 'export default () => process.kill(process.pid, "SIGKILL");', /ended by SIGKILL/],
  ])('that %s is a failure that says so', async (_title, code, why) => {
    await write('scorers/mine.mjs', code);
    expect(await called(moduleAt('scorers/mine.mjs'), ['a'])).toEqual([failure(why)]);
  });
});

describe('a command', () => {
  it('answers a line for a line, in any order', async () => {
    const later = node(program('setTimeout(() => say(JSON.stringify({ id, score: Number(answer) })), 40 - 20 * Number(answer));'));
    expect(await called({ ...later, concurrency: 2 }, ['0', '1'])).toEqual([
      { reply: { id: 1, score: 0 } },
      { reply: { id: 2, score: 1 } },
    ]);
  });

  it('is given no more answers at a time than it takes, and is started once', async () => {
    const counting = program(
      'globalThis.open = (globalThis.open ?? 0) + 1; const most = globalThis.open; setTimeout(() => { globalThis.open -= 1; say(JSON.stringify({ id, most, pid: process.pid })); }, 5);',
    );
    const replies = await called({ ...node(counting), concurrency: 2 }, ['a', 'b', 'c', 'd', 'e', 'f']);
    const seen = replies.map((reply) => ('reply' in reply ? reply.reply : {}));
    expect(Math.max(...seen.map(({ most }) => Number(most)))).toBe(2);
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(1);
  });

  it('that hangs is ended after its time, and started again for the others', async () => {
    const hanging = program('if (answer !== "hang") say(JSON.stringify({ id, score: 1 }));');
    const [hung, ...others] = await called({ ...node(hanging), timeoutMs: 4_500 }, ['hang', 'a', 'b']);
    expect(hung).toEqual(failure('^The scorer function mine gave no score: it gave no score within 4\\.5 s\\.$'));
    expect(others).toEqual([{ reply: { id: 2, score: 1 } }, { reply: { id: 3, score: 1 } }]);
  });

  it.each([
    ['no JSON', 'say("score: 1");', /it wrote a line that is no reply: "score: 1"/],
    ['JSON that is no reply', 'say("[1]");', /no reply: "\[1\]"/],
    ['a reply to what was not asked', 'say(JSON.stringify({ id: 99, score: 1 }));', /answered request 99, which was not open/],
    ['a line without end', 'process.stdout.write("x".repeat(2_000_000));', /a line of more than 1 MB/],
    ['bytes that are no text', 'process.stdout.write(Buffer.from([255, 254, 10]));', /it wrote a line that is no reply/],
  ])('that writes %s is a failure', async (_title, handle, why) => {
    expect(await called(node(program(handle)), ['a'])).toEqual([failure(why)]);
  });

  it('that ends by itself gets answers again that it may not be to blame for', async () => {
    const dying = program('if (answer === "poison") process.exit(1); setTimeout(() => say(JSON.stringify({ id, score: 1 })), 30);');
    const outcomes = await called({ ...node(dying), concurrency: 3 }, ['poison', 'a', 'b', 'c']);
    expect(outcomes[0]).toEqual(failure('ended with exit code 1'));
    expect(outcomes.slice(1)).toEqual(Array.from({ length: 3 }, () => ({ reply: { id: expect.any(Number), score: 1 } })));
  });

  it('that always ends is not started for ever', async () => {
    const answers = Array.from({ length: 9 }, (_, index) => `${index}`);
    const outcomes = await called(node('process.stderr.write("no model\\n"); process.exit(3)'), answers);
    expect(outcomes.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => failure(/ended with exit code 3, saying "no model"/)));
    expect(outcomes.slice(6)).toEqual(
      Array(3).fill(failure(/started 6 times and is not started again; the last time it ended with exit code 3/)),
    );
  });

  it('that is not there is a failure, told at once', async () => {
    const [outcome] = await called({ program: { kind: 'command', argv: ['no-such-program-here'] } }, ['a']);
    expect(outcome).toEqual(failure(/it cannot be started: there is no such program/));
  });

  it('is read by no shell', async () => {
    const echo = {
      program: {
        kind: 'command',
        argv: [
          process.execPath,
          '--eval',
          `console.error(process.argv.slice(1).join()); process.exit(1)`,
          '$(touch pwned)',
          '; touch pwned',
        ],
      },
    } as const;
    expect(await called(echo, ['a'])).toEqual([failure(/saying "\$\(touch pwned\),; touch pwned"/)]);
  });

  it('sees no key, token, input or file of the runner', async () => {
    const env = {
      HOME: '/home/mona',
      LC_ALL: 'C.UTF-8',
      OPENAI_API_KEY: 'sk-1',
      AZURE_OPENAI_API_KEY: 'sk-2',
      GITHUB_TOKEN: 'ghs',
      INPUT_API_KEY: 'sk-3',
      'INPUT_GITHUB-TOKEN': 'ghs',
      ACTIONS_RUNTIME_TOKEN: 'jwt',
      GITHUB_ENV: '/tmp/env',
      NODE_OPTIONS: '--max-old-space-size=1',
    };
    const [outcome] = await called(node(program('say(JSON.stringify({ id, names: Object.keys(process.env).sort() }));')), ['a'], env);
    expect(outcome).toEqual({ reply: { id: 1, names: ['HOME', 'LC_ALL', 'PATH', 'PYTHONIOENCODING', 'PYTHONUNBUFFERED'] } });
  });

  it('is given hostile answers whole', async () => {
    const length = program('say(JSON.stringify({ id, length: answer.length, last: answer.charCodeAt(answer.length - 1) }));');
    const answers = ['\ud800', 'a\u2028b\n\r\0c', 'x'.repeat(10_000_000)];
    expect(await called(node(length), answers)).toEqual([
      { reply: { id: 1, length: 1, last: 0xd800 } },
      { reply: { id: 2, length: 7, last: 99 } },
      { reply: { id: 3, length: 10_000_000, last: 120 } },
    ]);
  });

  it('ends with the run, and so does what it started', async () => {
    const parent = program(`
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      say(JSON.stringify({ id, pids: [process.pid, child.pid] }));`);
    const [outcome] = await called(node(`import { spawn } from 'node:child_process';${parent}`), ['a']);
    const pids = outcome !== undefined && 'reply' in outcome ? outcome.reply['pids'] : [];
    await opened!.close();
    expect(pids).toHaveLength(2);
    for (const pid of Array.isArray(pids) ? pids : []) await gone(Number(pid));
    expect(await opened!.call({ name: 'mine', ...limits, ...node('') }, { answer: 'late' })).toEqual(failure(/./));
  });
});
