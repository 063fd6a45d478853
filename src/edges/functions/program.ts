import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { FunctionRequest } from '../../domain/function.ts';
import type { JsonObject } from '../../domain/json.ts';
import { jsonIn } from '../../domain/parse-json.ts';
import { lineReader } from './lines.ts';

/** How a program is started. */
export interface Start {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a running program says, and how it ends. */
export interface Listener {
  /** A line of JSON that answers request `id`. */
  onReply(id: number, reply: JsonObject): void;
  /** Once. It does not run any more. */
  onEnd(end: End): void;
}

/** Why a program does not run any more. */
export interface End {
  /** It ended by itself, would end the same way if started again, broke the protocol, or was ended for another answer's sake. */
  readonly cause: 'ended' | 'hopeless' | 'nonsense' | 'hung';
  /** A clause; may quote the program. */
  readonly why: string;
}

/** Longest line a program may write: a score and a reason are far shorter. */
const MOST_REPLY_BYTES = 1024 * 1024;
const STDERR_KEPT = 2_000;

/** A program of the user's own that reads requests and writes replies, one JSON value a line. No shell is between. */
export class Program {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #listener: Listener;
  readonly #closed: Promise<void>;
  #said = '';
  #isOver = false;

  constructor({ argv: [file = '', ...args], folder, env }: Start, listener: Listener) {
    this.#listener = listener;
    // A group of its own on POSIX, so that what it started ends with it.
    this.#child = spawn(file, args, {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const { stdin, stdout, stderr } = this.#child;
    const read = lineReader(
      MOST_REPLY_BYTES,
      (line) => this.#take(line),
      () => this.end({ cause: 'nonsense', why: 'it wrote a line of more than 1 MB' }),
    );
    stdout.on('data', (chunk: Buffer) => this.#isOver || read(chunk));
    stderr.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString('utf8')).slice(-STDERR_KEPT);
    });
    // What it does not read any more is told by its end.
    stdin.on('error', () => {});
    this.#child.on('error', (error) => this.end(notStarted(error)));
    this.#closed = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
        this.end({ cause: 'ended', why: `it ended ${how}${this.#lastWords()}` });
        resolve();
      });
      this.#child.on('error', () => resolve());
    });
  }

  send(id: number, request: FunctionRequest): void {
    this.#child.stdin.write(`${asciiJson({ id, ...request })}\n`);
  }

  /** Ends it at once, with everything it started. */
  end(end: End): void {
    if (this.#isOver) return;
    this.#isOver = true;
    kill(this.#child.pid);
    this.#listener.onEnd(end);
  }

  /** Lets it end by itself for a moment, then makes it. Resolves when it is gone. */
  async close(graceMs: number): Promise<void> {
    this.#isOver = true;
    this.#child.stdin.end();
    const timer = setTimeout(() => kill(this.#child.pid), graceMs);
    await this.#closed;
    clearTimeout(timer);
    kill(this.#child.pid);
  }

  #take(line: string): void {
    if (this.#isOver || line.trim() === '') return;
    const reply = readReply(line);
    if (reply === undefined) this.end({ cause: 'nonsense', why: `it wrote a line that is no reply: "${line.slice(0, 200)}"` });
    else this.#listener.onReply(reply.id, reply);
  }

  #lastWords(): string {
    const lines = this.#said.split('\n').filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v/.test(line));
    return lines.length === 0 ? ' and said nothing' : `, saying "${lines.slice(-3).join(' ')}"`;
  }
}

/** Escapes what some readers take for the end of a line (U+2028), and what an old code page would garble. */
function asciiJson(value: JsonObject): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function readReply(line: string): (JsonObject & { readonly id: number }) | undefined {
  const reply = jsonIn(line);
  return isReply(reply) ? reply : undefined;
}

function isReply(value: unknown): value is JsonObject & { readonly id: number } {
  return typeof value === 'object' && value !== null && 'id' in value && Number.isInteger(value.id);
}

/** Nothing would be different the next time. */
export function notStarted(error: unknown): End {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  const why = code === 'ENOENT' ? 'there is no such program' : code === 'EACCES' ? 'it is not executable' : code;
  return { cause: 'hopeless', why: `it cannot be started: ${why}` };
}

/** On POSIX its whole group. It may be gone already. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {}
}
