/** A metric as data: what the documentation lists, and how its values are compared and shown. */
export interface MetricDefinition {
  /** As thresholds and reports name it. */
  readonly name: string;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** Whether a higher or a lower value is better. */
  readonly direction: 'higher' | 'lower';
  /** Least and greatest value. */
  readonly range: readonly [number, number];
  /**
   * `fraction`: of 1; `number`: in the unit of the numbers compared; `nats`: natural logarithms; `milliseconds`, `dollars` (US); `coefficient`: a
   * correlation, agreement or loss without one.
   */
  readonly unit: 'fraction' | 'number' | 'nats' | 'milliseconds' | 'dollars' | 'coefficient';
  /** Whether it stands in sight wherever it is measured; the others are folded away, unless a threshold holds them. */
  readonly isMain: boolean;
  /** `mean`: the mean of a value per example; `pooled`: worked out from all examples at once. */
  readonly aggregation: 'mean' | 'pooled';
  /** `per-example`: the paired intervals of the gate; `paired-bootstrap`: a paired percentile bootstrap, to show and not to gate on; `none`: of this run alone. */
  readonly interval: 'per-example' | 'paired-bootstrap' | 'none';
  /** What kind of task it is for; `any`: measured wherever an answer is scored; `run`: what answers took, and what they cost. */
  readonly family:
    | 'any'
    | 'classification'
    | 'multi-label'
    | 'calibration'
    | 'numeric'
    | 'extraction'
    | 'text'
    | 'retrieval'
    | 'agreement'
    | 'run';
}
