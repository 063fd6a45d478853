import type { Because, Verdict } from '../../src/domain/verdict.ts';
import { markdown, plain } from '../../src/report/markup.ts';
import { promptSentence, verdictSentence, worstFirst } from '../../src/report/verdict-sentence.ts';
import { arm, effect, prompt, report, states } from './reports.ts';

const support = {
  path: 'prompts/support.md',
  base: arm(0.82, 40, 0.68, 0.91),
  head: arm(0.71, 40, 0.56, 0.83),
  effect: effect({ estimate: -0.11, lower: -0.182, upper: -0.041, wins: 1, losses: 6, ties: 33 }),
};
const figures = '82.0 % → 71.0 % (−11.0 pp, 90 % interval −18.2 … −4.1 pp, 40 examples)';

const sentenceFor = (verdict: Verdict, passed: boolean, because: readonly Because[]): string =>
  promptSentence(prompt({ ...support, verdict, passed, because }), markdown);

describe('The sentence about one prompt', () => {
  const table: readonly [Verdict, boolean, readonly Because[], string][] = [
    ['improved', true, [{ rule: 'lower-above-zero' }], `\`prompts/support.md\` **improved**: ${figures}.`],
    [
      'no-worse',
      true,
      [{ rule: 'lower-above-margin', equivalent: true, worse: false }],
      `\`prompts/support.md\` is **no worse**: ${figures}.`,
    ],
    [
      'no-worse',
      true,
      [{ rule: 'lower-above-margin', equivalent: true, worse: true }],
      `\`prompts/support.md\` is **no worse**: ${figures}. It did get a little worse, by less than the tolerated drop of 5.0 pp.`,
    ],
    ['regressed', false, [{ rule: 'upper-below-zero' }], `\`prompts/support.md\` **regressed**: ${figures}. Merge blocked.`],
    [
      'regressed',
      false,
      [
        { rule: 'threshold-missed', metric: 'accuracy', threshold: 0.75, value: 0.71 },
        { rule: 'interval-too-wide', moreExamples: 90 },
      ],
      `\`prompts/support.md\` misses its threshold and counts as **regressed**: ${figures}. Threshold missed: \`accuracy\` is 71.0 %, at least 75.0 % is required; the base misses it too, with 63.6 %. Merge blocked.`,
    ],
    [
      'regressed',
      false,
      [{ rule: 'slice-regressed', slice: 'legal' }],
      `\`prompts/support.md\` **regressed**: ${figures}. Slice \`legal\` regressed. Merge blocked.`,
    ],
    [
      'inconclusive',
      true,
      [{ rule: 'interval-too-wide', moreExamples: 1234 }],
      `\`prompts/support.md\` is **inconclusive**: ${figures}. The examples show neither harm nor its absence. About 1,300 more examples would settle it. Merge not blocked.`,
    ],
    [
      'inconclusive',
      false,
      [
        { rule: 'interval-too-wide', moreExamples: 1 },
        { rule: 'policy', key: 'onInconclusive' },
      ],
      `\`prompts/support.md\` is **inconclusive**: ${figures}. The examples show neither harm nor its absence. About 1 more example would settle it. The gate is set to \`onInconclusive: fail\`. Merge blocked.`,
    ],
    [
      'could-not-measure',
      false,
      [{ rule: 'pairs-missing', missing: 1, total: 41, exampleIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }],
      '**Could not measure** `prompts/support.md`. 1 of 41 examples got no answer on one side or both, and more than 2 % may not be missing: `a`, `b`, `c`, `d`, `e` and 2 more. Merge blocked.',
    ],
    [
      'could-not-measure',
      false,
      [{ rule: 'budget', cap: 'costUsd', allowed: 1, needed: 2.5 }],
      '**Could not measure** `prompts/support.md`. The cap of 1.00 USD is too low: 2.50 USD would be needed. Merge blocked.',
    ],
    [
      'bad-input',
      false,
      [{ rule: 'bad-input', sentences: ['One.', 'Two.', 'Three.', 'Four.'] }],
      `**Bad input** for \`prompts/support.md\`: ${figures}. One. Two. Three. And 1 more. Merge blocked.`,
    ],
    [
      'bad-input',
      false,
      [{ rule: 'bad-input', sentences: ['One.', 'Two.', 'Three.', 'Four.', '20 more problems below these.'], more: 20 }],
      `**Bad input** for \`prompts/support.md\`: ${figures}. One. Two. Three. And 21 more. Merge blocked.`,
    ],
  ];

  it.each(table)('says %s (passed: %s) with what decided', (verdict, passed, because, sentence) => {
    expect(sentenceFor(verdict, passed, because)).toBe(sentence);
  });

  it('names the level of the interval that decided', () => {
    const sentence = promptSentence(prompt({ effect: effect({ level: 0.95, alpha: 0.025 }) }), plain);
    expect(sentence).toContain('95 % interval −17.1 … −2.1 pp');
  });

  it.each([
    ['deleted', 'prompts/old.md was not evaluated. It was deleted. Merge not blocked.'],
    [
      'new-with-thresholds',
      'prompts/greeting.md was not evaluated: 75.0 % on 60 examples. It is new, so there is nothing to compare it with. Its thresholds hold. Merge not blocked.',
    ],
    [
      'missing-evals',
      'prompts/causal_judgement.md was not evaluated. It has no eval set yet: evals/causal_judgement.yml would be one; in CI it must be on the base branch first. Merge not blocked.',
    ],
    [
      'fork-without-key',
      'prompts/causal_judgement.md was not evaluated. There is no key to call the model with, as on pull requests from forks. Merge not blocked.',
    ],
    ['same-requests', 'prompts/support.md is no worse. Base and pull request ask the same questions of the same model.'],
    ['nothing-changed', 'No prompt changed: nothing to evaluate.'],
    ['bad-input-several', 'Bad input: 2 problems to mend before anything can be evaluated. Merge blocked.'],
    [
      'bad-input',
      'Bad input: prompt-ratchet.yml:4: key "gate.margin": must lie between 0 and 1. Write 0.05 for five points. Merge blocked.',
    ],
  ])('says what happened where nothing was compared: %s', (state, sentence) => {
    expect(verdictSentence(states[state]!, plain)).toBe(sentence);
  });
});

