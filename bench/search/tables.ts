import type { Beside } from './beside.ts';
import { cellName } from './cells.ts';
import type { Run } from './runs.ts';
import { estimate, shareOf } from './summary.ts';
import type { Measured } from './targets.ts';

export type Row = Readonly<Record<string, string | number>>;

/** What stands in the result file beside the targets. Shares in [0, 1], gains in points. */
export function tablesOf({ cells, recorded, resumed }: Measured, beside: Beside): Readonly<Record<string, readonly Row[]>> {
  return {
    worlds: cells
      .filter(({ runs }) => runs.length > 0)
      .map(({ cell, runs }) => ({ cell: cellName(cell), world: cell.world, rows: cell.rows, cap: cell.calls, ...summaryOf(runs) })),
    recorded: recorded
      .filter(({ runs }) => runs.length > 0)
      .map(({ regime, candidates, rows, runs }) => {
        const mean = (of: (run: (typeof runs)[number]) => number) => estimate(runs.map(of)).mean;
        const verified = runs.filter(({ label }) => label === 'verified');
        return {
          regime,
          candidates,
          rows,
          draws: runs.length,
          calls: round(mean(({ ours }) => ours.calls)),
          'calls of full evaluation': round(mean(({ full }) => full.calls)),
          regret: round(100 * mean(({ ours }) => ours.regret)),
          'regret of full evaluation': round(100 * mean(({ full }) => full.regret)),
          verified: round(verified.length / runs.length),
          'verified without gain': round(verified.filter(({ gain }) => gain <= 0).length / runs.length),
        };
      }),
    beside: Object.entries(beside).flatMap(([system, byCell]) =>
      Object.entries(byCell)
        .filter(([, runs]) => runs.length > 0)
        .map(([cell, runs]) => {
          const claims = runs.filter(({ announces }) => announces);
          const gains = estimate(runs.map(({ gain }) => 100 * gain));
          return {
            system,
            cell,
            runs: runs.length,
            calls: round(estimate(runs.map(({ calls }) => calls)).mean),
            'most calls': runs.reduce((most, { calls }) => Math.max(most, calls), 0),
            announces: round(shareOf(runs, ({ announces }) => announces).mean),
            ...(claims.some(({ claimed }) => claimed !== undefined) && {
              claimed: round(100 * estimate(claims.map(({ claimed = 0 }) => claimed)).mean),
            }),
            gain: round(gains.mean),
            'gain, standard error': round(gains.error),
          };
        }),
    ),
    ...(resumed && { resumed: [{ ...resumed }] }),
  };
}

function summaryOf(runs: readonly Run[]): Row {
  const verified = runs.filter(({ label, claimsGain }) => label === 'verified' && claimsGain);
  const guesses = estimate(runs.map(({ guess }) => 100 * guess));
  return {
    runs: runs.length,
    calls: round(estimate(runs.map(({ calls }) => calls)).mean),
    'most calls': runs.reduce((most, { calls }) => Math.max(most, calls), 0),
    verified: round(verified.length / runs.length),
    'verified as shorter': round(shareOf(runs, ({ label, claimsGain }) => label === 'verified' && !claimsGain).mean),
    promising: round(shareOf(runs, ({ label }) => label === 'promising').mean),
    'best guess': round(guesses.mean),
    'best guess, standard error': round(guesses.error),
    ...(verified.length > 0 && {
      printed: round(100 * estimate(verified.map(({ printed }) => printed)).mean),
      true: round(100 * estimate(verified.map(({ gain }) => gain)).mean),
    }),
  };
}

const round = (value: number): number => Number(value.toFixed(3));
