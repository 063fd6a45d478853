import type { Effect } from '../domain/verdict.ts';
import { about, becauseSentence, listed } from './because.ts';
import { noiseSentences, positionSentences } from './judges.ts';
import type { Markup } from './markup.ts';
import type { Comparison, PromptReport, Report } from './model.ts';
import { counted, grouped, percent, rate, width } from './numbers.ts';
import { methodNames } from './words.ts';

const digestShown = 12;

const interval = ({ level, method, alpha, margin }: Effect): string =>
  `Interval: ${methodNames[method]}, ${rate(level)}, error rate ${rate(alpha)} at each end; tolerated drop (margin) ${width(margin)}.`;

/** What this eval set can rule out, and what would settle the margin where the verdict does not say that already. */
export function outlookSentence({ outlook, effect, because }: PromptReport): string {
  if (outlook === undefined || effect === undefined) return '';
  const { resolvableDrop, moreExamples, repeats } = outlook;
  const able = `This eval set can rule out drops of about ${width(resolvableDrop)} or more, 4 times in 5.`;
  if (moreExamples === 0) return `${able} That is enough for the tolerated drop of ${width(effect.margin)}.`;
  if (because.some(({ rule }) => rule === 'interval-too-wide')) return able;
  const runs = repeats === undefined ? '' : `, or ${grouped(repeats)} runs of each`;
  return `${able} To settle ±${width(effect.margin)} it takes about ${counted(about(moreExamples), 'more example')}${runs}.`;
}

const scope = ({ method }: Effect): string =>
  method === 'cmh' ? 'The verdict speaks of exactly these examples, not of further inputs.' : '';

const flakyShown = ({ flaky }: Comparison, markup: Markup): string => {
  if (flaky === undefined) return '';
  const names = [...new Set([...flaky.base, ...flaky.head])];
  if (names.length === 0) return 'No example is flaky: all runs of each agree.';
  const { base = 0, head = 0, examples = 0 } = flaky.more ?? {};
  return `Flaky, with runs that disagree under one prompt: ${counted(flaky.base.length + base, 'example')} under the base, ${grouped(flaky.head.length + head)} under the pull request (${listed(names, markup, names.length + examples)}).`;
};

/** Which design ran, where a team asked for more looks than one. */
function designSentences({ design }: Comparison, markup: Markup): readonly string[] {
  const { earlyStop, settle } = design ?? {};
  const ended =
    earlyStop?.stopped && `it stopped after ${grouped(earlyStop.stopped.examples)} of ${counted(earlyStop.stopped.of, 'example')}`;
  return [
    ...(earlyStop
      ? [
          `Early stop: looked for harm after every 10 examples, error rate ${rate(earlyStop.alpha)} in all; ${ended ?? 'it did not stop'}.`,
          ...(earlyStop.stages === undefined ? [] : [stagesSentence(earlyStop.stages, markup)]),
        ]
      : []),
    ...(settle
      ? [
          `Settling: ${grouped(settle.looks)} of at most ${counted(settle.repeats.length, 'look')} taken (${settle.repeats.join(', ')} runs per example), error rate ${rate(settle.alpha)} at each${settle.cut === undefined ? '' : cuts[settle.cut]}.`,
        ]
      : []),
  ];
}

/** What the error rate of the looks holds for where the order was not drawn. */
function stagesSentence(stages: 'passRate' | readonly string[], { code }: Markup): string {
  if (stages === 'passRate')
    return 'Asked first were examples on which about half of earlier answers passed: that error rate is for versions that are no worse on average at any pass rate.';
  const tags = stages.map((tag) => code(tag)).join(', then ');
  return `Asked first were examples tagged ${tags}: that error rate is for versions that are no worse on average in any of these stages and among the rest.`;
}

const cuts = {
  caps: '; the caps left no room for a further one',
  failures: '; further runs failed and were left out',
} as const;

function counts({ wins, losses, ties, missing }: Effect): string {
  return `${counted(wins, 'example')} fixed, ${grouped(losses)} regressed, ${grouped(ties)} unchanged, ${grouped(missing)} missing (no answer on one side or both; left out).`;
}

