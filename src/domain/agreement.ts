/** An estimate with its interval, of 90 % unless a level is named. */
interface Estimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** How a judge's grades stand to people's. What has no value, such as kappa where all labels are one, is absent. */
export interface Agreement {
  /** Answers compared. */
  readonly labels: number;
  /** Krippendorff's alpha of the scores (interval level), its interval by bootstrap over answers or clusters: what the judge is trusted by. */
  readonly alpha?: Estimate;
  /** Cohen's kappa of pass and fail. */
  readonly kappa?: Estimate;
  /** Spearman's rho of the scores. */
  readonly rank?: Estimate;
  /** Share of answers that both pass or both fail. */
  readonly raw: Estimate;
  /** Share that people pass, share that the judge passes: kappa falls where nearly all labels are one. */
  readonly passes: { readonly people: number; readonly judge: number };
  /** Mean of judge − people: above 0 the judge is lenient. */
  readonly bias: Estimate;
  /** In the rubric's order; those that people gave levels for. */
  readonly criteria: readonly CriterionAgreement[];
}

export interface CriterionAgreement {
  readonly criterion: string;
  readonly labels: number;
  /** Quadratically weighted kappa of the levels. */
  readonly kappa?: Estimate;
  /** Krippendorff's alpha of the levels (ordinal). */
  readonly alpha?: Estimate;
}

/** How far a judge's scores move when it is asked about the same answers again. */
export interface Noise {
  /** Answers graded twice. */
  readonly answers: number;
  /** Those whose score moved. */
  readonly moved: number;
  /** Mean of the absolute move, in [0, 1]. */
  readonly meanMove: number;
  /** Second − first: what comparing the base with itself comes to. */
  readonly difference: Estimate & { readonly level: number };
}

/** How often a judge that compared two answers named another one once their order was turned. */
export interface PositionBias {
  /** Comparisons in both orders. */
  readonly verdicts: number;
  readonly flipped: number;
  readonly rate: Estimate;
}

/** Why a judged score is advisory. */
export type Distrust =
  | { readonly why: 'unlabelled' }
  /** The labelled answers could not be graded. */
  | { readonly why: 'ungraded'; readonly sentence?: string }
  | { readonly why: 'few-labels'; readonly labels: number; readonly least: number }
  /** All labels are alike, so that no agreement can be told from chance. */
  | { readonly why: 'uniform-labels'; readonly labels: number }
  /** The low end of alpha's interval is below what the settings demand. */
  | { readonly why: 'weak'; readonly lower: number; readonly least: number };

/** What decides where a judge is advisory: the other scorers; where there are none whether constraints are kept; else nothing. */
export type Left = 'scorers' | 'constraints' | 'nothing';
