import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { compiled } from './compiled.ts';
import { shop } from './shop.ts';

/** The built terminal tool. */
export const cliPath = resolve('dist/cli.js');

export interface CliCall {
  readonly folder: string;
  readonly args: readonly string[];
  /** All of its environment besides PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** The command to run; default this Node on the built tool. */
  readonly command?: readonly [string, ...string[]];
  /** Told of the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the built terminal tool to its end. */
export async function runCli({ folder, args, env = {}, command = [process.execPath, cliPath], onStart }: CliCall) {
  const [file, ...before] = command;
  const child = spawn(file, [...before, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart?.(child);
  const exit = new Promise<number | null>((done) => child.once('close', done));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { stdout, stderr, exitCode };
}

export async function writeTree(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Two folders to compare, `old` and `new`, that differ in the prompt; gives the arguments that compare them. */
export async function writeShop(folder: string, { n = 20, head = 'Be wrong on 1/2.\n', settings = '' } = {}): Promise<string[]> {
  const files = shop(n);
  const common = { ...files, 'prompt-ratchet.yml': files['prompt-ratchet.yml'] + settings };
  await writeTree(join(folder, 'old'), common);
  await writeTree(join(folder, 'new'), { ...common, 'prompts/reply.md': head });
  return ['check', '--base', 'old', '--head', 'new', '--out', 'out'];
}

/** What a run left in `out`, but for what differs from run to run. */
export async function readOut(folder: string) {
  const file = (name: string) => readFile(join(folder, 'out', name), 'utf8');
  const run: Readonly<Record<string, unknown>> = JSON.parse(await file('run.json'));
  const markdown = (await file('report.md')).trim().split('\n').slice(0, -1).join('\n');
  return { report: await file('report.json'), trials: await file('trials.jsonl'), markdown, run };
}
