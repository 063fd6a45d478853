import { kept, table } from '../markdown.mjs';
import type { Target } from '../target.ts';

/** The content of bench/results/scorers.json. */
export interface ScorersMeasured {
  readonly date: string;
  readonly seed: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Runs of each; the fastest counts, for whatever else a machine does only adds. */
  readonly times: number;
  readonly targets: readonly Target[];
  readonly tables: {
    readonly rows: readonly {
      readonly name: string;
      readonly rows: number;
      readonly seconds: number;
      readonly cpuSeconds: number;
      readonly passed: number;
      readonly metrics: number;
    }[];
  };
}

/** What scoring takes, as Markdown. */
export function scorersTable({ date, versions, times, targets, tables }: ScorersMeasured): string {
  const lines = tables.rows.map(({ name, rows, seconds, cpuSeconds }) => {
    const target = targets.find((each) => each.name === name);
    const promise = target === undefined ? ['–', ''] : [`${target.target} s`, kept(target.met)];
    const perSecond = Math.round(rows / cpuSeconds).toLocaleString('en-US');
    return [name, rows.toLocaleString('en-US'), `${cpuSeconds} s`, perSecond, ...promise, `${seconds} s`];
  });
  const heads = ['task', 'rows', 'time of a core', 'rows a second', 'promised', '', 'by the clock'];
  return [
    table(heads, lines),
    '',
    `Measured ${date} on Node ${versions['node']}, the time of all its threads added up, start of the process left out; the fastest of ${times} runs.`,
  ].join('\n');
}
