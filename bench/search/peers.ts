import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Cell, cellName } from './cells.ts';
import type { Journal } from './journal.ts';
import { rounded, seedOf, worldOf } from './runs.ts';
import type { WorldServer } from './server.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const VENV = here('../../out/bench-search/python');

/** An optimizer that is measured beside ours: a program that reads jobs and writes what they came to, a line of JSON each. */
export interface Peer {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Undefined where it is not installed. */
  version(): string | undefined;
}

const python = (name: string, file: string, distribution: string): Peer => ({
  name,
  command: [`${VENV}/bin/python`, here(`python/${file}`)],
  version: () => {
    const read = `from importlib.metadata import version; print(version('${distribution}'))`;
    const { stdout, status } = spawnSync(`${VENV}/bin/python`, ['-c', read], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  },
});

const node = (name: string, file: string, manifest: string): Peer => ({
  name,
  command: [process.execPath, here(`../peers/search/${file}`)],
  version: () => {
    const path = here(`../peers/${manifest}`);
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : undefined;
  },
});

export const gepa = python('GEPA', 'run_gepa.py', 'gepa');
export const capo = python('CAPO', 'run_capo.py', 'promptolution');
export const mipro = python('MIPROv2', 'run_mipro.py', 'dspy');
export const axGepa = node('AxGEPA', 'run_ax.mjs', 'search/node_modules/@ax-llm/ax/package.json');
export const promptfoo = node('promptfoo optimize', 'run_promptfoo.mjs', 'node_modules/promptfoo/package.json');

/** Puts the Python packages into an environment of their own, once. */
export function installPython(): void {
  if (existsSync(`${VENV}/bin/python`)) return;
  const made = spawnSync('python3', ['-m', 'venv', VENV], { stdio: 'inherit' });
  const asked = ['-m', 'pip', 'install', '--quiet', '-r', here('python/requirements.txt')];
  if (made.status !== 0 || spawnSync(`${VENV}/bin/python`, asked, { stdio: 'inherit' }).status !== 0)
    throw new Error('the Python packages could not be installed');
}

/** What a peer's run came to. `gain` is exact, over the incumbent; `calls` are the server's. */
export interface PeerRun {
  readonly gain: number;
  readonly calls: number;
  /** Whether it returned another version than it was given. */
  readonly announces: boolean;
  /** The improvement that it reports; absent where it reports none. */
  readonly claimed?: number;
}

/** The peer's runs of a cell, as many as there is time for. Undefined: it is not installed, and nothing is on record. */
export async function peerRuns(peer: Peer, cell: Cell, server: WorldServer, journal: Journal): Promise<readonly PeerRun[]> {
  const runs: PeerRun[] = [];
  let program: Program | undefined;
  for (let at = 0; at < cell.seeds; at++) {
    const run = await journal.run(`${peer.name}, ${cellName(cell)}, ${at}`, async () => {
      program ??= new Program(peer.command);
      return runOne(program, peer, cell, at, server);
    });
    if (run === undefined) break;
    runs.push(run);
  }
  program?.end();
  return runs;
}

async function runOne(program: Program, peer: Peer, cell: Cell, at: number, server: WorldServer): Promise<PeerRun> {
  const url = `${server.url}/${[cell.world, seedOf(at), cell.rows, peer.name].map(encodeURIComponent).join('/')}`;
  const said = await program.ask({ seed: at, url, cap: cell.calls });
  const calls = await endRun(url);
  const world = worldOf(cell, at);
  return {
    gain: rounded(world.gainOf(said.best)),
    calls,
    announces: said.announces,
    ...(said.claimed !== undefined && { claimed: rounded(said.claimed) }),
  };
}

/** Ends a run on the server and tells what it counted. */
export async function endRun(url: string): Promise<number> {
  const reply = await fetch(`${url}/count`, { method: 'DELETE' });
  return JSON.parse(await reply.text()).calls;
}

interface Said {
  readonly best: string;
  readonly announces: boolean;
  readonly claimed?: number;
}

/** A program that answers line by line. */
class Program {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor([command, ...args]: readonly [string, ...string[]]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async ask(job: object): Promise<Said> {
    this.#child.stdin!.write(`${JSON.stringify(job)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#child.spawnargs.join(' ')} ended without an answer`);
    return JSON.parse(value);
  }

  end(): void {
    this.#child.stdin!.end();
  }
}
