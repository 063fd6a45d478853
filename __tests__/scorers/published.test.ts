import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { answer, example, scorerOf, spec } from './fixtures.ts';

/**
 * code-davinci-002 on BIG-Bench Hard, answer-only (base) and chain-of-thought (head) prompts: accuracies of
 * Suzgun et al. 2022, "Challenging BIG-Bench Tasks and Whether Chain-of-Thought Can Solve Them", table 2, from its published outputs.
 */
const published = [
  ['boolean_expressions', 250, 88.4, 92.8, 20, 9],
  ['causal_judgement', 187, 63.64, 54.01, 28, 46],
  ['date_understanding', 250, 63.6, 87.2, 69, 10],
  ['formal_fallacies', 250, 52.4, 50.4, 54, 59],
  ['navigate', 250, 50.4, 96.4, 122, 7],
  ['penguins_in_a_table', 146, 66.44, 79.45, 40, 21],
  ['snarks', 178, 61.24, 59.55, 32, 35],
  ['sports_understanding', 250, 72.8, 97.6, 67, 5],
  ['word_sorting', 250, 50.4, 40.4, 19, 44],
] as const;

const recordings = new URL('../../../shared/replay/data/', import.meta.url);
const here = existsSync(recordings);
if (!here) console.warn('skipped: the recorded outputs in ../shared/replay/data are not here');

const row = z.object({ target: z.string(), direct: z.string(), cot: z.string() });
const score = scorerOf([spec('exact', { extract: 'answer is (.*?)\\.?\\s*$', flags: 'im', normalize: ['trim', 'trailingPeriod'] })]);

(here ? describe : describe.skip)('the recorded outputs of a real model (skipped without ../shared/replay)', () => {
  it.each(published)('of %s: n %d, base %d %%, head %d %%, %d wins, %d losses', (task, n, base, head, wins, losses) => {
    const pairs = readFileSync(new URL(`${task}.jsonl`, recordings), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => row.parse(JSON.parse(line)))
      .map(({ target, direct, cot }) => ({
        base: score(answer(direct), example(target)).value,
        head: score(answer(cot), example(target)).value,
      }));
    const percent = (arm: 'base' | 'head') => Math.round((10_000 * pairs.reduce((sum, pair) => sum + pair[arm], 0)) / pairs.length) / 100;
    expect({
      n: pairs.length,
      base: percent('base'),
      head: percent('head'),
      wins: pairs.filter((pair) => pair.head > pair.base).length,
      losses: pairs.filter((pair) => pair.head < pair.base).length,
    }).toEqual({ n, base, head, wins, losses });
  });
});
