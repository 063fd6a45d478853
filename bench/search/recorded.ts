import { INCUMBENT } from '../../src/search/candidate.ts';
import type { Outcome, SearchRow } from '../../src/search/row.ts';
import { type SearchPorts, search } from '../../src/search/search.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import { type RandomStream, shuffled } from '../../src/stats/random.ts';
import { type Matrix, recordedMatrices } from '../gate/real.ts';
import { baseSetup } from './ours.ts';

/** Prompts on record beside the incumbent and the candidates, as earlier versions of a file are. */
const HISTORY = 8;
/** More than any of these searches could use: what is measured is how few calls they take. */
const CAP = 5_000;

/** A prompt to improve, the versions that a proposer would come up with, and a draw of rows. Numbers of prompts and rows of the matrix. */
interface Draw {
  readonly matrix: Matrix;
  readonly incumbent: number;
  readonly candidates: readonly number[];
  readonly history: readonly number[];
  readonly rows: readonly number[];
}

/** How the incumbent stands among the prompts of its run. */
export type Regime = 'weak' | 'strong';
const quantiles: Readonly<Record<Regime, readonly [number, number]>> = { weak: [0.1, 0.3], strong: [0.75, 0.95] };

export interface Selected {
  /** Points below the best that was there, over all rows of the matrix. */
  readonly regret: number;
  readonly calls: number;
}

export interface Replayed {
  readonly ours: Selected;
  /** Every candidate on every search row, best mean. */
  readonly full: Selected;
  readonly label: 'verified' | 'promising' | 'none';
  /** Of what was chosen, over the incumbent, over all rows of the matrix. */
  readonly gain: number;
  /** As it would be printed. */
  readonly printed: number;
}

/** One search among real prompts, and full evaluation of the same ones on the same rows. Runs with too few prompts for it are passed over. */
export async function replayRecorded(regime: Regime, count: number, rows: number, stream: RandomStream, seed: string): Promise<Replayed> {
  const fit = recordedMatrices()!.filter(
    ({ complete, outcomes }) => outcomes.length > count + HISTORY + 1 && (complete || regime === 'strong'),
  );
  const draw = drawFrom(fit[stream.below(fit.length)]!, quantiles[regime], count, rows, stream);
  const made = await searched(draw, seed);
  const best = Math.max(...[draw.incumbent, ...draw.candidates].map((prompt) => rateOf(draw, prompt)));
  const chosen = made.prompt;
  const { finding } = made;
  return {
    ours: { regret: best - rateOf(draw, chosen), calls: made.calls },
    full: { regret: best - rateOf(draw, fullChoice(draw, made.search)), calls: count * made.search.length },
    label: finding.label,
    gain: rateOf(draw, chosen) - rateOf(draw, draw.incumbent),
    printed: finding.evidence?.gain ?? 0,
  };
}

function drawFrom(matrix: Matrix, [low, high]: readonly [number, number], count: number, rows: number, stream: RandomStream): Draw {
  const prompts = [...matrix.outcomes.keys()].sort((one, other) => ones(matrix, one) - ones(matrix, other) || one - other);
  const [from, to] = [low, high].map((quantile) => Math.round(quantile * (prompts.length - 1))) as [number, number];
  const incumbent = prompts[from + stream.below(to - from + 1)]!;
  const others = shuffled(
    prompts.filter((prompt) => prompt !== incumbent),
    stream,
  );
  return {
    matrix,
    incumbent,
    candidates: others.slice(0, count),
    history: others.slice(count, count + HISTORY),
    rows: Array.from({ length: rows }, () => stream.below(matrix.rows)),
  };
}

function ones({ outcomes }: Matrix, prompt: number): number {
  return outcomes[prompt]!.split('1').length - 1;
}

function rateOf({ matrix }: Draw, prompt: number): number {
  return ones(matrix, prompt) / matrix.rows;
}

/** Draw's row number → 0 or 1. */
function scoreOf({ matrix, rows }: Draw, prompt: number, at: number): number {
  return matrix.outcomes[prompt]!.charCodeAt(rows[at]!) - 48;
}

function fullChoice(draw: Draw, search: readonly number[]): number {
  const mean = (prompt: number) => search.reduce((sum, at) => sum + scoreOf(draw, prompt, at), 0);
  return draw.candidates.reduce((so, prompt) => (mean(prompt) > mean(so) ? prompt : so), draw.incumbent);
}

const lineOf = (prompt: number) => `Instructions of version v${prompt}.`;
const promptOf = (text: string) => Number(/version v(\d+)\./.exec(text)![1]);

/** Our search with a proposer that hands out the candidates one after the other. */
async function searched(draw: Draw, seed: string) {
  let [handed, calls] = [0, 0];
  const outcome = (prompt: number, at: number): Outcome => {
    const score = scoreOf(draw, prompt, at);
    return { score, reason: score === 1 ? 'right' : 'wrong', answer: `${score}` };
  };
  const ports: SearchPorts = {
    evaluate: async (trials, _allowance, settled) => {
      for (const [index, { text, row }] of trials.entries()) {
        calls += 1;
        settled(index, { calls: 1, usd: 0 }, outcome(promptOf(text), Number(row)));
      }
    },
    propose: async (requests, _allowance, settled) => {
      for (const [index, { messages }] of requests.entries()) {
        const parent = promptOf(messages.map(({ content }) => content).join('\n'));
        const next = draw.candidates[handed++];
        const edits = next === undefined ? [] : [{ find: lineOf(parent), replace: lineOf(next) }];
        settled(
          index,
          { calls: 1, usd: 0 },
          { kind: 'answer', text: JSON.stringify({ edits, why: 'Next.' }), finish: 'stop', latencyMs: 0 },
        );
      }
    },
    record: () => {},
  };
  const { finding, state } = await search(setupOf(draw, seed, outcome), ports);
  const confirm = state.chosen?.candidate === undefined ? 0 : (state.planned?.confirm.length ?? 0);
  const prompt = promptOf(state.candidates[state.chosen?.candidate ?? INCUMBENT]!.text);
  return { finding, prompt, calls: calls - confirm, search: state.planned?.search.map(Number) ?? [] };
}

function setupOf(draw: Draw, seed: string, outcome: (prompt: number, at: number) => Outcome): SearchSetup {
  const rows = draw.rows.map(
    (_, at): SearchRow => ({
      example: {
        id: `${at}`,
        input: `input ${at}`,
        vars: {},
        messages: [],
        expected: 'x',
        tags: [],
        source: { file: 'rows', line: at + 1 },
      },
      incumbent: outcome(draw.incumbent, at),
      history: draw.history.map((prompt) => scoreOf(draw, prompt, at)),
    }),
  );
  const incumbent = `{{role "system"}}\n${lineOf(draw.incumbent)}\n{{role "user"}}\n{{input}}\n`;
  return { ...baseSetup, incumbent, rows, seed, budget: { calls: CAP } };
}
