import { type AskedCriterion, type JudgeRequest, readJudgeRequest } from '../judge-request.ts';
import { levelFor, type Overlap, overlapOf } from '../overlap.ts';
import { sentencesOf } from '../text.ts';
import type { Asked } from './skill.ts';

/**
 * Grades by overlap of words, criterion by criterion, and gives the verdict in the form that judges are asked for. It understands nothing:
 * what an answer says about grades, or copies from the rubric, is left out of it before words are counted. Undefined where no grade is asked for.
 */
export function grade({ request }: Asked): string | undefined {
  const asked = readJudgeRequest(request.messages);
  if (asked === undefined) return undefined;
  const { mark, criteria, materials } = asked;
  if (materials.has('ANSWER A')) return JSON.stringify({ mark, ...preference(asked) });
  const findings = criteria.map((criterion) => [criterion.key, finding(criterion, overlap(asked, criterion, 'ANSWER'))] as const);
  return JSON.stringify({ mark, ...Object.fromEntries(findings) });
}

function overlap({ materials, criteria }: JudgeRequest, criterion: AskedCriterion, name: string): Overlap {
  return overlapOf(criterion, withoutPleas(materials.get(name) ?? '', criteria), materials);
}

function finding({ levels }: AskedCriterion, found: Overlap): { readonly reason: string; readonly level: number } {
  return { reason: `${found.shared} of ${found.of} ${found.what}`, level: levelFor(found, levels.length) };
}

/** The answer with the greater mean share over all criteria. */
function preference(asked: JudgeRequest): { readonly reason: string; readonly better: string } {
  const mean = (name: string) => {
    const overlaps = asked.criteria.map((criterion) => overlap(asked, criterion, name));
    return overlaps.reduce((sum, { shared, of }) => sum + (of === 0 ? 0 : shared / of), 0) / overlaps.length;
  };
  const [a, b] = [mean('ANSWER A'), mean('ANSWER B')];
  const reason = `the answers have ${a.toFixed(3)} and ${b.toFixed(3)} of the words looked for`;
  if (a === b) return { reason, better: 'neither' };
  return { reason, better: a > b ? 'A' : 'B' };
}

const aboutGrades =
  /\b(?:levels?|grad(?:e[sd]?|ing)|rubrics?|criteri(?:on|a)|judges?|verdicts?|scor(?:e[sd]?|ing)|full marks|top marks|evaluat\w+|instructions?|\d+\s*(?:\/|out of)\s*(?:5|10|100))\b/i;

/** The answer without sentences about grades, and without those that repeat a rule or a level of the rubric. */
function withoutPleas(answer: string, criteria: readonly AskedCriterion[]): string {
  const copied = criteria.flatMap(({ rules, levels }) => [...rules, ...levels]).filter((text) => text.split(/\s+/).length > 2);
  const isPlea = (sentence: string) => aboutGrades.test(sentence) || copied.some((text) => sentence.toLowerCase().includes(bare(text)));
  return sentencesOf(answer)
    .filter((sentence) => !isPlea(sentence))
    .join('\n');
}

const bare = (text: string): string => text.toLowerCase().replace(/[.;]$/, '');
