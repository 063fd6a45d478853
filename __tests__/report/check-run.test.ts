import type { Verdict } from '../../src/domain/verdict.ts';
import { checkRunOf } from '../../src/report/index.ts';
import type { PromptReport } from '../../src/report/model.ts';
import { edit, flip, prompt, report, run } from './reports.ts';

const of = (...prompts: readonly PromptReport[]) => {
  const { verdict, passed } = prompts[0]!;
  return checkRunOf(report({ verdict, passed, prompts }), run, '');
};

describe('the conclusion', () => {
  it.each<[Verdict, boolean, string]>([
    ['improved', true, 'success'],
    ['no-worse', true, 'success'],
    ['inconclusive', true, 'neutral'],
    ['not-evaluated', true, 'neutral'],
    ['inconclusive', false, 'failure'],
    ['not-evaluated', false, 'failure'],
    ['regressed', false, 'failure'],
    ['could-not-measure', false, 'failure'],
    ['bad-input', false, 'failure'],
  ])('of %s, passed %s, is %s', (verdict, passed, conclusion) => {
    expect(of(prompt({ verdict, passed }))).toMatchObject({ conclusion });
  });

  it('is success where no prompt changed, and failure where nothing could begin', () => {
    const idle = report({ verdict: 'not-evaluated', passed: true, prompts: [] });
    expect(checkRunOf(idle, run, '')).toMatchObject({
      conclusion: 'success',
      title: 'No prompt changed: nothing to evaluate.',
    });
    const broken = report({ verdict: 'bad-input', problems: ['prompt-ratchet.yml:1: no.'], prompts: [] });
    expect(checkRunOf(broken, run, '')).toMatchObject({ conclusion: 'failure', annotations: [] });
  });
});

describe('the annotations', () => {
  const edits = [
    edit({
      hunks: [
        { oldStart: 3, oldLines: ['a'], newLines: ['b', 'c'] },
        { oldStart: 9, oldLines: ['gone'], newLines: [] },
      ],
    }),
  ];

  it('stand on each run of changed lines of the head, and on the line before where lines were only taken out', () => {
    const { annotations } = checkRunOf(report({ prompts: [prompt({ edits })] }), run, 'bots/');
    expect(annotations.map(({ path, startLine, endLine, level }) => [path, startLine, endLine, level])).toEqual([
      ['bots/prompts/causal_judgement.md', 3, 4, 'failure'],
      ['bots/prompts/causal_judgement.md', 9, 9, 'failure'],
    ]);
  });

  it('say what came of the prompt, and which examples regressed', () => {
    const [first] = of(prompt({ edits, examples: [flip({ id: 'q1' }), flip({ id: 'q2', change: 'fixed' })] })).annotations;
    expect(first).toMatchObject({
      title: 'prompts/causal_judgement.md: regressed',
      message: expect.stringMatching(
        /^prompts\/causal_judgement\.md regressed: 63\.6 % → 54\.0 %.*Merge blocked\.\nRegressed examples: q1\.$/,
      ),
    });
  });

  it('stand on the changed lines of a partial that the prompt draws in', () => {
    const partial = edit({ path: 'prompts/_tone.md', hunks: [{ oldStart: 1, oldLines: ['x'], newLines: ['y'] }] });
    expect(of(prompt({ status: 'affected', edits: [partial] })).annotations).toMatchObject([{ path: 'prompts/_tone.md', startLine: 1 }]);
  });

  it('stand on the first line of a prompt whose text stayed as it was', () => {
    expect(of(prompt()).annotations).toMatchObject([{ path: 'prompts/causal_judgement.md', startLine: 1, endLine: 1 }]);
  });

  it.each<[string, Partial<PromptReport>, string[]]>([
    ['are not there for what is no worse', { verdict: 'no-worse', passed: true, because: [] }, []],
    ['warn of what is open', { verdict: 'inconclusive', passed: true, because: [] }, ['warning']],
    ['warn of a slice that got worse', { verdict: 'no-worse', passed: true, because: [{ rule: 'slice-worse', slice: 'x' }] }, ['warning']],
  ])('%s', (_what, fields, levels) => {
    expect(of(prompt(fields)).annotations.map(({ level }) => level)).toEqual(levels);
  });

  it('hold no control characters, and are no more than 250', () => {
    const prompts = Array.from({ length: 300 }, (_, n) => prompt({ path: `prompts/${n}\u001b[2J.md` }));
    const { annotations, title } = of(...prompts);
    expect(annotations).toHaveLength(250);
    expect(annotations.map((each) => each.title + each.message).join('')).not.toContain('\u001b');
    expect(title.length).toBeLessThanOrEqual(250);
  });
});
