import type { Arm, Trial } from '../../src/domain/trial.ts';
import { gathered } from '../../src/jobs/drawn.ts';
import { metricsOf, thresholdsOf, withIntervals } from '../../src/jobs/metrics.ts';
import { metersOf } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from '../scorers/fixtures.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const places = [0, 1, 2, 3, 4, 5];
const truth = ['0', '1', '2', '0', '1', '2'];
const label = [spec('label', { labels: ['0', '1', '2', '3'] })];
const meters = metersOf({ scorers: label });
const score = scorerOf(label, [{ name: 'notContains', options: { phrases: ['broken'] } }]);

function trials(arm: Arm, answers: readonly string[]): Trial[] {
  return ids.map((exampleId, i) => {
    const outcome = answer(answers[i]!);
    return { arm, example: i, exampleId, repeat: 0, outcome, score: score(outcome, example(truth[i])) };
  });
}

const head = trials('head', ['0', '2', '1', '0', '0', '1']);
const base = trials('base', truth);
const valuesOf = (all: readonly Trial[], thresholds = {}) =>
  new Map(metricsOf(gathered({ trials: all, places, meters }), ids.length, thresholds).map((metric) => [metric.name, metric]));

describe('the metrics of scored answers', () => {
  it('have the values of scikit-learn’s f1_score documentation, and 1 where every label is right', () => {
    const values = valuesOf([...base, ...head]);
    expect(values.get('macroF1')).toEqual({ name: 'macroF1', base: 1, head: expect.closeTo(0.2666667, 6) });
    expect(values.get('microF1')!.head).toBeCloseTo(0.3333333, 6);
    expect(values.get('weightedF1')!.head).toBeCloseTo(0.2666667, 6);
  });

  it('count an answer that names no label, or several, as a mistake of its own', () => {
    const [, confusion] = gathered({ trials: trials('head', ['0', 'none of them', '2', '0 or 1', '1', '2']), places, meters }).tables();
    expect(confusion).toMatchObject({
      kind: 'confusion',
      cells: [
        { expected: '0', named: '0', head: 1 },
        { expected: '0', named: null, head: 1 },
        { expected: '1', named: '1', head: 1 },
        { expected: '1', named: null, head: 1 },
        { expected: '2', named: '2', head: 2 },
      ],
    });
    expect(valuesOf(trials('head', ['0', '-', '2', '0', '1', '2'])).get('macroF1')!.head).toBeCloseTo((1 + 2 / 3 + 1) / 3, 12);
  });

  it('take an answer that breaks a constraint for one that says nothing', () => {
    const broken = trials('head', ['0 broken', '1', '2', '0', '1', '2']);
    expect(broken[0]!.score).toMatchObject({ value: 0, broken: 'notContains' });
    expect(valuesOf(broken).get('macroF1')).toEqual(valuesOf(trials('head', ['-', '1', '2', '0', '1', '2'])).get('macroF1'));
  });

  it('weigh examples as a draw counts them', () => {
    const all = gathered({ trials: head, places, meters });
    const at = all.pooled.indexOf('macroF1');
    expect(all.pool(Uint32Array.from([2, 0, 0, 0, 0, 0])).head![at]).toBe(1);
  });

  it('leave out examples that were not compared, and failures', () => {
    const failed: Trial = {
      arm: 'head',
      example: 0,
      exampleId: 'a',
      repeat: 1,
      outcome: { kind: 'failure', reason: 'timeout', sentence: '', retryable: false },
    };
    expect(
      metricsOf(gathered({ trials: [...head, failed], places: [0], meters }), 1, {}).find(({ name }) => name === 'accuracy')!.head,
    ).toBe(1);
  });

  it('average repeats within their example', () => {
    const again = trials('head', ['0', '1', '2', '1', '1', '2']).map((trial) => ({ ...trial, repeat: 1 }));
    const metrics = metricsOf(gathered({ trials: [...trials('head', truth), ...again], places, meters }), ids.length, {});
    expect(metrics.find(({ name }) => name === 'accuracy')!.head).toBeCloseTo(11 / 12, 12);
  });

  it('are those of passes and scores where a scorer observes nothing', () => {
    const { score: bare, ...rest } = head[0]!;
    const one: Trial = { ...rest, score: { value: 0.5, pass: true, reason: bare!.reason } };
    expect(metricsOf(gathered({ trials: [one], places, meters }), ids.length, {})).toEqual([
      { name: 'accuracy', head: 1 },
      { name: 'score', head: 0.5 },
    ]);
  });
});

describe('the interval of a change', () => {
  const pairs = ids.map((exampleId, i) => ({ exampleId, base: 1, head: head[i]!.score!.value, tags: [] }));
  const scored = { trials: [...base, ...head], places, meters };
  const all = gathered(scored);
  const shown = () => withIntervals(metricsOf(all, ids.length, { macroF1: 0.5 }), all, scored, pairs, 0.05, 'seed');

  it('is drawn for what is no mean, and the same for the same seed', () => {
    const { difference } = shown().find(({ name }) => name === 'macroF1')!;
    expect(difference).toMatchObject({ estimate: expect.closeTo(-0.7333333, 6), level: 0.9, method: 'paired-bootstrap' });
    expect(difference!.lower).toBeLessThan(difference!.estimate);
    expect(difference!.upper).toBeGreaterThan(difference!.estimate);
    expect(shown()).toEqual(shown());
  });

  it('is left to the verdict where a metric says the same as the score', () => {
    expect(shown().find(({ name }) => name === 'accuracy')).not.toHaveProperty('difference');
  });

  it('is the gate’s own for a mean that differs from the score', () => {
    const graded = [...base, ...head].map((trial) => ({ ...trial, score: { ...trial.score!, value: trial.score!.pass ? 0.9 : 0.2 } }));
    const others = { trials: graded, places, meters };
    const other = gathered(others);
    const accuracy = withIntervals(metricsOf(other, ids.length, {}), other, others, pairs, 0.05, 'seed').find(
      ({ name }) => name === 'accuracy',
    );
    expect(accuracy!.difference).toMatchObject({ estimate: expect.closeTo(-4 / 6, 12), method: 'tango' });
  });
});

describe('a threshold', () => {
  it('holds what was measured of the head, and says which way is better', () => {
    expect(thresholdsOf([...valuesOf([...base, ...head], { macroF1: 0.5 }).values()])).toEqual([
      { metric: 'macroF1', direction: 'higher', value: expect.closeTo(0.2666667, 6), threshold: 0.5 },
    ]);
  });

  it('stays where its metric has no value', () => {
    expect(thresholdsOf([...valuesOf(head, { rmse: 2 }).values()])).toEqual([{ metric: 'rmse', direction: 'lower', threshold: 2 }]);
  });
});
