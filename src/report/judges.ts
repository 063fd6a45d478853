import type { Agreement, CriterionAgreement } from '../domain/agreement.ts';
import type { Markup } from './markup.ts';
import type { Comparison, CriterionReport, JudgeReport, PromptReport } from './model.ts';
import { coefficient, counted, grouped, percent, points, range, rate, signed, width } from './numbers.ts';
import type { Table } from './tables.ts';
import { judgement } from './verdict-sentence.ts';

const interval = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }): string =>
  `${coefficient(estimate)} (${coefficient(lower)} … ${coefficient(upper)})`;

/** How far each judge of a prompt agrees with people, a sentence or two each: what to read every judged score by. */
export function judgeSentences({ judges = [] }: Comparison, markup: Markup): readonly string[] {
  return judges.map((judge) => `${subject(judge, judges.length > 1, markup)} ${agreementClause(judge)}`);
}

function subject({ models, criteria }: JudgeReport, isOneOfSeveral: boolean, { code, prose }: Markup): string {
  const names = models.map((model) => code(model)).join(', ');
  const who = models.length === 1 ? `Judge ${names}` : `Panel of judges ${names}`;
  return isOneOfSeveral ? `${who} on ${criteria.map((name) => prose(name)).join(', ')}` : who;
}

function agreementClause({ agreement, distrust }: JudgeReport): string {
  const weight = distrust === undefined ? 'its scores may block.' : 'its scores are advisory.';
  if (agreement === undefined) return `was not held to any answer that people labelled; ${weight}`;
  const { labels, raw, passes, bias } = agreement;
  return [
    `agrees with people on ${counted(labels, 'labelled answer')}: ${coefficients(agreement)}; ${weight}`,
    `Both pass or both fail ${percent(raw.estimate)}; people pass ${percent(passes.people)}, the judge ${percent(passes.judge)}; it grades ${lean(bias.estimate)}.`,
  ].join(' ');
}

function coefficients({ alpha, kappa, rank }: Agreement): string {
  const named = [
    ['Krippendorff’s alpha', alpha],
    ['Cohen’s kappa', kappa],
    ['Spearman’s rho', rank],
  ] as const;
  const known = named.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${interval(value)}`]));
  return known.length === 0 ? 'all labels are alike, so no coefficient has a value' : `${known.join(', ')}, 90 % intervals`;
}

function lean(bias: number): string {
  if (Math.abs(bias) < 0.0005) return 'as high as people on the whole';
  return `${signed(Math.abs(bias)).replace('+', '')} pp ${bias > 0 ? 'higher' : 'lower'} than people on the whole`;
}

/** What an advisory judge would make of a prompt that is judged without it; undefined where it is not. */
export function advisedSentence({ path, advisory }: PromptReport, markup: Markup): string | undefined {
  if (advisory === undefined) return undefined;
  return `If the advisory judge had a say, for information only: ${judgement(advisory, markup.code(path), markup)}`;
}

/** How far judges move when they are asked again, a sentence each. */
export function noiseSentences({ judges = [] }: Comparison, markup: Markup): readonly string[] {
  return judges.flatMap((judge) => {
    if (judge.noise === undefined) return [];
    const { answers, moved, meanMove, difference } = judge.noise;
    const who = subject(judge, judges.length > 1, markup);
    const again = `asked again about ${counted(answers, 'base answer')}, it moved ${grouped(moved)} of them, ${width(meanMove)} on average over all`;
    return [`${who}: ${again}. The base against itself: ${points(difference.estimate)} (${rate(difference.level)}: ${range(difference)}).`];
  });
}

/** How often the order decided what judges preferred, a sentence each. */
export function positionSentences({ judges = [] }: Comparison, markup: Markup): readonly string[] {
  return judges.flatMap((judge) => {
    if (judge.position === undefined) return [];
    const { verdicts, flipped, rate: share } = judge.position;
    const of = `${grouped(flipped)} of ${counted(verdicts, 'pair')} (${percent(share.estimate)}, 90 % interval ${percent(share.lower)} … ${percent(share.upper)})`;
    return [
      `${subject(judge, judges.length > 1, markup)} compared each pair in both orders; the order decided ${of}, which count as ties.`,
    ];
  });
}

const nothing = '–';

/** One row per criterion: means of both sides over the examples graded on both, and how far judge and people agree on it. */
export function criteriaTable({ criteria = [], judges = [] }: Comparison, { prose }: Markup): Table {
  const agreements = new Map(judges.flatMap(({ agreement }) => (agreement?.criteria ?? []).map((each) => [each.criterion, each] as const)));
  const isLabelled = agreements.size > 0;
  const cell = (value: number | undefined): string => (value === undefined ? nothing : percent(value));
  const row = (criterion: CriterionReport): string[] => [
    prose(criterion.name),
    grouped(criterion.examples),
    cell(criterion.base),
    cell(criterion.head),
    change(criterion),
    ...(isLabelled ? [kappaCell(agreements.get(criterion.name))] : []),
  ];
  return {
    align: ['l', 'r', 'r', 'r', 'r', ...(isLabelled ? (['r'] as const) : [])],
    rows: [['Criterion', 'examples', 'Base', 'PR', 'Δ', ...(isLabelled ? ['weighted kappa (90 % interval)'] : [])], ...criteria.map(row)],
  };
}

function change({ difference }: CriterionReport): string {
  return difference === undefined ? nothing : `${points(difference.estimate)} (${rate(difference.level)}: ${range(difference)})`;
}

function kappaCell(agreement: CriterionAgreement | undefined): string {
  return agreement?.kappa === undefined ? nothing : `${interval(agreement.kappa)}, ${counted(agreement.labels, 'answer')}`;
}
