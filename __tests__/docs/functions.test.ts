import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScorerFunction } from '../../src/domain/function.ts';
import { openFunctions } from '../../src/edges/functions/index.ts';
import { snippetsOf } from './snippets.ts';

const snippets = await snippetsOf('docs/functions.md');
const textOf = (language: string) => snippets.find((snippet) => snippet.language === language)!.text;
const limits = { name: 'shown', timeoutMs: 20_000, concurrency: 1 };

async function replyOf(path: string, text: string, program: ScorerFunction['program'], answer: string, vars = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-functions-'));
  await mkdir(join(folder, 'scorers'));
  await writeFile(join(folder, path), text);
  const functions = await openFunctions([], { folder, env: process.env });
  try {
    return await functions.call({ ...limits, program }, { answer, finish: 'stop', example: { id: 'a', vars } });
  } finally {
    await functions.close();
    await rm(folder, { recursive: true });
  }
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    console.warn('skipped: python3 is not here');
    return false;
  }
}

describe('The functions that the documentation shows can be copied', () => {
  it('the one in JavaScript', async () => {
    const program = { kind: 'module', path: 'scorers/polite.mjs', exported: 'default' } as const;
    const vars = { courtesies: ['please', 'thank you'] };
    expect(await replyOf(program.path, textOf('js'), program, 'thank you', vars)).toEqual({
      reply: { id: 1, score: 0.5, reason: 'found thank you' },
    });
  });

  (hasPython() ? it : it.skip)('the one in Python (skipped without python3)', async () => {
    const program = { kind: 'command', argv: ['python3', 'scorers/polite.py'] } as const;
    expect(await replyOf('scorers/polite.py', textOf('python'), program, 'I am Happy to help! \u{1f642}')).toEqual({
      reply: { id: 1, score: 1 },
    });
  });
});
