import type { WorldName } from './worlds.ts';

/** A situation that is measured over many worlds. */
export interface Cell {
  readonly world: WorldName;
  readonly rows: number;
  /** Cap. */
  readonly calls: number;
  readonly seeds: number;
}

export const cellName = ({ world, rows, calls }: Omit<Cell, 'seeds'>): string => `${world}, ${rows} rows, ${calls} calls`;

/** Worlds in which no version can be better. */
export const nullWorlds = [
  'null',
  'null, strong prompt',
  'null, noisy judge',
  'null, flaky answers',
  'null, rows twice',
  'harmful',
] as const satisfies readonly WorldName[];

const otherWorlds = [
  'format only',
  'two populations',
  'noisy judge',
  'long prompt',
  'error-prone API',
] as const satisfies readonly WorldName[];

const SIZES = [50, 100, 200];

/** Cells that GEPA's runs are paired with. */
export const pairedCells: readonly Cell[] = SIZES.map((rows) => ({ world: 'headroom', rows, calls: 300, seeds: 200 }));
/** The smallest cap of a pull request. */
export const smallCap: Cell = { world: 'headroom', rows: 100, calls: 150, seeds: 200 };

/** All cells, the ones that promises rest on first; a share of the seeds for a quick look. */
export function cells(share = 1): readonly Cell[] {
  const some = (seeds: number) => Math.ceil(seeds * share);
  const inNull = (rows: number) => nullWorlds.map((world): Cell => ({ world, rows, calls: 300, seeds: 400 }));
  const inOthers = (rows: number) => otherWorlds.map((world): Cell => ({ world, rows, calls: 300, seeds: 100 }));
  return [
    ...pairedCells,
    smallCap,
    ...inNull(100),
    ...inOthers(100),
    ...inNull(50),
    { world: 'headroom' as const, rows: 20, calls: 300, seeds: 100 },
    { world: 'headroom' as const, rows: 500, calls: 500, seeds: 100 },
    ...inNull(200),
    { world: 'null' as const, rows: 20, calls: 300, seeds: 400 },
    { world: 'null' as const, rows: 500, calls: 500, seeds: 400 },
    ...inOthers(50),
    ...inOthers(200),
  ].map((cell) => ({ ...cell, seeds: some(cell.seeds) }));
}
