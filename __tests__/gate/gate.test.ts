import type { GatePolicy } from '../../src/domain/policy.ts';
import type { Because, Pair, Verdict } from '../../src/domain/verdict.ts';
import { judge } from '../../src/gate/gate.ts';
import { pairTrials } from '../../src/gate/pairs.ts';
import { overall, statusOf } from '../../src/gate/status.ts';
import { passFail } from './pairs.ts';

const limits = { alpha: 0.05, margin: 0.05 };
const policy: GatePolicy = {
  ...limits,
  onInconclusive: 'warn',
  onNew: 'pass',
  onDeleted: 'pass',
  onMissingEvals: 'pass',
  onCapReached: 'fail',
};

describe('the verdict on recorded outcomes of a real model (BIG-Bench Hard, answer-only against chain-of-thought)', () => {
  it.each<[string, number, number, number, Verdict]>([
    ['boolean_expressions', 250, 20, 9, 'improved'],
    ['causal_judgement', 187, 28, 46, 'regressed'],
    ['date_understanding', 250, 69, 10, 'improved'],
    ['formal_fallacies', 250, 54, 59, 'inconclusive'],
    ['navigate', 250, 122, 7, 'improved'],
    ['penguins_in_a_table', 146, 40, 21, 'improved'],
    ['snarks', 178, 32, 35, 'inconclusive'],
    ['sports_understanding', 250, 67, 5, 'improved'],
    ['word_sorting', 250, 19, 44, 'regressed'],
  ])('%s: %i examples, %i wins, %i losses', (_task, n, wins, losses, verdict) => {
    const pairs = passFail(wins, losses, n - wins - losses);
    expect(judge({ pairs, missing: [] }, [], limits)).toMatchObject({
      verdict,
      effect: { method: 'tango', wins, losses, ties: n - wins - losses },
    });
  });
});

describe('the ladder', () => {
  it.each<[string, number, number, number, Verdict, Because['rule']]>([
    ['says no worse where the drop is ruled out', 3, 3, 300, 'no-worse', 'lower-above-margin'],
    ['says inconclusive where neither is shown', 3, 6, 60, 'inconclusive', 'interval-too-wide'],
    ['never certifies fewer than 20 examples', 0, 0, 19, 'inconclusive', 'too-few-examples'],
    ['still blocks a clear drop on few examples', 0, 10, 2, 'regressed', 'upper-below-zero'],
    ['still credits a clear gain on few examples', 10, 0, 2, 'improved', 'lower-above-zero'],
  ])('%s', (_title, wins, losses, ties, verdict, rule) => {
    const judgement = judge({ pairs: passFail(wins, losses, ties), missing: [] }, [], limits);
    expect([judgement.verdict, judgement.because.map((because) => because.rule)]).toEqual([verdict, [rule]]);
  });

  it('says so where head is worse, but surely within the margin', () => {
    const { verdict, because } = judge({ pairs: passFail(0, 12, 988), missing: [] }, [], limits);
    expect([verdict, because]).toEqual(['no-worse', [{ rule: 'lower-above-margin', equivalent: true, worse: true }]]);
  });

  it('names how many more examples would settle a harmless edit', () => {
    const { because } = judge({ pairs: passFail(5, 5, 90), missing: [] }, [], limits);
    // n = 6.183 · discordance / margin² = 6.183 · 0.1 / 0.0025 = 248 in all (Tango, one-sided 5 %, power 80 %).
    expect(because).toEqual([{ rule: 'interval-too-wide', moreExamples: 148 }]);
  });
});

describe('the interval follows the shape of the scores', () => {
  const graded = (changed: number): Pair[] =>
    Array.from({ length: 40 }, (_, index) => ({ exampleId: `${index}`, base: 0.5, head: index < changed ? 0.75 : 0.5, tags: [] }));

  it.each([
    ['pass/fail scores take Tango', passFail(1, 1, 30), 'tango'],
    ['graded scores with 15 changes take the paired t', graded(15), 'paired-t'],
    ['graded scores with fewer take the pseudo-pair', graded(14), 'pseudo-pair'],
    ['shared clusters take the cluster-robust t', passFail(1, 1, 30).map((pair) => ({ ...pair, cluster: 'thread' })), 'cluster-t'],
    ['clusters of one are no clusters', passFail(1, 1, 30).map((pair) => ({ ...pair, cluster: pair.exampleId })), 'tango'],
  ])('%s', (_title, pairs, method) => {
    expect(judge({ pairs, missing: [] }, [], limits).effect?.method).toBe(method);
  });
});

describe('thresholds', () => {
  it('turn any verdict into regressed, and keep the reason beside them', () => {
    const judgement = judge(
      { pairs: passFail(20, 0, 80), missing: [] },
      [{ metric: 'accuracy', direction: 'higher', value: 0.59, threshold: 0.6 }],
      limits,
    );
    expect(judgement.verdict).toBe('regressed');
    expect(judgement.because.map(({ rule }) => rule)).toEqual(['threshold-missed', 'lower-above-zero']);
  });

  it('hold at the value itself', () => {
    expect(
      judge({ pairs: passFail(20, 0, 80), missing: [] }, [{ metric: 'accuracy', direction: 'higher', value: 0.6, threshold: 0.6 }], limits)
        .verdict,
    ).toBe('improved');
  });
});

