import type { IntervalMethod, Verdict } from '../domain/verdict.ts';

interface VerdictWords {
  /** The verdict as people say it. */
  readonly word: string;
  /** For Markdown. */
  readonly emoji: string;
  /** For terminals, one column wide. */
  readonly sign: string;
  /** Sorts what a reader must see first to the front; lower is earlier. */
  readonly rank: number;
}

/** Wherever a verdict is named. */
export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  'bad-input': { word: 'bad input', emoji: '🛑', sign: '!', rank: 0 },
  regressed: { word: 'regressed', emoji: '❌', sign: '✗', rank: 1 },
  'could-not-measure': { word: 'could not measure', emoji: '🚫', sign: '!', rank: 2 },
  inconclusive: { word: 'inconclusive', emoji: '⚠️', sign: '?', rank: 3 },
  'not-evaluated': { word: 'not evaluated', emoji: '⚪', sign: '–', rank: 4 },
  'no-worse': { word: 'no worse', emoji: '✅', sign: '✓', rank: 5 },
  improved: { word: 'improved', emoji: '✅', sign: '✓', rank: 6 },
};

/** How each interval is called in the Method part. */
export const methodNames: Readonly<Record<IntervalMethod, string>> = {
  tango: 'Tango score interval for paired pass/fail',
  'paired-t': 'paired t interval',
  'pseudo-pair': 'paired t interval with one imaginary win and one imaginary loss added',
  'cluster-t': 'cluster-robust t interval with an imaginary winning and an imaginary losing cluster added',
  cmh: 'Cochran–Mantel–Haenszel test stratified by example',
};
