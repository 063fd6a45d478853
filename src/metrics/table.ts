import type { MetricDefinition } from './definition.ts';

type Shape = Pick<MetricDefinition, 'range' | 'unit' | 'aggregation' | 'interval'>;

const rate: Shape = { range: [0, 1], unit: 'fraction', aggregation: 'mean', interval: 'per-example' };
const pooled: Shape = { range: [0, 1], unit: 'fraction', aggregation: 'pooled', interval: 'paired-bootstrap' };
const correlation: Shape = { range: [-1, 1], unit: 'coefficient', aggregation: 'pooled', interval: 'paired-bootstrap' };
const size: Shape = { range: [0, Number.POSITIVE_INFINITY], unit: 'number', aggregation: 'pooled', interval: 'paired-bootstrap' };

const taken: Shape = { range: [0, Number.POSITIVE_INFINITY], unit: 'milliseconds', aggregation: 'pooled', interval: 'none' };

type Row = readonly [name: string, direction: MetricDefinition['direction'], shape: Shape, summary: string, prominence?: 'main'];

const families: Readonly<Record<MetricDefinition['family'], readonly Row[]>> = {
  any: [
    ['accuracy', 'higher', rate, 'Share of examples that pass.', 'main'],
    ['score', 'higher', rate, 'Mean score.', 'main'],
  ],
  classification: [
    ['balancedAccuracy', 'higher', pooled, 'Mean recall of the labels, each counting the same however rare.', 'main'],
    ['macroF1', 'higher', pooled, 'Mean F1 of the labels, each counting the same; labels that occur nowhere are skipped.', 'main'],
    ['microF1', 'higher', rate, 'F1 from counts pooled over labels: the share of examples with the right label.'],
    ['weightedF1', 'higher', pooled, 'Mean F1 of the labels, each as often as it is right.'],
    ['macroPrecision', 'higher', pooled, 'Mean precision of the labels.'],
    ['macroRecall', 'higher', pooled, 'Mean recall of the labels.'],
    ['matthews', 'higher', correlation, 'Matthews correlation for any number of labels; 0 is no better than chance.', 'main'],
  ],
  'multi-label': [
    ['subsetAccuracy', 'higher', rate, 'Share of examples whose set of labels is exactly right.', 'main'],
    ['multiLabelMicroF1', 'higher', pooled, 'F1 from counts pooled over labels and examples.', 'main'],
    ['multiLabelMacroF1', 'higher', pooled, 'Mean F1 of the labels over examples with several labels.', 'main'],
    ['samplesF1', 'higher', rate, "Mean F1 of the examples' sets of labels.", 'main'],
    ['hammingLoss', 'lower', rate, 'Mean share of labels that are wrongly given or wrongly left out.'],
  ],
  calibration: [
    [
      'brier',
      'lower',
      { ...rate, unit: 'coefficient' },
      'Mean squared distance between stated confidence and outcome; the one to gate on.',
      'main',
    ],
    ['logLoss', 'lower', { ...rate, range: [0, 36.05], unit: 'nats' }, 'Mean -ln of the chance given to what happened.'],
    ['ece', 'lower', pooled, 'Expected calibration error: mean gap between confidence and accuracy over bins of equal width.', 'main'],
    ['eceEqualMass', 'lower', pooled, 'Expected calibration error over bins of equally many examples.'],
    [
      'confidenceGiven',
      'higher',
      rate,
      'Share of answers with a confidence that can be read; the other figures speak of these alone.',
      'main',
    ],
    ['mce', 'lower', pooled, 'Maximum calibration error: the largest gap of a bin.'],
    ['rmsce', 'lower', pooled, 'Root mean square calibration error over bins.'],
  ],
  numeric: [
    ['withinTolerance', 'higher', rate, 'Share of numbers within the tolerance; an answer without a number is not.', 'main'],
    ['scaledScore', 'higher', rate, 'Mean of 1 - |error| / scale, at least 0 per example.'],
    ['numberGiven', 'higher', rate, 'Share of answers with a number that can be read; the errors speak of these alone.', 'main'],
    ['mae', 'lower', size, 'Mean absolute error of the numbers that were answered.', 'main'],
    ['rmse', 'lower', size, 'Root mean squared error of the numbers that were answered; one outlier wide.', 'main'],
    ['mape', 'lower', { ...size, unit: 'fraction' }, 'Mean absolute error as a fraction of the right number, where that is not 0.'],
    [
      'r2',
      'higher',
      { ...size, range: [Number.NEGATIVE_INFINITY, 1], unit: 'coefficient' },
      'Share of the variance of the right numbers that is met.',
    ],
  ],
  extraction: [
    ['documentF1', 'higher', rate, "Mean F1 of the documents' fields; what the gate compares."],
    ['documentExact', 'higher', rate, 'Share of documents with every field right.', 'main'],
    ['fieldMicroF1', 'higher', pooled, 'F1 from counts pooled over fields and documents.', 'main'],
    ['fieldMicroPrecision', 'higher', pooled, 'Share of the values given that are right.'],
    ['fieldMicroRecall', 'higher', pooled, 'Share of the values wanted that were given right.'],
    ['fieldMacroF1', 'higher', pooled, 'Mean F1 of the fields, each counting the same.', 'main'],
    ['schemaValidity', 'higher', rate, 'Share of answers that are JSON and valid, by the schema where one is given.', 'main'],
  ],
  text: [
    ['exactMatch', 'higher', rate, 'Share of answers equal to a reference, character by character.'],
    ['squadExact', 'higher', rate, 'Share of answers equal to a reference without case, punctuation and articles.', 'main'],
    ['tokenF1', 'higher', rate, 'Mean F1 of the words shared with the reference, normalised as SQuAD does.', 'main'],
    ['rougeL', 'higher', rate, 'Mean F1 of the longest common subsequence of words.', 'main'],
    ['rougeLsum', 'higher', rate, 'Mean F1 of longest common subsequences line by line.', 'main'],
    ['chrf', 'higher', rate, 'Mean F2 of shared character n-grams.', 'main'],
    ['chrfPlusPlus', 'higher', rate, 'Mean F2 of shared character and word n-grams.', 'main'],
    ['corpusChrf', 'higher', pooled, 'chrF of all answers together, as translation papers print it.'],
  ],
  retrieval: [
    ['contextPrecision', 'higher', rate, 'Whether the relevant contexts rank first, among those retrieved.', 'main'],
    ['plainContextPrecision', 'higher', rate, 'Share of retrieved contexts that are relevant, whatever their rank.'],
    ['contextRecall', 'higher', rate, 'Share of relevant contexts that were retrieved.', 'main'],
    ['citationValidity', 'higher', rate, 'Share of citations that name a context that was given.', 'main'],
    ['citationCoverage', 'higher', rate, 'Share of sentences that cite a context that was given.', 'main'],
  ],
  agreement: [
    ['rawAgreement', 'higher', rate, 'Share of answers on which judge and people agree.'],
    ['cohenKappa', 'higher', correlation, 'Agreement of two raters beyond chance.'],
    ['linearKappa', 'higher', correlation, 'Agreement beyond chance, a miss by one step costing less than by two.'],
    ['quadraticKappa', 'higher', correlation, 'Agreement beyond chance, a miss costing the square of its steps.'],
    ['krippendorffAlpha', 'higher', correlation, 'Agreement of any number of raters beyond chance, ratings missing or not.'],
    ['spearman', 'higher', correlation, 'Correlation of the ranks that two raters give.'],
    ['kendallTauB', 'higher', correlation, 'Surplus of pairs that both raters order alike.'],
    [
      'judgeBias',
      'lower',
      { ...correlation, aggregation: 'mean', interval: 'per-example' },
      'Mean of judge minus people; nearest 0 is best, above it the judge is lenient.',
    ],
  ],
  run: [
    [
      'latencyP95Ms',
      'lower',
      taken,
      'Wall time in which 95 of 100 answers came; one that was kept counts with what it took when it was asked for.',
      'main',
    ],
    [
      'costPer1kUsd',
      'lower',
      { ...taken, unit: 'dollars' },
      'What 1,000 answers cost, by the tokens that the server counted; judges are left out.',
      'main',
    ],
  ],
};

const order: readonly MetricDefinition['family'][] = [
  'any',
  'classification',
  'multi-label',
  'calibration',
  'numeric',
  'extraction',
  'text',
  'retrieval',
  'agreement',
  'run',
];

/** Every metric, by family: the one place that names, ranges and intervals are read from. */
export const metricTable: readonly MetricDefinition[] = order.flatMap((family) =>
  families[family].map(([name, direction, shape, summary, prominence]) => ({
    name,
    summary,
    direction,
    ...shape,
    isMain: prominence === 'main',
    family,
  })),
);

/** The metric of that name, or undefined. */
export function metricNamed(name: string): MetricDefinition | undefined {
  return metricTable.find((metric) => metric.name === name);
}
