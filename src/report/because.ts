import type { Because, Effect } from '../domain/verdict.ts';
import { advisorySentence } from './advisory.ts';
import { budgetSentence } from './budget.ts';
import type { Markup } from './markup.ts';
import { bound, isKept, metricValue } from './metric-words.ts';
import type { Comparison, MetricReport } from './model.ts';
import { counted, grouped, points, range, rate, width } from './numbers.ts';

const namesShown = 5;
const sentencesShown = 3;

/** `a, b, c and 7 more`. `count`: how many there are, where not all are at hand. */
export function listed(names: readonly string[], markup: Markup, count = names.length): string {
  const shown = names.slice(0, namesShown).map((name) => markup.code(name));
  return shown.join(', ') + (count > shown.length ? ` and ${grouped(count - shown.length)} more` : '');
}

const tolerated = (effect: Effect | undefined): string =>
  effect === undefined ? 'the tolerated drop' : `the tolerated drop of ${width(effect.margin)}`;

/** A count that is an estimate, rounded up to two digits: 868 → 870. */
export function about(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / unit) * unit;
}

function byHowMuch(name: string, slices: Comparison['slices']): string {
  const effect = slices.find((slice) => slice.name === name)?.effect;
  return effect === undefined ? '' : ` by ${points(effect.estimate)} (${rate(effect.level)} interval ${range(effect)} pp)`;
}

function thresholdsHold(metrics: readonly MetricReport[]): boolean {
  const held = metrics.flatMap(({ name, head, threshold }) =>
    threshold === undefined ? [] : [head !== undefined && isKept(name, head, threshold)],
  );
  return held.length > 0 && held.every(Boolean);
}

/** Who edits a prompt that missed its threshold before should know that it did. */
function baseMissesToo({ metric, threshold }: { metric: string; threshold: number }, metrics: Comparison['metrics']): string {
  const base = metrics.find(({ name }) => name === metric)?.base;
  return base !== undefined && !isKept(metric, base, threshold) ? `; the base misses it too, with ${metricValue(metric, base)}` : '';
}

const countIn = ({ exampleIds, more = 0 }: { readonly exampleIds: readonly string[]; readonly more?: number }): number =>
  exampleIds.length + more;

/** What the rule found in this comparison, as one or two whole sentences. */
export function becauseSentence(because: Because, { effect, slices, metrics, design }: Comparison, markup: Markup): string {
  switch (because.rule) {
    case 'lower-above-zero':
      return 'The whole interval lies above zero.';
    case 'lower-above-margin':
      if (because.worse) return `It did get a little worse, by less than ${tolerated(effect)}.`;
      return `Even the low end of the interval is a smaller drop than ${tolerated(effect)}.${because.equivalent ? ' The two are equivalent: the high end is within that distance too.' : ''}`;
    case 'upper-below-zero':
      return 'The whole interval lies below zero.';
    case 'interval-too-wide':
      return [
        'The examples show neither harm nor its absence.',
        because.moreExamples > 0
          ? `About ${counted(about(because.moreExamples), 'more example')}${because.repeats === undefined ? '' : `, or ${grouped(because.repeats)} runs of each,`} would settle it.`
          : '',
      ]
        .filter(Boolean)
        .join(' ');
    case 'too-few-examples':
      return `With ${counted(because.examples, 'example')} nothing can be shown to be no worse: an eval set needs at least 20, better 50.`;
    case 'stopped-early':
      return [
        `Harm was so clear after ${grouped(because.examples)} of ${counted(because.of, 'example')} that the rest was not asked.`,
        design?.earlyStop?.stages === undefined ? '' : `They are those that ${markup.code('stages')} put first, and speak for their like.`,
      ]
        .filter(Boolean)
        .join(' ');
    case 'slice-regressed':
      return `Slice ${markup.code(because.slice)} regressed${byHowMuch(because.slice, slices)}.`;
    case 'slice-worse':
      return `Slice ${markup.code(because.slice)} got worse${byHowMuch(because.slice, slices)}; it is not protected, so it does not block.`;
    case 'slice-unproven':
      return `Slice ${markup.code(because.slice)} has not shown that it loses less than its margin of ${width(because.margin)}.`;
    case 'slice-too-small':
      return `Slice ${markup.code(because.slice)} is protected, but ${counted(because.examples, 'example')} cannot test it.`;
    case 'too-few-clusters':
      return `The examples come from ${counted(because.clusters, 'cluster')}, too few to speak of further inputs: at least 5 are needed, better 10.`;
    case 'few-clusters':
      return `The examples come from only ${counted(because.clusters, 'cluster')}: below 10 the error rates are not assured.`;
    case 'invalid-scores': {
      const count = countIn(because);
      return `${counted(count, 'example')} got a score that is no number from 0 to 1: ${listed(because.exampleIds, markup, count)}.`;
    }
    case 'uneven-repeats': {
      const count = countIn(because);
      return `${counted(count, 'example')} ${count === 1 ? 'was' : 'were'} not run as often as the others on both sides: ${listed(because.exampleIds, markup, count)}.`;
    }
    case 'threshold-missed':
      return `Threshold missed: ${markup.code(because.metric)} is ${metricValue(because.metric, because.value)}, ${bound(because.metric, because.threshold)} is required${baseMissesToo(because, metrics)}.`;
    case 'threshold-unmeasured':
      return `Nobody can tell whether a threshold holds: ${markup.code(because.metric)} has no value on these answers, and ${bound(because.metric, because.threshold)} is required.`;
    case 'pairs-missing':
      return `${grouped(because.missing)} of ${counted(because.total, 'example')} got no answer on one side or both, and more than 2 % may not be missing: ${listed(because.exampleIds, markup, countIn(because))}.`;
    case 'budget':
      return budgetSentence(because, markup);
    case 'cap-accepted':
      return `The settings accept that: ${markup.code('caps.onReached: warn')}.`;
    case 'provider-dead':
      return markup.prose(because.sentence);
    case 'advisory-judge':
      return advisorySentence(because, markup);
    case 'new-prompt':
      return `It is new, so there is nothing to compare it with.${thresholdsHold(metrics) ? ' Its thresholds hold.' : ''}`;
    case 'deleted-prompt':
      return 'It was deleted.';
    case 'no-eval-set':
      return `It has no eval set yet: ${markup.code(because.expectedPath)} would be one; in CI it must be on the base branch first.`;
    case 'same-requests':
      return 'Base and pull request ask the same questions of the same model.';
    case 'no-key':
      return 'There is no key to call the model with, as on pull requests from forks.';
    case 'no-functions':
      return 'Its eval set scores by a function of the repository’s own, and none runs for pull requests from forks.';
    case 'policy':
      return `The gate is set to ${markup.code(`${because.key}: fail`)}.`;
    default: {
      const { sentences, more = 1 } = because;
      const hidden = sentences.length - sentencesShown + more - 1;
      return [
        ...sentences.slice(0, sentencesShown).map((sentence) => markup.prose(sentence)),
        ...(sentences.length > sentencesShown ? [`And ${grouped(hidden)} more.`] : []),
      ].join(' ');
    }
  }
}
