import { visible } from '../documents/visible.ts';
import { type Allowance, flipTotals, type ShownFlips, shownFlips } from './allowance.ts';
import { clip } from './clip.ts';
import { plain } from './markup.ts';
import type { AnswerReport, FlipReport, Report } from './model.ts';

import { grouped, score } from './numbers.ts';
import { block, indented, type Screen } from './screen.ts';

const titles = { regressed: 'Regressed examples', fixed: 'Fixed examples' } as const;

/** A text behind its label where it is one line, below it where it is several. */
function quoted(label: string, text: string, most: number): string {
  const shown = visible(clip(text, most));
  return shown.includes('\n') ? `    ${label}:\n${indented(shown, '      ')}` : `    ${label}: ${shown === '' ? '(empty)' : shown}`;
}

function answer(side: string, { score: value, answer, reason }: AnswerReport, most: number): readonly string[] {
  if (answer === undefined) return [];
  return [quoted(`${side}, score ${score(value)}${reason ? ` (${plain.code(reason)})` : ''}`, answer, most)];
}

function flipText({ id, input, expected, base, head, flaky }: FlipReport, most: number): string {
  return [
    `  ${plain.code(id)} ${score(base.score)} → ${score(head.score)}${flaky ? ' (flaky)' : ''}`,
    ...(input === undefined ? [] : [quoted('input', input, most)]),
    ...(expected === undefined ? [] : [quoted('expected', typeof expected === 'string' ? expected : JSON.stringify(expected), most)]),
    ...answer('base', base, most),
    ...answer('PR', head, most),
  ].join('\n');
}

/** The examples that changed in one direction, worst first. */
export function examples(report: Report, change: FlipReport['change'], allowance: Allowance, screen: Screen): string {
  const all = shownFlips(report, change, allowance);
  const { shown, total } = flipTotals(all);
  const title = ({ prompt }: ShownFlips): readonly string[] => (report.prompts.length > 1 ? [`${plain.code(prompt.path)}:`] : []);
  const texts = all
    .filter(({ flips }) => flips.length > 0)
    .flatMap((each) => [...title(each), ...each.flips.map((flip) => flipText(flip, allowance.text))]);
  const count = shown === total ? grouped(total) : `${grouped(shown)} of ${grouped(total)}`;
  return block(`${titles[change]} (${count})`, texts.join('\n'), screen);
}
