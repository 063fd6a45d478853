import { plain } from './markup.ts';
import { counted, grouped, usd } from './numbers.ts';

interface Amounts {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
}

/** What a run is about to take, before a cent is spent. */
export interface PlanReport {
  readonly prompts: number;
  readonly trials: number;
  readonly expected: Amounts;
  /** Upper bound with every request sent once. */
  readonly most: Amounts;
  /** Upper bound with every retry there may be. */
  readonly worst: Amounts;
  /** How many of the calls are for grading. */
  readonly consults: number;
  /** Questions that were answered before, and are in none of the amounts. */
  readonly known: number;
  /** Questions that nobody may be asked, and that no recording answers. */
  readonly lacking: number;
  readonly caps: Partial<Amounts> & { readonly minutes?: number };
  /** What settling may add where verdicts stay open, caps permitting. */
  readonly settling?: Amounts;
  /** Models without a price. */
  readonly unpriced: readonly string[];
  /** Models whose answers have no limit. */
  readonly unlimited: readonly string[];
}

/** A line that says what is asked, a table of what it takes, and what the table cannot say. Lines end in line feeds. */
export function planText(plan: PlanReport): string {
  const grading = plan.consults === 0 ? '' : `, ${grouped(plan.consults)} of them for grading`;
  const first = `Plan: ${counted(plan.prompts, 'prompt')}, ${counted(plan.trials, 'trial')}, ${counted(plan.most.calls, 'call')}${grading}.`;
  return `${[[first, ...freeSentences(plan)].join(' '), ...drawn(rows(plan)), ...remarks(plan)].join('\n')}\n`;
}

/** What stands in its place where nothing is to be asked, with what there is to tell. */
export function nothingPlanned(notes: readonly string[]): string {
  return ['Nothing to evaluate: no call would be sent.', ...notes.map(plain.prose)].map((line) => `${line}\n`).join('');
}

function freeSentences({ known, lacking }: PlanReport): string[] {
  return [
    ...(known === 0 ? [] : [`Known already, at no cost: ${counted(known, 'answer')}.`]),
    ...(lacking === 0 ? [] : [`Not recorded, and asked of nobody: ${counted(lacking, 'answer')}.`]),
  ];
}

const kinds = [
  ['calls', 'calls', grouped],
  ['inputTokens', 'input tokens', grouped],
  ['outputTokens', 'output tokens', grouped],
  ['costUsd', 'cost', usd],
] as const;

function rows({ expected, most, worst, caps }: PlanReport): string[][] {
  const hasCap = kinds.some(([name]) => caps[name] !== undefined);
  const cell = (amount: number | undefined, format: (amount: number) => string, unknown: string): string =>
    amount === undefined ? unknown : format(amount);
  const heading = ['', 'expected', 'at most', 'with every retry', ...(hasCap ? ['cap'] : [])];
  return [
    heading,
    ...kinds.map(([name, title, format]) => [
      title,
      ...[expected, most, worst].map((amounts) => cell(amounts[name], format, 'unknown')),
      ...(hasCap ? [cell(caps[name], format, 'none')] : []),
    ]),
  ];
}

function drawn(table: readonly (readonly string[])[]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]! + 2)))
      .join('')
      .trimEnd(),
  );
}

function remarks(plan: PlanReport): string[] {
  const { settling, unpriced, unlimited, caps } = plan;
  return [
    ...(unpriced.length > 0 ? [`No price is known for ${named(unpriced)}${refusing(caps.costUsd !== undefined)}.`] : []),
    ...(unlimited.length > 0
      ? [
          `Answers of ${named(unlimited)} have no limit, so there is no upper bound${refusing((caps.costUsd ?? caps.outputTokens) !== undefined)}.`,
        ]
      : []),
    ...tooLow(plan),
    ...(settling === undefined ? [] : [settlingSentence(settling)]),
    ...(caps.minutes === undefined ? [] : [`The calls may take ${caps.minutes} min together.`]),
  ];
}

const refusing = (isCapped: boolean): string => (isCapped ? ', and the cap cannot be kept without: nothing is sent' : '');

/** Fewer calls than there are questions. Where a model grades, labelled answers come first, and what grading asks may turn out to be less. */
function tooLow({ caps: { calls }, most, consults }: PlanReport): string[] {
  return calls === undefined || consults > 0 || most.calls <= calls
    ? []
    : [`The cap of ${counted(calls, 'call')} is too low for it: nothing is sent.`];
}

const named = (models: readonly string[]): string => models.map(plain.code).join(', ');

function settlingSentence({ calls, costUsd }: Amounts): string {
  return `Settling may add up to ${counted(calls, 'call')}${costUsd === undefined ? '' : ` and ${usd(costUsd)}`}.`;
}
