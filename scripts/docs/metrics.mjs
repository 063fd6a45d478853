// Every metric that something measures: one table for each family.
import { markdownTable } from 'markdown-table';
import { cell, code } from './cells.mjs';

const titles = {
  any: 'Of every eval set',
  classification: 'Single labels',
  'multi-label': 'Several labels at once',
  calibration: 'Confidence, where a scorer has the option `confidence`',
  numeric: 'Numbers',
  extraction: 'Fields',
  text: 'Likeness to a reference',
  retrieval: 'Retrieved contexts and citations',
  run: 'What answers take, for thresholds alone',
};

const intervals = { 'per-example': "the gate's", 'paired-bootstrap': 'bootstrap', none: 'none' };
const units = {
  fraction: '',
  number: ', in the unit of the numbers',
  nats: ' nats',
  milliseconds: ' ms',
  dollars: ' USD',
  coefficient: '',
};

export function metricSections(metrics, scorers) {
  const given = metrics.map((metric) => ({ ...metric, kinds: scorers.filter((scorer) => scorer.metrics.includes(metric.name)) }));
  const measured = given.filter(({ family, kinds }) => ['any', 'calibration', 'run'].includes(family) || kinds.length > 0);
  return [...new Set(measured.map(({ family }) => family))]
    .map((family) => `### ${titles[family]}\n\n${tableOf(measured.filter((metric) => metric.family === family))}`)
    .join('\n\n');
}

function tableOf(metrics) {
  const scorers = metrics.some(({ kinds }) => kinds.length > 0);
  const rows = metrics.map(({ name, direction, range, unit, interval, kinds, summary }) => [
    code(name),
    ...(scorers ? [kinds.map(({ kind }) => code(kind)).join(', ')] : []),
    cell(summary),
    `${rangeOf(range)}${units[unit]}`,
    direction,
    intervals[interval],
  ]);
  const heading = ['Metric', ...(scorers ? ['Scorer'] : []), 'What it is', 'Range', 'Better', 'Interval'];
  return markdownTable([heading, ...rows], { alignDelimiters: false });
}

function rangeOf([least, greatest]) {
  const low = Number.isFinite(least) ? String(least).replace('-', '−') : 'no end';
  return Number.isFinite(greatest) ? `${low} to ${greatest}` : `${low} and above`;
}
