import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import * as z from 'zod';
import { compiled } from './compiled.ts';
import type { GitHubEvent } from './github/events.ts';
import type { GitHubServer } from './github/server.ts';

export interface ActionCall {
  readonly github: Pick<GitHubServer, 'url' | 'token' | 'owner' | 'name'>;
  readonly event: Omit<GitHubEvent, 'eventName'> & { readonly eventName: string };
  /** `with:` of the workflow step. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** `env:` of the workflow step; nothing else of this process's environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Fills the workspace, as steps before this one would; absent: it is empty. */
  readonly workspace?: (folder: string) => Promise<void>;
  /** Told of the process as soon as it runs, and of the folder of everything it writes. */
  readonly onStart?: (child: ChildProcess, directory: string) => void;
  /** The script; default the built bundle. */
  readonly bundle?: string;
  /** Default: `action.yml` at the root. */
  readonly metadata?: string;
}

export interface ActionRun extends AsyncDisposable {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What `$GITHUB_OUTPUT` says. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What `$GITHUB_STEP_SUMMARY` says, as Markdown. */
  readonly summary: string;
  /** The folder of everything the run wrote; gone once the run is disposed of. */
  readonly directory: string;
}

/** Then the run is ended, so that a hanging one does not outlive its test. */
const LONGEST_RUN_MS = 120_000;

/** Runs the action as the runner does: a process of its own in an empty workspace, told everything by environment and files. */
export async function runAction(call: ActionCall): Promise<ActionRun> {
  const directory = await mkdtemp(join(tmpdir(), 'prompt-ratchet-action-'));
  const file = (name: string) => join(directory, name);
  const workspace = file('workspace');
  await mkdir(workspace);
  await call.workspace?.(workspace);
  const written = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH'];
  await Promise.all(written.map((name) => writeFile(file(name), '')));
  await writeFile(file('event.json'), JSON.stringify(call.event.payload));

  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    ...compiled,
    ...runnerEnv(call, directory, workspace),
    ...Object.fromEntries(written.map((name) => [name, file(name)])),
    ...inputEnv(await declaredDefaults(call), call.inputs ?? {}),
    ...call.env,
  };
  const child = spawn(process.execPath, [resolve(call.bundle ?? 'dist/index.js')], {
    cwd: workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_RUN_MS,
  });
  call.onStart?.(child, directory);
  const exit = new Promise<number | null>((done) => child.once('close', done));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return {
    exitCode,
    stdout,
    stderr,
    outputs: readOutputs(await readFile(file('GITHUB_OUTPUT'), 'utf8')),
    summary: await readFile(file('GITHUB_STEP_SUMMARY'), 'utf8'),
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function runnerEnv({ github, event }: ActionCall, directory: string, workspace: string): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: event.actor,
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_NAME: event.eventName,
    GITHUB_EVENT_PATH: join(directory, 'event.json'),
    GITHUB_JOB: 'prompts',
    GITHUB_REF: event.ref,
    GITHUB_REPOSITORY: `${github.owner}/${github.name}`,
    GITHUB_REPOSITORY_OWNER: github.owner,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '4242',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: event.sha,
    GITHUB_WORKFLOW: 'Prompts',
    GITHUB_WORKFLOW_REF: `${github.owner}/${github.name}/.github/workflows/prompts.yml@${event.ref}`,
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: directory,
  };
}

const metadataFile = z.object({ inputs: z.record(z.string(), z.object({ default: z.coerce.string().default('') })) });

/** The runner fills every declared input, with the empty string where there is no default. */
async function declaredDefaults({ github, metadata = 'action.yml' }: ActionCall): Promise<Record<string, string>> {
  const { inputs } = metadataFile.parse(parse(await readFile(metadata, 'utf8')));
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, evaluated(input.default, github.token)]));
}

function evaluated(template: string, token: string): string {
  return template.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    if (expression === 'github.token') return token;
    throw new Error(`No value is known for the expression ${expression} in action.yml.`);
  });
}

/** Names are upper-cased and spaces become underscores; hyphens stay. */
function inputEnv(defaults: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>): Record<string, string> {
  const inputs = Object.entries({ ...defaults, ...given });
  return Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}

/** Both forms of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files. */
function readOutputs(content: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = content.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const [, name, operator, rest] = /^([^=<]+)(=|<<)(.*)$/.exec(lines[at]!) ?? [];
    if (name === undefined || rest === undefined) continue;
    const end = operator === '<<' ? lines.indexOf(rest, at + 1) : at;
    if (end === -1) throw new Error(`The output ${name} has no end.`);
    outputs[name] = operator === '<<' ? lines.slice(at + 1, end).join('\n') : rest;
    at = end;
  }
  return outputs;
}
