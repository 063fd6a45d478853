import { historyJsonl, historyWith, parseHistory, withTrend } from '../../src/jobs/history.ts';
import { trendChart } from '../../src/report/trend.ts';
import { arm, prompt, report } from '../report/reports.ts';

const sha = (n: number) => n.toString(16).padStart(40, '0');
const at = (n: number, score = 0.8) => ({
  ...report({ prompts: [prompt({ head: arm(score, 100, 0.7, 0.9) })] }),
  head: { sha: sha(n) },
});
const linesAfter = (count: number) =>
  Array.from({ length: count }, (_, n) => n).reduce<ReturnType<typeof parseHistory>>((lines, n) => historyWith(lines, at(n, n / 100)), []);

describe('the history of prompts on the default branch', () => {
  it('holds the newest 30 of each prompt, a line each, and reads back what it wrote', () => {
    const lines = linesAfter(40);
    expect(lines.map(({ score }) => score)).toEqual(Array.from({ length: 30 }, (_, n) => (n + 10) / 100));
    expect(parseHistory(historyJsonl(lines))).toEqual(lines);
  });

  it('takes a commit that is checked again for one', () => {
    expect(historyWith(linesAfter(3), at(2, 0.5)).map(({ score }) => score)).toEqual([0, 0.01, 0.5]);
  });

  it('says who accepted what', () => {
    const accepted = { by: 'mona', reason: 'wanted', url: 'https://github.com/c/1' };
    expect(historyWith([], { ...at(1), accepted })).toMatchObject([{ acceptedBy: 'mona', reason: 'wanted', verdict: 'regressed' }]);
  });

  it('leaves out lines that are none', () => {
    const [line] = historyJsonl(linesAfter(1)).split('\n');
    expect(parseHistory(`{\n${line}\n[]\n{"prompt":"x","score":7}\nnull\n`)).toHaveLength(1);
  });

  it('gives each prompt the trend of its own model, also under its old name', () => {
    const lines = linesAfter(3);
    const [same] = withTrend(at(9), lines).prompts;
    expect(same!.trend!.map(({ score }) => score)).toEqual([0, 0.01, 0.02]);
    const moved = { ...at(9), prompts: [prompt({ path: 'prompts/new.md', previousPath: 'prompts/causal_judgement.md' })] };
    expect(withTrend(moved, lines).prompts[0]!.trend).toHaveLength(3);
    const other = { ...at(9), prompts: [prompt({ models: { base: 'a', head: 'b' } })] };
    expect(withTrend(other, lines).prompts[0]!.trend).toBeUndefined();
  });
});

describe('the chart of a trend', () => {
  const chart = (scores: readonly number[]) =>
    trendChart(prompt({ trend: scores.map((score, n) => ({ sha: sha(n + 1), score })), head: arm(0.5, 10, 0, 1) }));

  it('is there from two points on, the newest twelve and this one', () => {
    expect([chart([]), chart([0.1])]).toEqual(['', '']);
    expect(chart([0.7, 0.81])).toBe(
      [
        '```mermaid',
        '%%{init: {"xyChart": {"width": 700, "height": 240}, "themeVariables": {"xyChart": {"plotColorPalette": "#2f81f7"}}}}%%',
        'xychart-beta',
        '  x-axis ["0000000", "0000000", "here"]',
        '  y-axis "score in %" 45 --> 86',
        '  line [70, 81, 50]',
        '```',
      ].join('\n'),
    );
    expect(chart(Array.from({ length: 20 }, () => 0.3)).match(/30/g)).toHaveLength(12);
  });
});
