import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { renderComment, renderLog, renderSummary, renderTerminal } from '../../src/report/index.ts';
import type { PromptReport, Report, Run } from '../../src/report/model.ts';
import { visibleLine } from '../../src/report/neutral.ts';
import { alive, hostileText, tokens } from './hostile.ts';
import { about, arm, effect, flip, prompt, report, run, states, tooLong } from './reports.ts';

/** The tags that are ours, each with nothing of anyone else's in it. */
const ours = /^(?:<details>\n<summary>[\w ,()]+<\/summary>|<\/details>|<\/?sub>)\s*$/;

const quiet: Run = { calls: 0, reused: 0, inputTokens: 0, outputTokens: 0, durationMs: 3, version: '1.2.3' };
const busy: Run = {
  ...run,
  durationMs: 9e9,
  calls: 1e9,
  endpoint: `https://${'e'.repeat(5000)}.example`,
  runUrl: `https://${'r'.repeat(499)}`,
};

const withoutLastLine = (text: string): string => text.slice(0, text.lastIndexOf('\n'));

/** The same hostile text wherever a report can carry any. */
function hostileReport(text: string): Report {
  const hostilePrompt: PromptReport = prompt({
    path: text,
    previousPath: text,
    notes: [text],
    because: [
      { rule: 'slice-regressed', slice: text },
      { rule: 'threshold-missed', metric: text, threshold: 0.5, value: 0.4 },
      { rule: 'provider-dead', sentence: text },
      { rule: 'no-eval-set', expectedPath: text },
      { rule: 'bad-input', sentences: [text] },
      { rule: 'pairs-missing', missing: 1, total: 9, exampleIds: [text] },
    ],
    evalSet: { path: text, digest: text, examples: 3 },
    models: { base: text, head: `${text}2` },
    metrics: [{ name: text, head: 0.4, threshold: 0.5 }],
    tables: [
      {
        kind: 'labels',
        rows: [{ label: text, head: { label: text, support: 1, predicted: 1, precision: 1, recall: 1, f1: 1 } }],
      },
      { kind: 'confusion', labels: [text], cells: [{ expected: text, named: text, head: 1 }] },
      {
        kind: 'fields',
        rows: [{ field: text, head: { field: text, correct: 1, wrong: 0, missing: 0, spurious: 0, precision: 1, recall: 1, f1: 1 } }],
      },
    ],
    slices: [{ name: text, base: arm(0.5, 9, 0, 1), head: arm(0.4, 9, 0, 1), effect: effect() }],
    examples: [
      flip({
        id: text,
        input: text,
        expected: text,
        base: { score: 1, answer: text, reason: text },
        head: { score: 0, answer: text, reason: text },
      }),
      flip({ id: text, change: 'fixed', expected: { [text]: text }, base: { score: 0, answer: text }, head: { score: 1, answer: text } }),
    ],
  });
  return report({
    base: { sha: text },
    head: { sha: text },
    policy: { sha: text },
    warnings: [text],
    notes: [text],
    prompts: [hostilePrompt, { ...hostilePrompt, proposed: { ...hostilePrompt, verdict: 'regressed' } }],
  });
}

describe('The comment', () => {
  it.each(Object.entries(states))('depends on the run in its last line only: %s', (_, state) => {
    expect(withoutLastLine(renderComment(state, quiet))).toBe(withoutLastLine(renderComment(state, busy)));
  });

  it.each(Object.entries(states))('stays below 60,000 characters: %s', (_, state) => {
    expect(renderComment(state, busy).length).toBeLessThanOrEqual(60_000);
  });

  it('holds nothing that acts, whatever prompts, examples, models and settings say', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(alive(renderComment(hostileReport(text), quiet), ours)).toEqual([]);
        expect(alive(renderComment(report({ prompts: [], problems: [text, text] }), quiet), ours)).toEqual([]);
        expect(alive(renderComment(report({ prompts: [], problems: [text] }), quiet), ours)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps its structure, whatever prompts, examples, models and settings say', () => {
    const structure = (text: string): readonly string[] =>
      tokens(renderComment(hostileReport(text), quiet))
        .filter(({ type }) => /^(?:html_block|table_open|tr_open|td_open|heading_open|blockquote_open|hr)$/.test(type))
        .map(({ type }) => type);
    const calm = structure('calm');
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(visibleLine(text) !== '');
        expect(structure(text)).toEqual(calm);
      }),
      { numRuns: 40 },
    );
  });

  it('links to the run and to nothing else', () => {
    const links = tokens(renderComment(states['hostile']!, run)).filter(({ type }) => type === 'link_open');
    expect(links.map((link) => link.attrGet('href'))).toEqual([run.runUrl]);
  });

  it.each(['javascript:alert(1)', 'https://a.example/>)[x](https://evil.example', 'https://a b'])('does not link to %s', (runUrl) => {
    expect(alive(renderComment(states['improved']!, { ...quiet, runUrl }), ours)).toEqual([]);
  });

  it('says below the first line what a reviewer must know', () => {
    const [, , second, third] = renderComment(states['several-prompts']!, run).split('\n');
    expect([second, third?.slice(0, 28)]).toEqual(['> [!WARNING]', '> This pull request changes ']);
  });

  it('says that a cost is unknown rather than nothing', () => {
    expect(renderComment(states['improved']!, quiet)).toMatch(/· cost unknown · Prompt Ratchet `1\.2\.3`<\/sub>$/);
  });

  it('says that error rates are not corrected where there are several prompts', () => {
    expect(renderComment(states['several-passed']!, run)).toContain('there is no correction across the 2 prompts of this pull request');
    expect(renderComment(states['improved']!, run)).not.toContain('no correction');
  });

  it('keeps the rows after the twelfth in a fold', () => {
    const many = report({ prompts: Array.from({ length: 20 }, (_, index) => prompt({ path: `p${index}.md`, examples: [] })) });
    const [inSight = '', folded = ''] = renderComment(many, run).split('<summary>8 more prompts</summary>');
    expect(inSight.match(/^\| `p/gm)).toHaveLength(12);
    expect(folded.match(/^\| `p/gm)).toHaveLength(8);
  });
});

