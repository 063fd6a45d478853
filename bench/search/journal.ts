import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** SHA-256 (16 hex digits) of sources: what was measured with others counts no longer. Folders are taken whole. */
export function digestOf(...paths: readonly string[]): string {
  const files = paths.flatMap((path) =>
    /\.\w+$/.test(path)
      ? [path]
      : readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length)),
  );
  const hash = createHash('sha256');
  for (const path of files.sort()) hash.update(`${path}\0${readFileSync(join(ROOT, path))}\0`);
  return hash.digest('hex').slice(0, 16);
}

/** Runs by name, kept on disk as they end: a benchmark that was cut off goes on where it was. */
export class Journal {
  readonly #runs = new Map<string, unknown>();
  readonly #path: string;
  readonly #until: number;

  /** `minutes`: how long runs are made that are not on record. */
  constructor(name: string, minutes: number) {
    this.#path = join(ROOT, 'out', 'bench-search', `${name}.jsonl`);
    this.#until = performance.now() + minutes * 60_000;
    mkdirSync(dirname(this.#path), { recursive: true });
    for (const line of existsSync(this.#path) ? readFileSync(this.#path, 'utf8').split('\n') : []) {
      if (!line.endsWith('}')) continue;
      const { run, came } = JSON.parse(line);
      this.#runs.set(run, came);
    }
  }

  get isLate(): boolean {
    return performance.now() > this.#until;
  }

  /** What the run came to, made now unless it is on record. Undefined where there is no time left to make it. */
  async run<T>(name: string, make: () => Promise<T>): Promise<T | undefined> {
    if (this.#runs.has(name)) return this.#runs.get(name) as T;
    if (this.isLate) return undefined;
    const came = await make();
    this.#runs.set(name, came);
    appendFileSync(this.#path, `${JSON.stringify({ run: name, came })}\n`);
    return came;
  }
}
