/** Ways to get from a version of a prompt to a better one. */
export const operatorNames = [
  'reflect',
  'cluster-rule',
  'contract',
  'compress',
  'merge',
  'first-draft',
  'label-definitions',
  'format-line',
  'worked-example',
  'example-selection',
] as const;

export type OperatorName = (typeof operatorNames)[number];