describe('A report too long for its place', () => {
  const huge = tooLong(200, 200);

  it('fits into the comment, and the comment says what was left out and where it is', () => {
    const comment = renderComment(huge, busy);
    expect(comment.length).toBeLessThanOrEqual(60_000);
    expect(comment).toContain('100 of 200 rows of the table');
    expect(comment).toMatch(/Left out here: .* of 40,000 regressed examples; .*\. The full report: the job summary and `report\.json`\./);
  });

  it('fits into the job summary, which holds more of it', () => {
    const summary = renderSummary(huge, busy);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary.length).toBeGreaterThan(renderComment(huge, busy).length);
    expect(summary).toMatch(/The full report: `report\.json`\./);
  });

  it('loses answers before examples, and examples before rows', () => {
    const shown = (limit: number) => {
      const text = renderComment(tooLong(30, 30), quiet, { limit });
      const longest = Math.max(...text.split('\n').map((line) => line.length));
      return { longest, examples: (text.match(/1 → 0\*\*/g) ?? []).length, rows: (text.match(/^\| `prompts/gm) ?? []).length };
    };
    const limits = [500_000, 100_000, 60_000, 40_000, 15_000, 6000].map(shown);
    expect(limits.map(({ rows }) => rows)).toEqual([30, 30, 30, 30, 30, 5]);
    expect(limits.map(({ examples }) => examples)).toEqual(limits.map(({ examples }) => examples).sort((a, b) => b - a));
    expect(limits[1]!.examples).toBe(limits[0]!.examples);
    expect(limits[1]!.longest).toBeLessThan(limits[0]!.longest);
  });

  it('shrinks to verdict and commits where nothing more fits', () => {
    expect(renderComment(tooLong(30, 30), quiet, { limit: 3000 }).split('\n\n')).toHaveLength(4);
  });

  it('keeps the limit with names that grow when made visible', () => {
    const path = '\u202e'.repeat(1000);
    const grown = report({
      warnings: Array(50).fill(path),
      prompts: Array.from({ length: 200 }, () => prompt({ path, previousPath: path, notes: [path] })),
    });
    expect(renderComment(grown, busy).length).toBeLessThanOrEqual(60_000);
  });
});

describe('The job summary', () => {
  it('lists the flips that a comment leaves out', () => {
    const summary = renderSummary(states['regressed']!, run);
    expect(summary).toContain('<summary>Regressed examples (46)</summary>');
    expect(summary).not.toContain('Left out here');
  });
});

describe('The terminal text', () => {
  const screen = { color: false, width: 80 };
  const body = (text: string): string => withoutLastLine(text.trimEnd());

  it.each(Object.entries(states))('depends on the run in its last line only: %s', (_, state) => {
    expect(body(renderTerminal(state, quiet, screen))).toBe(body(renderTerminal(state, busy, screen)));
  });

  it('has no control character but line ends, whatever prompts, examples and models say', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(renderTerminal(hostileReport(text), quiet, screen)).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}|\p{Surrogate}/u);
      }),
      { numRuns: 40 },
    );
  });

  it('says the same with color and without', () => {
    for (const state of Object.values(states)) {
      const colored = renderTerminal(state, run, { ...screen, color: true });
      expect(colored).toContain('\u001b[');
      expect(stripVTControlCharacters(colored)).toBe(renderTerminal(state, run, screen));
    }
  });

  it('wraps sentences at the width', () => {
    const [first = '', second = ''] = renderTerminal(states['inconclusive']!, run, screen).split('\n');
    expect(first.length).toBeLessThanOrEqual(80);
    expect(second).toMatch(/^ {2}\S/);
  });
});

describe('The log', () => {
  it('holds no workflow command, whatever prompts, examples and models say', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const line of renderLog(hostileReport(text), quiet).split('\n')) expect(line).not.toMatch(/^[\s\u0085]*::|##\[/);
      }),
      { numRuns: 40 },
    );
  });

  it('is the terminal text where there is nothing to take out', () => {
    const calm = about(prompt(), 1);
    expect(renderLog(calm, run)).toBe(renderTerminal(calm, run, { color: false, width: 140 }));
  });
});
