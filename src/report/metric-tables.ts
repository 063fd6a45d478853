import type { ReliabilityBin } from '../metrics/calibration.ts';
import type { ConfusionTable, FieldTable, LabelTable, MetricTable, ReliabilityTable } from '../metrics/tables.ts';
import type { Markup } from './markup.ts';
import { grouped, percent, rate } from './numbers.ts';
import type { Table } from './tables.ts';

/** A table that stands behind the metrics, under its title. */
export interface TitledTable {
  readonly title: string;
  readonly table: Table;
}

/** The tables behind a prompt's metrics that hold anything. With more labels than `widest` their confusions are listed, the most frequent first. */
export function metricTables(tables: readonly MetricTable[], markup: Markup, widest: number): TitledTable[] {
  return tables.map((table) => titled(table, markup, widest)).filter(({ table }) => table.rows.length > 1);
}

function titled(table: MetricTable, markup: Markup, widest: number): TitledTable {
  switch (table.kind) {
    case 'labels':
      return { title: 'Labels', table: labelsTable(table, markup) };
    case 'confusion':
      return { title: 'Which label was named', table: confusionTable(table, markup, widest) };
    case 'reliability':
      return { title: 'Confidence and what came of it', table: reliabilityTable(table) };
    default:
      return { title: 'Fields', table: fieldsTable(table, markup) };
  }
}

interface Sides<T> {
  readonly base?: T | undefined;
  readonly head?: T | undefined;
}

/** `38 → 35`, or one value where both sides say the same or there is but one. */
function change<T>({ base, head }: Sides<T>, of: (side: T) => string): string {
  const [before, after] = [base === undefined ? undefined : of(base), head === undefined ? undefined : of(head)];
  if (before === undefined || after === undefined || before === after) return before ?? after ?? nothing;
  return `${before} → ${after}`;
}

const nothing = '–';

function labelsTable({ rows }: LabelTable, { code }: Markup): Table {
  const met = rows.filter(({ base, head }) => [base, head].some((side) => side !== undefined && side.support + side.predicted > 0));
  return {
    align: ['l', 'r', 'r', 'r', 'r'],
    rows: [
      ['Label', 'right for', 'precision', 'recall', 'F1'],
      ...met.map((row) => [
        code(row.label),
        change(row, ({ support }) => grouped(support)),
        change(row, ({ precision }) => percent(precision)),
        change(row, ({ recall }) => percent(recall)),
        change(row, ({ f1 }) => percent(f1)),
      ]),
    ],
  };
}

type Cell = ConfusionTable['cells'][number];

const noLabel = 'none or several';

function confusionTable(table: ConfusionTable, markup: Markup, widest: number): Table {
  const names = new Set(table.cells.flatMap(({ expected, named }) => (named === null ? [expected] : [expected, named])));
  const met = table.labels.filter((label) => names.has(label));
  return met.length > widest ? listedConfusions(table, markup) : confusionMatrix(table, met, markup);
}

/** A row for each right label, a column for each that was named. */
function confusionMatrix({ cells }: ConfusionTable, labels: readonly string[], { code }: Markup): Table {
  const named: readonly (string | null)[] = cells.some((cell) => cell.named === null) ? [...labels, null] : labels;
  const byPlace = new Map(cells.map((cell) => [placeOf(cell), cell]));
  const row = (expected: string) => [
    code(expected),
    ...named.map((label) => change(byPlace.get(placeOf({ expected, named: label })) ?? {}, grouped)),
  ];
  return {
    align: ['l', ...named.map(() => 'r' as const)],
    rows: [['right ↓ named →', ...named.map((label) => (label === null ? noLabel : code(label)))], ...labels.map(row)],
  };
}

function placeOf({ expected, named }: Pick<Cell, 'expected' | 'named'>): string {
  return JSON.stringify([expected, named]);
}

function listedConfusions({ cells }: ConfusionTable, { code }: Markup): Table {
  const size = ({ base, head }: Cell) => head ?? base ?? 0;
  const mistakes = cells.filter(({ expected, named }) => expected !== named).toSorted((one, other) => size(other) - size(one));
  return {
    align: ['l', 'l', 'r'],
    rows: [
      ['Right label', 'named instead', 'answers'],
      ...mistakes.map((cell) => [code(cell.expected), cell.named === null ? noLabel : code(cell.named), change(cell, grouped)]),
    ],
  };
}

const nobody: ReliabilityBin = { from: 0, to: 0, weight: 0, meanConfidence: 0, accuracy: 0 };

/** A row for each bin that either side has anything in. */
function reliabilityTable({ base, head }: ReliabilityTable): Table {
  const bins = [...(base ?? []), ...(head ?? [])];
  const starts = [...new Set(bins.map(({ from }) => from))].sort((one, other) => one - other);
  const binAt = (from: number, side: readonly ReliabilityBin[] | undefined) => side?.find((bin) => bin.from === from);
  const rows = starts.map((from) => {
    const sides = { ...(base && { base: binAt(from, base) ?? nobody }), ...(head && { head: binAt(from, head) ?? nobody }) };
    const { to } = bins.find((bin) => bin.from === from)!;
    const shown = (of: (bin: ReliabilityBin) => string) => change(sides, (bin) => (bin.weight === 0 ? nothing : of(bin)));
    return [
      `${rate(from).replace(' %', '')}–${rate(to)}`,
      shown(({ weight }) => grouped(weight)),
      shown(({ meanConfidence }) => percent(meanConfidence)),
      shown(({ accuracy }) => percent(accuracy)),
    ];
  });
  return { align: ['l', 'r', 'r', 'r'], rows: [['Confidence', 'answers', 'mean confidence', 'right'], ...rows] };
}

function fieldsTable({ rows }: FieldTable, { code }: Markup): Table {
  return {
    align: ['l', 'r', 'r', 'r', 'r', 'r'],
    rows: [
      ['Field', 'correct', 'wrong', 'missing', 'spurious', 'F1'],
      ...rows.map((row) => [
        row.field === '' ? '(the whole)' : code(row.field),
        ...(['correct', 'wrong', 'missing', 'spurious'] as const).map((outcome) => change(row, (side) => grouped(side[outcome]))),
        change(row, ({ f1 }) => percent(f1)),
      ]),
    ],
  };
}
