// The same rows, prompts and answers for whoever is measured.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Both prompts have one variable. */
export const prompts = {
  base: 'You are a support agent. Answer the question in one short sentence.\n\nQuestion: {{question}}\n',
  head: 'You are a kind support agent. Answer the question below in one short sentence, and nothing else.\n\nQuestion: {{question}}\n',
};

export interface Row {
  readonly id: string;
  readonly question: string;
  /** What a right answer contains. */
  readonly expected: string;
}

export function row(index: number): Row {
  const id = `T-${String(index).padStart(7, '0')}`;
  return {
    id,
    question: `Which parcel does ticket ${id} speak of, and where is it now?`,
    expected: `parcel ${(index * 7919) % 1_000_003}`,
  };
}

/** Right to nine questions in ten; which ones are wrong differs between the prompts. */
export function answerTo(text: string): string {
  const index = Number(/T-(\d+)/.exec(text)?.[1] ?? 0);
  const isWrong = (index + (text.includes('a kind') ? 1 : 0)) % 10 === 0;
  return `Ticket ${index} speaks of ${isWrong ? 'no parcel' : row(index).expected}, which is on its way.`;
}

/** Two folders, base and head, with the eval set of `rows` rows; gives their paths. */
export function writeFolders(folder: string, rows: number, { concurrency, baseUrl }: { concurrency: number; baseUrl: string }) {
  const sides = { base: join(folder, 'base'), head: join(folder, 'head') };
  for (const [side, path] of Object.entries(sides)) {
    mkdirSync(join(path, 'prompts'), { recursive: true });
    mkdirSync(join(path, 'evals'), { recursive: true });
    writeFileSync(join(path, 'prompts', 'support.md'), prompts[side as keyof typeof prompts]);
    writeFileSync(join(path, 'prompt-ratchet.yml'), `model: { name: bench }\nbaseUrl: ${baseUrl}\nconcurrency: ${concurrency}\n`);
    writeFileSync(join(path, 'evals', 'support.yml'), 'examples: rows.jsonl\nscorers: [contains]\n');
    writeRows(join(path, 'evals', 'rows.jsonl'), rows);
  }
  return sides;
}

const ROWS_AT_ONCE = 10_000;

function writeRows(path: string, rows: number): void {
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const lines = Array.from({ length: Math.min(ROWS_AT_ONCE, rows - from) }, (_, nth) => {
      const { id, question, expected } = row(from + nth);
      return `${JSON.stringify({ id, vars: { question }, expected })}\n`;
    });
    appendFileSync(path, lines.join(''));
  }
}
