import { existsSync, readFileSync } from 'node:fs';
import { judge } from '../../src/gate/gate.ts';
import { randomStream } from '../../src/stats/random.ts';
import { MARGIN } from './cells.ts';
import { type Rival, rivalDecisions, rivalNames } from './rivals.ts';
import { emptyPairs } from './scores.ts';
import type { Row } from './studies.ts';

/** Per-example outcomes of many prompts on the same rows, recorded with real models. */
export interface Matrix {
  readonly dataset: string;
  readonly model: string;
  readonly rows: number;
  readonly complete: boolean;
  readonly outcomes: readonly string[];
}

const FILE = new URL('../../../shared/outcomes/prompt-matrices.json', import.meta.url);

/** Absent where the recorded outcomes are. */
export function recordedMatrices(): readonly Matrix[] | undefined {
  if (!existsSync(FILE)) return undefined;
  const { runs }: { runs: Matrix[] } = JSON.parse(readFileSync(FILE, 'utf8'));
  return runs;
}

/**
 * Two real prompts of one run, n rows drawn with replacement, one decision; judged by the pair's exact difference over all rows.
 * Each row of the result: false blocks among pairs where nothing got worse, misses among pairs that dropped by the margin or more.
 */
export function realOutcomes(matrices: readonly Matrix[], pairsPerRun: number, drawsPerPair: number, seed: string): Row[] {
  return [20, 50, 100].flatMap((examples) => {
    const groups = new Map<string, Counts>([
      ['all', counts()],
      [CLOSE, counts()],
    ]);
    for (const [at, matrix] of matrices.entries()) {
      const name = matrix.complete ? 'complete runs' : 'survivors of a search';
      if (!groups.has(name)) groups.set(name, counts());
      const stream = randomStream(seed, `real ${at} ${examples}`);
      const pairs = emptyPairs(examples, 0, 1);
      for (let chosen = 0; chosen < pairsPerRun; chosen++) {
        const base = matrix.outcomes[stream.below(matrix.outcomes.length)]!;
        const head = matrix.outcomes[stream.below(matrix.outcomes.length)]!;
        const truth = (ones(head) - ones(base)) / matrix.rows;
        for (let draw = 0; draw < drawsPerPair; draw++) {
          for (const pair of pairs) {
            const row = stream.below(matrix.rows);
            pair.base = base.charCodeAt(row) - 48;
            pair.head = head.charCodeAt(row) - 48;
          }
          const { verdict } = judge({ pairs, missing: [] }, [], { alpha: 0.05, margin: MARGIN });
          const rivals = rivalDecisions(pairs, false);
          for (const group of ['all', name, ...(isClose(truth) ? [CLOSE] : [])]) count(groups.get(group)!, truth, verdict, rivals);
        }
      }
    }
    return [...groups].map(([group, so]) => ({ group, examples, ...ratesOf(so) }));
  });
}

/** Pairs whose true difference lies within two points of what would change the right answer: no harm, or the margin. */
const CLOSE = 'close to the line';

function isClose(truth: number): boolean {
  return (truth >= 0 && truth <= 0.02) || (truth <= -MARGIN + 1e-12 && truth >= -MARGIN - 0.02);
}

interface Counts {
  harmless: number;
  harmful: number;
  falseBlock: number;
  missed: number;
  settled: number;
  all: number;
  readonly rivals: Map<Rival, { falseBlock: number; missed: number }>;
}

const counts = (): Counts => ({ harmless: 0, harmful: 0, falseBlock: 0, missed: 0, settled: 0, all: 0, rivals: new Map() });

const ones = (outcomes: string): number => outcomes.split('1').length - 1;

function count(so: Counts, truth: number, verdict: string, rivals: ReturnType<typeof rivalDecisions>): void {
  const isHarmless = truth >= 0;
  const isHarmful = truth <= -MARGIN + 1e-12;
  so.all += 1;
  if (verdict !== 'inconclusive') so.settled += 1;
  if (isHarmless) so.harmless += 1;
  if (isHarmful) so.harmful += 1;
  if (isHarmless && verdict === 'regressed') so.falseBlock += 1;
  if (isHarmful && (verdict === 'improved' || verdict === 'no-worse')) so.missed += 1;
  for (const name of rivalNames) {
    const decision = rivals[name];
    if (decision === undefined) continue;
    const rival = so.rivals.get(name) ?? { falseBlock: 0, missed: 0 };
    if (isHarmless && decision.blocks) rival.falseBlock += 1;
    if (isHarmful && decision.passes) rival.missed += 1;
    so.rivals.set(name, rival);
  }
}

function ratesOf(so: Counts): Row {
  const rivals = [...so.rivals].flatMap(([name, { falseBlock, missed }]) => [
    [`false block, ${name}`, falseBlock / so.harmless] as const,
    [`missed, ${name}`, missed / so.harmful] as const,
  ]);
  return {
    'false block': so.falseBlock / so.harmless,
    missed: so.missed / so.harmful,
    settled: so.settled / so.all,
    'harmless decisions': so.harmless,
    'harmful decisions': so.harmful,
    ...Object.fromEntries(rivals),
  };
}
