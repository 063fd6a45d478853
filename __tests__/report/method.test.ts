import { plain } from '../../src/report/markup.ts';
import { outlookSentence, promptMethod } from '../../src/report/method.ts';
import type { PromptReport } from '../../src/report/model.ts';
import { effect, prompt } from './reports.ts';

describe('The method of a comparison', () => {
  it('names models once where both sides ran with the same, and both where they differ', () => {
    expect(promptMethod(prompt(), plain)).toContain('Model: code-davinci-002.');
    expect(promptMethod(prompt({ models: { base: 'old', head: 'new' } }), plain)).toContain(
      "Models: base old, pull request new: what differs may be the model's doing.",
    );
  });

  it('counts missing pairs', () => {
    expect(promptMethod(prompt({ effect: effect({ missing: 3 }) }), plain)).toContainEqual(expect.stringContaining('3 missing'));
  });

  it('names method, level, error rate and margin', () => {
    expect(promptMethod(prompt({ effect: effect({ method: 'paired-t', level: 0.95, alpha: 0.025, margin: 0.03 }) }), plain)).toContain(
      'Interval: paired t interval, 95 %, error rate 2.5 % at each end; tolerated drop (margin) 3.0 pp.',
    );
  });
});

it('counts flaky examples that are not listed', () => {
  const ids = Array.from({ length: 200 }, (_, i) => `e${i}`);
  const flaky = { base: ids, head: [], more: { base: 150, head: 0, examples: 150 } };
  expect(promptMethod(prompt({ flaky }), plain)).toContain(
    'Flaky, with runs that disagree under one prompt: 350 examples under the base, 0 under the pull request (e0, e1, e2, e3, e4 and 345 more).',
  );
});

it('says which intervals are no bootstrap', () => {
  const difference = { estimate: 0, lower: -0.1, upper: 0.1, level: 0.9 };
  const metric = (name: string, method: 'group-jackknife' | 'paired-bootstrap') => ({
    name,
    base: 1,
    head: 1,
    difference: { ...difference, method },
  });
  const metrics = [metric('mae', 'group-jackknife'), metric('rmse', 'group-jackknife'), metric('macroF1', 'paired-bootstrap')];
  expect(promptMethod(prompt({ metrics }), plain)).toContain(
    'Intervals of mae, rmse: by a jackknife over groups of examples, of which there are too many to be drawn again and again.',
  );
});

describe('What an eval set can show', () => {
  const said = (fields: Partial<PromptReport>) => outlookSentence(prompt(fields));

  it('is the smallest drop it rules out, and what would settle the margin', () => {
    expect(said({ outlook: { resolvableDrop: 0.079, moreExamples: 148 } })).toBe(
      'This eval set can rule out drops of about 7.9 pp or more, 4 times in 5. To settle ±5.0 pp it takes about 150 more examples.',
    );
  });

  it('names repeats where they would settle it too', () => {
    expect(said({ outlook: { resolvableDrop: 0.079, moreExamples: 148, repeats: 4 } })).toContain('150 more examples, or 4 runs of each.');
  });

  it('does not repeat what an inconclusive verdict says already', () => {
    const because = [{ rule: 'interval-too-wide', moreExamples: 148 }] as const;
    expect(said({ because, outlook: { resolvableDrop: 0.079, moreExamples: 148 } })).not.toContain('To settle');
  });

  it('says where it is enough', () => {
    expect(said({ outlook: { resolvableDrop: 0.03, moreExamples: 0 } })).toContain('That is enough for the tolerated drop of 5.0 pp.');
  });
});
