// A process of its own that runs one function of the user's own: node function-host.js MODULE EXPORT. A request a line in, a reply a line out.
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

type Scorer = (answer: string, example: unknown, finish: string) => unknown;

interface Request {
  readonly id: number;
  readonly answer: string;
  readonly finish: string;
  readonly example: unknown;
}

const [path = '', exported = 'default'] = process.argv.slice(2);
const reply = process.stdout.write.bind(process.stdout);
// What the module prints must not stand between replies.
process.stdout.write = process.stderr.write.bind(process.stderr);

try {
  const scorer = await load();
  createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }).on(
    'line',
    (line) => void answer(scorer, JSON.parse(line)),
  );
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function load(): Promise<Scorer> {
  const module: { readonly [name: string]: unknown } = await import(pathToFileURL(resolve(path)).href);
  const scorer = module[exported];
  if (isScorer(scorer)) return scorer;
  throw new Error(`${path} exports no function "${exported}"`);
}

function isScorer(value: unknown): value is Scorer {
  return typeof value === 'function';
}

async function answer(scorer: Scorer, { id, answer: text, example, finish }: Request): Promise<void> {
  try {
    const score = await scorer(text, example, finish);
    const said = typeof score === 'object' && score !== null ? score : { score };
    reply(`${JSON.stringify({ ...said, id })}\n`);
  } catch (error) {
    reply(`${JSON.stringify({ id, error: messageOf(error) })}\n`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
