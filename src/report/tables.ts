import type { ArmScore, Effect, Verdict } from '../domain/verdict.ts';
import type { Markup } from './markup.ts';
import { boundSign, isKept, metricChange, metricRange, metricValue } from './metric-words.ts';
import type { Comparison, MetricReport, PromptReport, Report, SliceReport } from './model.ts';
import { grouped, percent, range, rate, signed } from './numbers.ts';

/** A table before it is drawn: its first row the heading, its columns to the left or right. */
export interface Table {
  readonly align: readonly ('l' | 'r')[];
  readonly rows: readonly (readonly string[])[];
}

/** How a verdict stands in a cell: with an emoji in Markdown, a sign on a terminal. */
export type VerdictCell = (verdict: Verdict) => string;

const nothing = '–';

const armCell = (arm: ArmScore | undefined): string => (arm === undefined ? nothing : percent(arm.score));

const flipsCell = (effect: Effect | undefined): string =>
  effect === undefined ? nothing : `${grouped(effect.wins)} / ${grouped(effect.losses)}`;

/** The level that all effects share; without one, each cell names its own. */
function sharedLevel(effects: readonly (Effect | undefined)[]): number | undefined {
  const levels = new Set(effects.flatMap((effect) => (effect === undefined ? [] : [effect.level])));
  return levels.size === 1 ? [...levels][0] : undefined;
}

function differenceCell(effect: Effect | undefined, shared: number | undefined): string {
  if (effect === undefined) return nothing;
  return `${signed(effect.estimate)} (${shared === undefined ? `${rate(effect.level)}: ` : ''}${range(effect)})`;
}

const differenceHeading = (shared: number | undefined): string =>
  shared === undefined ? 'Δ in pp (interval)' : `Δ in pp (${rate(shared)} interval)`;

/** What a reader must know of the path besides its name. */
function origin({ status, previousPath }: PromptReport, { code }: Markup): string {
  if (previousPath !== undefined) return ` (was ${code(previousPath)})`;
  if (status === 'added') return ' (new)';
  if (status === 'removed') return ' (deleted)';
  return status === 'affected' ? ' (affected)' : '';
}

/** One row per prompt, in the order given. */
export function promptsTable(prompts: readonly PromptReport[], markup: Markup, verdictCell: VerdictCell): Table {
  const level = sharedLevel(prompts.map(({ effect }) => effect));
  const row = (prompt: PromptReport) => [
    markup.code(prompt.path) + origin(prompt, markup),
    verdictCell(prompt.verdict),
    armCell(prompt.base),
    armCell(prompt.head),
    differenceCell(prompt.effect, level),
    flipsCell(prompt.effect),
  ];
  const heading = ['Prompt', 'verdict', 'Base', 'PR', differenceHeading(level), 'fixed / regressed'];
  return { align: ['l', 'l', 'r', 'r', 'r', 'r'], rows: [heading, ...prompts.map(row)] };
}

/** One row per slice, the most negative difference first. */
export function slicesTable(slices: readonly SliceReport[], markup: Markup): Table {
  const level = sharedLevel(slices.map(({ effect }) => effect));
  const row = ({ name, base, head, effect, isProtected }: SliceReport) => [
    markup.code(name) + (isProtected ? ' (protected)' : ''),
    grouped(effect.wins + effect.losses + effect.ties),
    armCell(base),
    armCell(head),
    differenceCell(effect, level),
    flipsCell(effect),
  ];
  const heading = ['Slice', 'examples', 'Base', 'PR', differenceHeading(level), 'fixed / regressed'];
  return {
    align: ['l', 'r', 'r', 'r', 'r', 'r'],
    rows: [heading, ...slices.toSorted((a, b) => a.effect.estimate - b.effect.estimate).map(row)],
  };
}

function change({ name, base, head, difference }: MetricReport): string {
  if (difference !== undefined)
    return `${metricChange(name, difference.estimate)} (${rate(difference.level)}: ${metricRange(name, difference)})`;
  return base === undefined || head === undefined ? nothing : metricChange(name, head - base);
}

function required({ name, head, threshold }: MetricReport): string {
  if (threshold === undefined) return nothing;
  const outcome = head === undefined ? 'no value' : isKept(name, head, threshold) ? 'held' : 'missed';
  return `${boundSign(name, threshold)} (${outcome})`;
}

/** One row per metric. */
export function metricsTable(metrics: readonly MetricReport[], markup: Markup): Table {
  const cell = (name: string, value: number | undefined): string => (value === undefined ? nothing : metricValue(name, value));
  const row = (metric: MetricReport) => [
    markup.code(metric.name),
    cell(metric.name, metric.base),
    cell(metric.name, metric.head),
    change(metric),
    required(metric),
  ];
  return { align: ['l', 'r', 'r', 'r', 'r'], rows: [['Metric', 'Base', 'PR', 'Δ', 'required'], ...metrics.map(row)] };
}

/** Whether the metrics say more than the table of prompts does. */
export const metricsWorthShowing = ({ metrics }: Comparison): boolean =>
  metrics.length > 1 || metrics.some(({ threshold }) => threshold !== undefined);

/** Whether the table of prompts says more than the first line does. */
export const worthTabulating = ({ prompts }: Report): boolean => prompts.length > 1 || prompts.some(({ head }) => head !== undefined);