describe('The sentence about several prompts', () => {
  it('counts verdicts from the worst on and names the prompts that block', () => {
    expect(verdictSentence(states['several-prompts']!, plain)).toBe(
      '6 prompts changed or affected: 1 regressed (prompts/causal_judgement.md −9.6 pp), 1 could not measure (prompts/triage.md), 1 inconclusive, 1 not evaluated, 1 no worse, 1 improved. Merge blocked.',
    );
  });

  it('names no more than three', () => {
    const four = ['a', 'b', 'c', 'd'].map((path) => prompt({ path }));
    expect(verdictSentence(report({ prompts: four }), plain)).toBe(
      '4 prompts changed: 4 regressed (a −9.6 pp, b −9.6 pp, c −9.6 pp, …). Merge blocked.',
    );
  });

  it('says nothing of merging where all is well', () => {
    expect(verdictSentence(states['several-passed']!, plain)).toBe('2 prompts changed: 1 no worse, 1 improved.');
  });
});

it('Prompts that block come first, then the heavier verdict, then the order of the report', () => {
  const made = (path: string, verdict: Verdict, passed: boolean) => prompt({ path, verdict, passed });
  const order = worstFirst([
    made('a', 'improved', true),
    made('b', 'not-evaluated', true),
    made('c', 'not-evaluated', false),
    made('d', 'regressed', false),
    made('e', 'regressed', false),
    made('f', 'bad-input', false),
  ]);
  expect(order.map(({ path }) => path).join('')).toBe('fdecba');
});
