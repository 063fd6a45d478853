// Tables of the documentation, drawn from the benchmarks' results.

import { kept, promised, table } from './markdown.mjs';

const percent = (value) => (typeof value === 'number' && value >= 0 ? `${(value * 100).toFixed(1)} %` : '–');

/** The promises and what was reached, and the rules of other gates on the same data, as Markdown. `results`: the content of bench/results/gate.json. */
export function gateTables({ date, seed, repetitions, targets, tables }) {
  const promises = table(
    ['', 'what is measured', 'promised', 'reached', ''],
    targets.map(({ name, measure, target, value, met }) => [name, measure, promised(target), value, kept(met)]),
  );
  return [
    promises,
    rivals(tables.grid, targets),
    real(tables.real),
    `Measured ${date}, seed “${seed}”, ${repetitions.grid} repetitions of each cell of the grid, ${repetitions['worst and named cells']} of the worst and of the named ones.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const rules = ['mean dropped', 'dropped by more than the margin', 'paired t', 'no overlap and McNemar', 'percentile bootstrap'];

function worstOf(rows, key) {
  return Math.max(...rows.map((row) => row[key] ?? -1));
}

/** Worst rates: ours over the whole grid, the rivals' over its pass/fail cells, which is all that most of them can decide. */
function rivals(grid, targets) {
  const reached = (name) => targets.find((target) => target.name === name)?.value;
  const alone = grid.filter(({ scores, structure }) => scores === 'binary' && structure === 'alone');
  const rows = [
    ['this gate', reached('T1'), reached('T2')],
    ...rules.map((rule) => [rule, worstOf(alone, `${rule}: worst falseBlock`), worstOf(alone, `${rule}: worst missed`)]),
  ];
  return table(
    ['rule', 'blocks a harmless edit, at worst', 'lets a regression of the margin through, at worst'],
    rows.map(([rule, block, missed]) => [rule, percent(block), percent(missed)]),
  );
}

function real(rows) {
  if (rows === undefined) return '';
  return table(
    [
      'real prompts',
      'examples',
      'blocks a harmless edit',
      'lets a regression through',
      '“mean dropped” blocks',
      '“dropped by more than the margin” lets through',
    ],
    rows.map((row) => [
      row.group,
      row.examples,
      percent(row['false block']),
      percent(row.missed),
      percent(row['false block, mean dropped']),
      percent(row['missed, dropped by more than the margin']),
    ]),
  );
}

const about = (value, digits) => (typeof value === 'number' ? value.toFixed(digits) : '–');

/** What the engine promises and reached, beside a bare loop and promptfoo, as Markdown. `results`: the content of bench/results/engine.json. */
export function engineTables({ date, machine, versions, targets, tables }) {
  const measured = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const parts = [
    table(
      ['what is measured', 'promised', 'reached', ''],
      targets.map(({ measure, target, value, met }) => [measure, promised(target), value, kept(met)]),
    ),
    table(
      ['rows', 'at a time', '', 'wall s', 'of the ideal', 'CPU s', 'CPU ms a call', 'peak MB'],
      tables.runs.map(({ rows, concurrency, who, wallS, ofIdeal, cpuS, cpuMsPerCall, peakMb }) => [
        rows,
        concurrency,
        who,
        about(wallS, 1),
        about(ofIdeal, 2),
        about(cpuS, 1),
        about(cpuMsPerCall, 2),
        about(peakMb, 0),
      ]),
    ),
    table(
      ['cache', 'rows', 'without s', 'filling s', 'from it s', 'peak MB from it'],
      tables.cache.map(({ who, rows, withoutS, fillS, warmS, warmPeakMb }) => [
        who,
        rows,
        about(withoutS, 1),
        about(fillS, 1),
        about(warmS, 2),
        about(warmPeakMb, 0),
      ]),
    ),
    table(
      ['whole process', 's'],
      tables.starts.map(({ what, s }) => [what, about(s, 2)]),
    ),
    table(
      ['rows, no latency', 'file MB', 'wall s', 'CPU s', 'peak MB', 'beside'],
      tables.large.map(({ rows, fileMb, wallS, cpuS, peakMb, beside }) => [
        rows,
        about(fileMb, 1),
        about(wallS, 0),
        about(cpuS, 0),
        about(peakMb, 0),
        beside,
      ]),
    ),
    `Measured ${date} on ${machine.cores} cores with Node ${machine.node.slice(1)}: ${measured.join(', ')}.`,
  ];
  return parts.filter((part) => part.split('\n').length !== HEAD_LINES).join('\n\n');
}

/** A table without a row has these alone. */
const HEAD_LINES = 2;
