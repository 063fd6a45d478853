import type { Distrust, Left } from '../domain/agreement.ts';
import type { Because } from '../domain/verdict.ts';
import type { Markup } from './markup.ts';
import { coefficient, counted, grouped } from './numbers.ts';

const leftNames: Readonly<Record<Left, string>> = {
  scorers: 'Decided without the judge, by the other scorers',
  constraints: 'Decided without the judge, by the constraints alone',
  nothing: 'This is the opinion of a judge alone, and blocks nothing',
};

/** What decides where a judge does not, and why it does not. */
export function advisorySentence({ left, distrust }: Extract<Because, { rule: 'advisory-judge' }>, markup: Markup): string {
  return `${leftNames[left]}: ${distrustClause(distrust, markup)}.`;
}

function distrustClause(distrust: Distrust, { prose }: Markup): string {
  switch (distrust.why) {
    case 'unlabelled':
      return 'no answers labelled by people show how far it agrees with them';
    case 'ungraded':
      return `it could not grade the answers that people labelled${distrust.sentence === undefined ? '' : ` (${prose(distrust.sentence)})`}`;
    case 'few-labels':
      return `it was held to ${counted(distrust.labels, 'answer')} that people labelled, and it takes ${grouped(distrust.least)}`;
    case 'uniform-labels':
      return `the labels of all ${counted(distrust.labels, 'answer')} are alike, so nothing shows that it agrees with people beyond chance`;
    default:
      return `its agreement with people may be as low as ${coefficient(distrust.lower)}, and ${coefficient(distrust.least)} is demanded (Krippendorff’s alpha)`;
  }
}
