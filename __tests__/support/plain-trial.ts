import type { SubjectTrial } from '../../src/evaluate/plan.ts';

/** A trial with all that it would fetch, as a plain value. */
export function plainTrial({ subject, arm, example, exampleId, repeat, outcome, score, ungraded }: SubjectTrial): SubjectTrial {
  const whole = score && {
    value: score.value,
    pass: score.pass,
    reason: score.reason,
    observed: score.observed,
    broken: score.broken,
    criteria: score.criteria,
  };
  return { subject, arm, example, exampleId, repeat, outcome, ...(whole && { score: whole }), ...(ungraded && { ungraded }) };
}
