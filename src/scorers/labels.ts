import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';
import { f1Of } from '../metrics/f1.ts';
import { countsIn, labelSetMeter, labelSetMetrics } from '../metrics/meters/label-sets.ts';
import { labelOutcomes } from '../metrics/multi-label.ts';
import { readJson } from './constraints/json.ts';
import { defineScorer } from './definition.ts';
import { type LabelNames, labelList, labelNames } from './label-names.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';

export const labels = defineScorer({
  kind: 'labels',
  summary:
    'For several labels at once: the F1 of the labels that the answer names against those of `expected`, a list that may be empty. An answer that is a JSON list is read as one, so that what is no label counts as wrong; in any other the labels are looked for as whole words.',
  metrics: labelSetMetrics,
  schema: z.strictObject({
    ...commonOptions,
    labels: labelList.describe('All labels there are. Where one is part of another, the longer one counts.'),
    list: z
      .boolean()
      .default(false)
      .describe(
        'Whether an answer that is no JSON is a list too, its parts set off by commas, semicolons or lines, with bullets or numbers before them.',
      ),
    passMark: passMark(1),
  }),
  bind(options) {
    const read = answerReader(options);
    const known = labelNames(options.labels, options.normalize);
    const meter = labelSetMeter(known.names);
    return {
      requires: (example) => unusable(example, known),
      score({ text }, example) {
        const wanted = new Set((wantedLabels(example) ?? []).map((name) => known.indexOf(name)!));
        const { named, strangers } = namedIn(read(text), known, options.list);
        const seen = [strangers.length, ...outcomesOf(wanted, named)];
        const value = f1Of(countsIn(seen), 1);
        return {
          value,
          pass: isPassing(value, options.passMark),
          reason: reason(wanted, named, strangers, known.names),
          observed: { [meter.id]: seen },
        };
      },
      meters: [meter],
    };
  },
});

/** The texts of `expected`: a list, or one text that stands for itself. */
function wantedLabels({ expected }: Example): readonly string[] | undefined {
  const list: readonly Json[] | undefined = Array.isArray(expected) ? expected : expected === undefined ? undefined : [expected];
  const texts = list?.flatMap((one) => (typeof one === 'object' ? [] : [String(one)]));
  return texts?.length === list?.length ? texts : undefined;
}

function unusable(example: Example, { indexOf }: LabelNames): string | undefined {
  const wanted = wantedLabels(example);
  if (wanted === undefined) return example.expected === undefined ? 'it has no "expected"' : '"expected" must be a list of labels';
  const stranger = wanted.find((name) => indexOf(name) === undefined);
  return stranger === undefined ? undefined : `"expected" has ${quote(stranger)}, which is not one of the labels`;
}

interface Named {
  readonly named: ReadonlySet<number>;
  /** What was given as a label and is none, each once. */
  readonly strangers: readonly string[];
}

function namedIn(answer: string, { indexOf, namedIn: find }: LabelNames, list: boolean): Named {
  const parts = jsonList(answer) ?? (list ? partsOf(answer) : undefined);
  if (parts === undefined) return { named: new Set(find(answer)), strangers: [] };
  const named = new Set<number>();
  const strangers = new Set<string>();
  for (const part of parts) {
    const index = indexOf(part);
    if (index === undefined) strangers.add(part);
    else named.add(index);
  }
  return { named, strangers: [...strangers] };
}

function jsonList(answer: string): readonly string[] | undefined {
  if (!answer.trimStart().startsWith('[')) return undefined;
  const parsed = readJson(answer);
  if ('problem' in parsed || !Array.isArray(parsed.value)) return undefined;
  return parsed.value.map((part: Json) => (typeof part === 'object' ? noText : String(part)));
}

/** Stands for an element that can be no label. */
const noText = '(no text)';
const bullet = /^\s*(?:[-*•–]|\d{1,3}[.)])\s+/;

function partsOf(answer: string): readonly string[] {
  return answer
    .split(/[,;\n]/)
    .map((part) => part.replace(bullet, '').trim())
    .filter((part) => part !== '');
}

/** Index times 3 plus the outcome of every label that is wanted or named. */
function outcomesOf(wanted: ReadonlySet<number>, named: ReadonlySet<number>): number[] {
  const { hit, extra, missed } = labelOutcomes;
  return [
    ...Array.from(wanted, (index) => index * 3 + (named.has(index) ? hit : missed)),
    ...Array.from(named)
      .filter((index) => !wanted.has(index))
      .map((index) => index * 3 + extra),
  ];
}

const mostShown = 5;

function reason(wanted: ReadonlySet<number>, named: ReadonlySet<number>, strangers: readonly string[], names: readonly string[]): string {
  const missing = Array.from(wanted).filter((index) => !named.has(index));
  const extra = Array.from(named).filter((index) => !wanted.has(index));
  const clauses = [
    clause(
      'lacks',
      missing.map((index) => names[index]!),
    ),
    clause(
      'wrongly names',
      extra.map((index) => names[index]!),
    ),
    clause('names what is no label', strangers),
  ].filter(Boolean);
  return clauses.length === 0
    ? `names ${wanted.size === 0 ? 'no label' : listed(Array.from(wanted, (index) => names[index]!))}`
    : clauses.join('; ');
}

function clause(what: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${what}: ${listed(names)}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).map(quote).join(', ');
  return names.length > mostShown ? `${shown} and ${names.length - mostShown} more` : shown;
}
