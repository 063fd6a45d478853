import type { Row } from './search/tables.ts';
import type { Target } from './search/targets.ts';

/** What the tables take of bench/results/search.json. */
export interface SearchResults {
  readonly date: string;
  readonly seeds: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** What was promised and what was reached, and what it was measured on, as Markdown. */
export function searchTables(results: SearchResults): string;