describe('missing pairs', () => {
  const ids = (n: number) => Array.from({ length: n }, (_, index) => `missing-${index}`);

  it.each<[number, Verdict]>([
    [2, 'improved'],
    [3, 'could-not-measure'],
  ])('up to 2 %% of 100 are left out: %i', (missing, verdict) => {
    expect(judge({ pairs: passFail(20, 0, 80 - missing), missing: ids(missing) }, [], limits)).toMatchObject({ verdict });
  });

  it('are never a score, and without any pair there is no effect', () => {
    const judgement = judge({ pairs: [], missing: ids(5) }, [], limits);
    expect(judgement).toEqual({
      verdict: 'could-not-measure',
      because: [{ rule: 'pairs-missing', missing: 5, total: 5, exampleIds: ids(5) }],
      slices: [],
    });
  });
});

it('names the first of the examples that are missing, however many there are', () => {
  const { because } = judge({ pairs: passFail(20, 0, 80), missing: Array.from({ length: 5000 }, (_, i) => `m${i}`) }, [], limits);
  const exampleIds = Array.from({ length: 200 }, (_, i) => `m${i}`);
  expect(because).toEqual([{ rule: 'pairs-missing', missing: 5000, total: 5100, exampleIds, more: 4800 }]);
});

describe('pairing trials', () => {
  const source = { file: 'evals/x.jsonl', line: 1 };
  const example = (id: string) => ({ id, vars: {}, messages: [], tags: ['t'], source });
  const answer = { kind: 'answer', text: '', finish: 'stop', latencyMs: 0 } as const;
  const failure = { kind: 'failure', reason: 'timeout', sentence: '', retryable: true } as const;
  const scored = (arm: 'base' | 'head', exampleId: string, repeat: number, value: number) => ({
    arm,
    example: 0,
    exampleId,
    repeat,
    outcome: answer,
    score: { value, pass: value === 1, reason: '' },
  });

  it('averages repeats within the example', () => {
    const trials = [scored('base', 'a', 0, 0), scored('base', 'a', 1, 1), scored('head', 'a', 0, 1), scored('head', 'a', 1, 1)];
    const { pairs, missing } = pairTrials([example('a')], trials);
    expect([...pairs]).toMatchObject([
      { exampleId: 'a', example: 0, base: 0.5, head: 1, tags: ['t'], repeats: { base: [0, 1], head: [1, 1] } },
    ]);
    expect([...missing]).toEqual([]);
  });

  it('leaves out an example with a failed repeat on either side', () => {
    const trials = [scored('base', 'a', 0, 0), { arm: 'head' as const, example: 0, exampleId: 'a', repeat: 0, outcome: failure }];
    const { pairs, missing } = pairTrials([example('a')], trials);
    expect([pairs.length, [...missing]]).toEqual([0, ['a']]);
  });
});

it('shows slices of two and more pairs, in name order', () => {
  const pairs = passFail(2, 0, 2).map((pair, index) => ({ ...pair, tags: index === 0 ? ['lonely', 'b'] : ['b', 'a'] }));
  expect(judge({ pairs, missing: [] }, [], { ...limits, slices: true }).slices.map(({ name, effect }) => [name, effect.wins])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

describe('status', () => {
  it.each<[Verdict, boolean, number]>([
    ['improved', true, 0],
    ['no-worse', true, 0],
    ['inconclusive', true, 0],
    ['not-evaluated', true, 0],
    ['regressed', false, 1],
    ['could-not-measure', false, 2],
    ['bad-input', false, 3],
  ])('%s: passed %s, exit code %i', (verdict, passed, exitCode) => {
    const status = statusOf(verdict, [], policy);
    expect(status.passed).toBe(passed);
    expect(overall([status]).exitCode).toBe(exitCode);
  });

  it.each<[keyof GatePolicy, Verdict, Because]>([
    ['onInconclusive', 'inconclusive', { rule: 'interval-too-wide', moreExamples: 9 }],
    ['onNew', 'not-evaluated', { rule: 'new-prompt' }],
    ['onDeleted', 'not-evaluated', { rule: 'deleted-prompt' }],
    ['onMissingEvals', 'not-evaluated', { rule: 'no-eval-set', expectedPath: 'evals/x.yml' }],
  ])('%s: fail blocks what would pass, and says why', (key, verdict, because) => {
    const status = statusOf(verdict, [because], { ...policy, [key]: 'fail' });
    expect(status).toEqual({ verdict, passed: false, because: [because, { rule: 'policy', key }] });
    expect(overall([status]).exitCode).toBe(1);
  });

  it('of a cap that a team accepts passes with the same verdict, and what could not be measured for another reason does not', () => {
    const accepting: GatePolicy = { ...policy, onCapReached: 'warn' };
    const budget: Because = { rule: 'budget', cap: 'costUsd', allowed: 1, needed: 2 };
    const accepted = statusOf('could-not-measure', [budget], accepting);
    expect(accepted).toEqual({ verdict: 'could-not-measure', passed: true, because: [budget, { rule: 'cap-accepted' }] });
    expect(overall([accepted])).toEqual({ verdict: 'could-not-measure', passed: true, exitCode: 0 });
    expect(overall([statusOf('could-not-measure', [budget], policy)]).exitCode).toBe(2);
    expect(statusOf('could-not-measure', [{ rule: 'provider-dead', sentence: 'It is gone.' }], accepting).passed).toBe(false);
  });

  it('of several prompts is the worst one’s', () => {
    const status = (verdict: Verdict) => statusOf(verdict, [], policy);
    expect(overall([status('improved'), status('inconclusive'), status('not-evaluated')])).toEqual({
      verdict: 'inconclusive',
      passed: true,
      exitCode: 0,
    });
    expect(overall([status('could-not-measure'), status('regressed')])).toEqual({ verdict: 'regressed', passed: false, exitCode: 1 });
    expect(overall([status('regressed'), status('bad-input')])).toEqual({ verdict: 'bad-input', passed: false, exitCode: 3 });
    expect(overall([])).toEqual({ verdict: 'not-evaluated', passed: true, exitCode: 0 });
  });
});
