// The rows that are scored: every one different, most answers right, the rest wrong in the ways that answers are.
import type { Example, ScorerSpec } from '../../src/domain/evalset.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';

/** A kind of task: what judges its answers, and its rows by number. */
export interface Workload {
  readonly scorers: readonly ScorerSpec[];
  readonly row: (index: number) => { readonly expected: Json; readonly answer: string };
}

const scorer = (kind: string, options: JsonObject = {}): ScorerSpec => ({ kind, options, weight: 1 });
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

const labels = ['billing', 'delivery', 'returns', 'account', 'technical', 'complaint', 'praise', 'other'];

function namesLabel(index: number) {
  const expected = pick(labels, index * 7);
  const named = index % 9 === 0 ? pick(labels, index) : expected;
  const answers = [
    `${named}`,
    `Label: ${named}.`,
    `Ticket ${index} is about **${named}**.`,
    `The category is "${named}", since it says so.`,
  ];
  return { expected, answer: pick(answers, index >> 3) };
}

const cities = ['Lyon', 'Ghent', 'Porto', 'Aarhus', 'Graz'];
const tags = ['urgent', 'export', 'recurring', 'draft'];

function invoice(index: number): Record<string, Json> {
  const [month, day] = [(index % 12) + 1, (index % 28) + 1];
  return {
    number: `INV-${index}`,
    vendor: `${pick(cities, index)} Paper & Ink ${index % 977}`,
    date: `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    total: (index % 90_000) + 0.5,
    currency: pick(['EUR', 'GBP', 'USD'], index),
    lines: (index % 17) + 1,
    paid: index % 3 === 0,
    iban: `BE${String(index).padStart(14, '0')}`,
    tags: [pick(tags, index), pick(tags, index + 1)],
    city: pick(cities, index + 2),
  };
}

const invoiceFields: JsonObject = {
  number: 'exact',
  vendor: { fuzzy: { atLeast: 0.9 } },
  date: 'date',
  total: { number: { absolute: 0.01 } },
  currency: 'exact',
  lines: 'number',
  paid: 'exact',
  iban: 'text',
  tags: 'set',
  city: 'text',
};

function extracts(index: number) {
  const expected = invoice(index);
  const given: Record<string, Json> = { ...expected, tags: [pick(tags, index + 1), pick(tags, index)] };
  if (index % 4 === 0) given['total'] = `${(Number(expected['total'])).toLocaleString('en-US')} ${expected['currency']}`;
  if (index % 5 === 0) given['vendor'] = `${expected['vendor']}.`;
  if (index % 6 === 0) given['city'] = ` ${String(expected['city']).toUpperCase()}`;
  if (index % 11 === 0) given['date'] = String(expected['date']).replaceAll('-', '/');
  if (index % 13 === 0) given['lines'] = 99;
  if (index % 17 === 0) delete given['iban'];
  const json = JSON.stringify(given);
  return { expected, answer: index % 2 === 0 ? `\`\`\`json\n${json}\n\`\`\`` : json };
}

function namesLabels(index: number) {
  const expected = [pick(labels, index), pick(labels, index + 3)];
  const named = index % 9 === 0 ? [pick(labels, index)] : expected;
  return { expected, answer: index % 2 === 0 ? JSON.stringify(named) : `Ticket ${index}: ${named.join(' and ')}` };
}

function saysNumber(index: number) {
  const expected = index + 0.25;
  const said = (index % 9 === 0 ? expected + 3 : expected).toLocaleString('en-US');
  return { expected, answer: `The total of the order comes to ${said} EUR.` };
}

const words = 'the parcel left our warehouse on monday and should reach you within three working days unless customs asks for papers'.split(
  ' ',
);

function writesText(index: number) {
  const from = (first: number) => Array.from({ length: 20 }, (_, at) => pick(words, first + at)).join(' ');
  return { expected: `Ticket ${index}: ${from(index)}.`, answer: `For ticket ${index}, ${from(index + (index % 3))}!` };
}

/** By name, in the order of the table. */
export const workloads: Readonly<Record<string, Workload>> = {
  classification: { scorers: [scorer('label', { labels })], row: namesLabel },
  extraction: { scorers: [scorer('fields', { fields: invoiceFields })], row: extracts },
  'several labels': { scorers: [scorer('labels', { labels })], row: namesLabels },
  'numbers in prose': { scorers: [scorer('number', { tolerance: { absolute: 0.5 }, scale: 10 })], row: saysNumber },
  'token F1': { scorers: [scorer('tokenF1')], row: writesText },
  'ROUGE-L': { scorers: [scorer('rouge')], row: writesText },
  chrF: { scorers: [scorer('chrf')], row: writesText },
};

/** Rows of a workload as examples and the answers to them: those from `from` to before `until`. */
export function rowsOf({ row }: Workload, from: number, until: number): readonly { readonly example: Example; readonly answer: string }[] {
  return Array.from({ length: until - from }, (_, nth) => {
    const { expected, answer } = row(from + nth);
    return { example: exampleOf(expected, from + nth), answer };
  });
}

function exampleOf(expected: Json, index: number): Example {
  return { id: `row-${index}`, vars: {}, messages: [], expected, tags: [], source: { file: 'rows.jsonl', line: index + 1 } };
}
