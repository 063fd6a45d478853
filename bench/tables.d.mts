import type { Target } from './target.ts';

/** What the tables take of bench/results/gate.json. */
export interface GateResults {
  readonly date: string;
  readonly seed: string;
  readonly repetitions: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;
}

/** The promises and what was reached, and the rules of other gates on the same data, as Markdown. */
export function gateTables(results: GateResults): string;

/** What the tables take of bench/results/engine.json. */
export interface EngineResults {
  readonly date: string;
  readonly machine: { readonly cores: number; readonly node: string };
  readonly versions: Readonly<Record<string, string>>;
  readonly targets: GateResults['targets'];
  readonly tables: Readonly<Record<'runs' | 'cache' | 'starts' | 'large', readonly Readonly<Record<string, string | number>>[]>>;
}

/** What the engine promises and reached, beside a bare loop and promptfoo, as Markdown. */
export function engineTables(results: EngineResults): string;
