// Tables of the documentation, drawn from bench/results/search.json.

import { kept, promised, table } from './markdown.mjs';

const percent = (value) => (value === undefined ? '–' : `${(value * 100).toFixed(1)} %`);
const points = (value) => (value === undefined ? '–' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`);

/** What was promised and what was reached, and what it was measured on, as Markdown. `results`: the content of bench/results/search.json. */
export function searchTables({ date, seeds, versions, targets, tables }) {
  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    promises(targets),
    '### Where nothing can be better',
    worlds(tables.worlds.filter(isNull)),
    '### Where something can',
    worlds(tables.worlds.filter((row) => !isNull(row))),
    '### Beside other optimizers, on one server that counts',
    beside(tables.beside),
    tables.recorded.length === 0 ? '' : `### Real prompts, replayed\n\n${recorded(tables.recorded)}`,
    `Measured ${date} with ${said.join(', ')}. Worlds: “${seeds}”.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const isNull = ({ world }) => world.startsWith('null') || world === 'harmful';

function promises(targets) {
  return table(
    ['', 'what is measured', 'promised', 'reached', '95 % interval', 'runs', ''],
    targets.map(({ name, measure, target, value, error, runs, met }) => [
      name,
      measure,
      promised(target),
      value,
      error > 0 ? `${(value - 1.96 * error).toFixed(3)} to ${(value + 1.96 * error).toFixed(3)}` : '–',
      runs,
      kept(met),
    ]),
  );
}

function worlds(rows) {
  return table(
    [
      'world',
      'rows',
      'cap',
      'runs',
      'most calls',
      'verified',
      'promising',
      'true gain of the best guess',
      'verified: printed',
      'verified: true',
    ],
    rows.map((row) => [
      row.world,
      row.rows,
      row.cap,
      row.runs,
      row['most calls'],
      percent(row.verified),
      percent(row.promising),
      `${points(row['best guess'])} ± ${row['best guess, standard error'].toFixed(1)}`,
      points(row.printed),
      points(row.true),
    ]),
  );
}

function beside(rows) {
  return table(
    ['optimizer', 'world', 'runs', 'calls', 'most calls', 'announces an improvement', 'of so many points', 'true gain of its best guess'],
    rows.map((row) => [
      row.system,
      row.cell,
      row.runs,
      row.calls.toFixed(0),
      row['most calls'],
      percent(row.announces),
      points(row.claimed),
      `${points(row.gain)} ± ${row['gain, standard error'].toFixed(1)}`,
    ]),
  );
}

function recorded(rows) {
  return table(
    ['incumbent', 'candidates', 'draws', 'calls', 'full evaluation', 'regret', 'full evaluation', 'verified', 'verified without gain'],
    rows.map((row) => [
      row.regime,
      row.candidates,
      row.draws,
      row.calls.toFixed(0),
      row['calls of full evaluation'].toFixed(0),
      row.regret.toFixed(2),
      row['regret of full evaluation'].toFixed(2),
      percent(row.verified),
      percent(row['verified without gain']),
    ]),
  );
}
