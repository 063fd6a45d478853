import type { Markup } from '../markup.ts';
import { counted, grouped, percent, points, range, rate, usd, width } from '../numbers.ts';
import type { Dollars, EvidenceReport, OptimizeReport, SearchPlanReport, SearchReport, SuggestionReport } from './model.ts';
import { findingWords, pValue, reasonSentence, stopClause } from './words.ts';

/** The finding in a sentence that stands alone. */
export function findingSentence(path: string, { finding, evidence, suggestion, because }: SearchReport, markup: Markup): string {
  const { code, strong } = markup;
  if (finding === 'none' || evidence === undefined || suggestion === undefined) {
    const [why] = because;
    return `A search found ${strong('nothing better')} for ${code(path)}.${why === undefined ? '' : ` ${reasonSentence(why, markup)}`}`;
  }
  const what = suggestion.isNew ? `a first version of ${code(path)}` : `an edit of ${code(path)}`;
  return `${strong(capital(findingWords[finding].word))}: ${what} ${claimClause(evidence)}.`;
}

/** On the rows that only the chosen version met, and never the score it was chosen by. */
function claimClause({ claim, gain, effect, p }: EvidenceReport): string {
  const n = effect.wins + effect.losses + effect.ties;
  const on = `on ${counted(n, 'example')} that the search did not choose on`;
  const counts = `${grouped(effect.wins)} fixed, ${grouped(effect.losses)} regressed`;
  return claim === 'shorter'
    ? `is shorter and scores the same ${on} (${points(effect.estimate)}, ${rate(effect.level)} interval ${range(effect)}; ${counts})`
    : `scores ${points(gain)} ${on} (drawn towards zero from ${points(effect.estimate)}, whose ${rate(effect.level)} interval is ${range(effect)}; ${counts}; one-sided p ${pValue(p)})`;
}

/** What holds a finding back, a sentence each; for one of nothing its first reason has been said. */
export function caveats({ finding, because }: SearchReport, markup: Markup): readonly string[] {
  return (finding === 'none' ? because.slice(1) : because).map((reason) => reasonSentence(reason, markup));
}

/** `+3 −1 lines, about 120 → 140 tokens; 0.42 → 0.45 USD per 1,000 requests`. */
export function sizeClause({ hunks, tokens, usdPer1000 }: SuggestionReport): string {
  const added = hunks.reduce((sum, { newLines }) => sum + newLines.length, 0);
  const removed = hunks.reduce((sum, { oldLines }) => sum + oldLines.length, 0);
  const dollars = usdPer1000 && `; ${usd(usdPer1000.before)} → ${usd(usdPer1000.after)} per 1,000 requests`;
  return `+${grouped(added)} −${grouped(removed)} lines, about ${grouped(tokens.before)} → ${grouped(tokens.after)} tokens${dollars ?? ''}`;
}

/** How it came about: for whoever wants to know what the claim rests on. */
export function searchMethod(
  { plan, spent, candidates, rounds, stopped, evidence, seed, suggestion }: SearchReport,
  markup: Markup,
): readonly string[] {
  if (plan === undefined) return [];
  const look = evidence?.look ?? plan.look;
  const effort = `${counted(candidates, 'version')} in ${counted(rounds, 'round')}, chosen on ${counted(plan.search, 'row')} and confirmed on ${grouped(plan.confirm)} others.`;
  return [
    effort,
    `${used(spent, plan.budget)} used${stopped === undefined ? '' : `; no further round since ${stopClause(stopped)}`}. Seed ${seed}.`,
    ...(evidence === undefined
      ? [detectableSentence(plan)]
      : [
          `Gain: the mean difference on the confirm rows, drawn towards zero, because of the gains that pass a test luck favoured too many. ${lookSentence(look)}`,
        ]),
    ...changesOf(suggestion, markup),
  ];
}

/** By whom its changes were made and why; what several say alike, once. */
function changesOf(suggestion: SuggestionReport | undefined, markup: Markup): readonly string[] {
  const all = (suggestion?.changes ?? []).map(
    ({ operator, why }) => `${markup.code(operator)}: ${markup.prose(why) || 'no reason given.'}`,
  );
  return [...new Set(all)];
}

function used(spent: Dollars, budget: Dollars): string {
  const noDollars = !spent.usd && budget.usd === undefined;
  return noDollars ? `${grouped(spent.calls)} of ${counted(budget.calls, 'call')}` : `${dollars(spent)} of ${dollars(budget)}`;
}

function lookSentence({ number, alpha }: EvidenceReport['look']): string {
  return `Look ${grouped(number)}, error rate ${rate(alpha)}.`;
}

function detectableSentence({ confirm, detectable }: Pick<SearchPlanReport, 'confirm' | 'detectable'>): string {
  return detectable >= 1
    ? `${counted(confirm, 'confirm row')} can verify no gain.`
    : `${counted(confirm, 'confirm row')} verify a gain of ${width(detectable)} 4 times in 5.`;
}

/** `120 calls and 0.40 USD`; calls alone where nothing is known of the cost, or there is none. */
export function dollars({ calls, usd: amount }: Dollars): string {
  return `${counted(calls, 'call')}${amount === undefined || amount === 0 ? '' : ` and ${usd(amount)}`}`;
}

/** What a search is about to do, in lines that end in line feeds. */
export function searchPlanText(plan: SearchPlanReport, markup: Markup): string {
  const { path, search, confirm, worst, reserve, because } = plan;
  const lines = [
    `Search for ${markup.code(path)}: chooses on ${counted(search, 'row')}, confirms on ${grouped(confirm)} others; at most ${dollars(worst)}${worst.usd === undefined ? ' (cost unknown)' : ''}, ${grouped(reserve.calls)} of them for the confirmation.`,
    detectableSentence(plan),
    ...because.map((reason) => reasonSentence(reason, markup)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Its own score, for scale. It may be a draft that stands in for a prompt that is not there yet. */
export function incumbentSentence({ incumbent }: Pick<OptimizeReport, 'incumbent'>): string {
  if (incumbent === undefined) return '';
  return `The version to improve scores ${percent(incumbent.score)} on ${counted(incumbent.n, 'example')}.`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
