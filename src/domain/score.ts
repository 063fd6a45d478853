/** What an answer is worth. */
export interface Score {
  /** In [0, 1]. */
  readonly value: number;
  readonly pass: boolean;
  /** Why, in a few words; may quote the model and is hostile text. */
  readonly reason: string;
  /** What the scorers saw beyond the value, as numbers by the id of the meter that makes metrics of them. */
  readonly observed?: Observed;
  /** The constraint that the answer broke; absent where it kept all of them. */
  readonly broken?: string;
  /** What the answer would be worth if the judges that are only advisory had a say; absent where they have none, or did not grade it. */
  readonly advisory?: Omit<Score, 'advisory' | 'unadvised'>;
  /** Why an advisory judge did not grade it, as a sentence. */
  readonly unadvised?: string;
  /** What each criterion of its rubrics came to; absent where no rubric had a say. */
  readonly criteria?: readonly CriterionScore[];
}

/** One criterion of a rubric, by its name. */
export interface CriterionScore {
  readonly name: string;
  /** In [0, 1]. */
  readonly value: number;
}

/** Numbers by the id of a meter, which alone knows what they mean. */
export type Observed = Readonly<Record<string, ArrayLike<number>>>;
