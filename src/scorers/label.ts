import * as z from 'zod';
import { labelMeter, labelMetrics } from '../metrics/meters/labels.ts';
import { defineScorer } from './definition.ts';
import { expectedText } from './expected.ts';
import { labelList, labelNames } from './label-names.ts';
import { commonOptions } from './options.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';

export const label = defineScorer({
  kind: 'label',
  summary: 'Passes if the answer names exactly one of `labels`, as a whole word in any case, and it is `expected`.',
  metrics: labelMetrics,
  schema: z.strictObject({
    ...commonOptions,
    labels: labelList.describe('All labels there are. Where one is part of another, the longer one counts.'),
  }),
  bind(options) {
    const read = answerReader(options);
    const { names, indexOf, namedIn } = labelNames(options.labels, options.normalize);
    const meter = labelMeter(names);
    return {
      requires(example) {
        const expected = expectedText(example);
        if (expected === undefined) return example.expected === undefined ? 'it has no "expected"' : '"expected" must be one of the labels';
        return indexOf(expected) === undefined ? `"expected" is ${quote(expected)}, which is not one of the labels` : undefined;
      },
      score({ text }, example) {
        const answer = read(text);
        const named = namedIn(answer);
        const expected = expectedText(example) ?? '';
        const [right, given] = [indexOf(expected)!, named.length === 1 ? named[0]! : names.length];
        const pass = given === right;
        const shown = named.slice(0, mostShown).map((index) => quote(names[index]!));
        return {
          value: pass ? 1 : 0,
          pass,
          reason: reason(pass, quote(expected), shown, answer),
          observed: { [meter.id]: [right, given] },
        };
      },
      meters: [meter],
    };
  },
});

const mostShown = 5;

function reason(pass: boolean, expected: string, named: readonly string[], answer: string): string {
  if (named.length === 0) return `names none of the labels, expected ${expected}: ${quote(answer)}`;
  if (named.length > 1) return `names several labels (${named.join(', ')}), expected ${expected}`;
  return pass ? `names ${expected}` : `expected ${expected}, got ${named[0]}`;
}