function models({ models }: Comparison, { code }: Markup): string {
  if (models === undefined) return '';
  if (models.base === undefined || models.base === models.head) return `Model: ${code(models.head)}.`;
  return `Models: base ${code(models.base)}, pull request ${code(models.head)}: what differs may be the model's doing.`;
}

function evalSet({ evalSet }: Comparison, { code }: Markup): string {
  if (evalSet === undefined) return '';
  return `Eval set: ${code(evalSet.path)}, ${counted(evalSet.examples, 'example')}, digest ${code(evalSet.digest.slice(0, digestShown))}.`;
}

function arms({ base, head }: Comparison): string {
  const each = [
    base === undefined ? '' : `base ${percent(base.score)} (${percent(base.lower)} … ${percent(base.upper)})`,
    head === undefined ? '' : `pull request ${percent(head.score)} (${percent(head.lower)} … ${percent(head.upper)})`,
  ].filter(Boolean);
  return each.length === 0 ? '' : `Scores with their own 95 % intervals, not for comparing: ${each.join(', ')}.`;
}

/** Which intervals come about otherwise than those of smaller eval sets. */
function jackknifeSentence({ metrics }: Comparison): string {
  const names = metrics.flatMap(({ name, difference }) => (difference?.method === 'group-jackknife' ? [name] : []));
  if (names.length === 0) return '';
  return `Intervals of ${names.join(', ')}: by a jackknife over groups of examples, of which there are too many to be drawn again and again.`;
}

/** How the verdict of one comparison came about, a sentence each. */
function comparisonMethod(comparison: Comparison, markup: Markup): readonly string[] {
  const { effect } = comparison;
  const measured = effect === undefined ? [] : [counts(effect), interval(effect), scope(effect)];
  return [
    evalSet(comparison, markup),
    models(comparison, markup),
    ...measured,
    arms(comparison),
    ...noiseSentences(comparison, markup),
    ...positionSentences(comparison, markup),
    jackknifeSentence(comparison),
    flakyShown(comparison, markup),
    ...designSentences(comparison, markup),
  ].filter(Boolean);
}

/** How the verdict came about and the rules that decided; empty where nothing was measured. `alone`: what the examples can show stands elsewhere. */
export function promptMethod(prompt: PromptReport, markup: Markup, alone = true): readonly string[] {
  if (prompt.head === undefined && prompt.effect === undefined) return [];
  const rules = prompt.because.map((because) => becauseSentence(because, prompt, markup));
  const outlook = alone ? '' : outlookSentence(prompt);
  return [...comparisonMethod(prompt, markup), outlook, rules.length === 0 ? '' : `Decided by: ${rules.join(' ')}`].filter(Boolean);
}

const paired =
  'Both versions answered the same examples, interleaved; only the differences per example count, so an easy or hard eval set favors neither.';
const ladder =
  'The verdict is read off the interval: improved when it lies above zero, no worse when its low end is a smaller drop than is tolerated, regressed when it lies below zero, else inconclusive.';

/** What holds for the whole report. */
export function commonMethod({ prompts }: Report): readonly string[] {
  const rates = `Error rates hold for each prompt by itself: there is no correction across the ${grouped(prompts.length)} prompts of this pull request.`;
  return [...(prompts.some(({ effect }) => effect !== undefined) ? [paired, ladder] : []), ...(prompts.length > 1 ? [rates] : [])];
}

/** Which commits were compared, and whose policy decided. */
export function comparedCommits({ base, head, policy }: Report, { code }: Markup): string {
  const short = (sha: string): string => code(/^[\da-f]{40}$/.test(sha) ? sha.slice(0, 7) : sha);
  return `Compared ${short(base.sha)} (base) with ${short(head.sha)} (pull request); settings and eval sets from ${short(policy.sha)}.`;
}

/** To be read before a table of slices. */
export const slicesCaution = 'Each slice stands for itself: among many, some look better or worse by chance.';
