import type { FindingLabel, FindingReason, Refusal, StopReason } from '../../domain/finding.ts';
import type { Markup } from '../markup.ts';
import { counted, grouped, percent, points, rate, usd } from '../numbers.ts';

/** How each finding is called, and drawn. */
export const findingWords: Readonly<Record<FindingLabel, { readonly word: string; readonly emoji: string; readonly sign: string }>> = {
  verified: { word: 'verified', emoji: '🔎', sign: '✓' },
  promising: { word: 'promising', emoji: '💡', sign: '~' },
  none: { word: 'nothing better found', emoji: '⚪', sign: '-' },
};

/** Why a finding is not more than it is, as a sentence. */
export function reasonSentence(reason: FindingReason, { code }: Markup): string {
  switch (reason.rule) {
    case 'refused':
      return refusalSentence(reason.refusal, code);
    case 'nothing-better':
      return `None of ${counted(reason.candidates, 'version')} tried did better, so the confirm rows were not touched.`;
    case 'not-confirmed':
      return 'The best version did better on the rows it was chosen on, and not on the confirm rows.';
    case 'not-shown':
      return reason.alpha === 0
        ? `Chance is not ruled out (one-sided p ${pValue(reason.p)}; this look has no error rate to spend).`
        : `Chance alone could have made it: one-sided p ${pValue(reason.p)}, where this look may spend ${rate(reason.alpha)}.`;
    case 'below-least-gain':
      return `It is less than the ${points(reason.leastGain)} that a change must bring here.`;
    case 'rows-missing':
      return `${grouped(reason.missing)} of ${counted(reason.of, 'confirm row')} brought no score.`;
    case 'interrupted':
      return 'The search was stopped before its end.';
    case 'few-rows':
      return `Suggestions only: ${counted(reason.rows, 'confirm row')} can verify nothing, it takes ${grouped(reason.needed)} or more.`;
    case 'part-of-rows':
      return `The budget paid for ${grouped(reason.rows)} of ${counted(reason.of, 'confirm row')}.`;
    default:
      return 'Suggestions only: there were earlier runs on this pull request, and how often they looked at the confirm rows is not known.';
  }
}

function refusalSentence(refusal: Refusal, code: Markup['code']): string {
  switch (refusal.rule) {
    case 'too-few-rows':
      return `${counted(refusal.rows, 'example')} are too few to choose on some and confirm on others.`;
    case 'below-floor': {
      const dollars = refusal.usd > 0 ? ` and up to ${usd(refusal.usd)}` : '';
      return `The budget is below what the smallest search takes: ${counted(refusal.calls, 'call')}${dollars}.`;
    }
    case 'no-headroom':
      return `There is no headroom: it scores ${percent(refusal.score)} on the rows that a search may choose on.`;
    case 'unbounded':
      return refusal.lacks === 'price'
        ? `The price of ${code(refusal.model)} is unknown, so a cap in USD cannot be kept.`
        : `Answers of ${code(refusal.model)} have no limit, so a cap in USD cannot be kept.`;
    case 'pairs':
      return 'Its eval set compares answers in pairs, so that no version has a score of its own to search by.';
    case 'advisory-judge':
      return 'Only a judge says what its answers are worth, and that judge has not shown to agree with people.';
    default:
      return 'The version to improve could not be measured.';
  }
}

/** Why no further round was begun, as a clause. */
export function stopClause(stop: StopReason): string {
  switch (stop.rule) {
    case 'threshold-reached':
      return `a version reached the score that was asked for (${percent(stop.score)} on the search rows)`;
    case 'dry':
      return `${counted(stop.rounds, 'round')} in a row found nothing better`;
    case 'reserve-left':
      return 'what was left of the budget belonged to the confirmation';
    case 'candidates':
      return `${counted(stop.candidates, 'version')} were tried, as many as may be`;
    case 'no-headroom':
      return `the first versions changed ${grouped(stop.changed)} of ${counted(stop.rows, 'answer')}`;
    case 'nothing-to-try':
      return 'no operator had anything further to offer';
    default:
      return `${grouped(stop.failed)} of the last ${counted(stop.asked, 'answer')} failed`;
  }
}

/** With the digits that a decision could hang on. */
export const pValue = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toFixed(p < 0.01 ? 4 : 3));
