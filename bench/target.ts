/** A promise with what was reached, as the result files keep it. */
export interface Target {
  readonly name: string;
  readonly measure: string;
  /** With its relation, such as `<= 0.06`. */
  readonly target: string;
  readonly value: number;
  readonly met: boolean;
}
