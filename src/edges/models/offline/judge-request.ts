import type { Message } from '../../../domain/prompt.ts';

/** What a rubric says about one criterion. */
export interface AskedCriterion {
  readonly key: string;
  readonly question: string;
  readonly rules: readonly string[];
  /** From the worst to the best. */
  readonly levels: readonly string[];
}

/** A request to grade, taken apart: the rubric of the instructions, and the texts between fences. */
export interface JudgeRequest {
  readonly mark: string;
  readonly criteria: readonly AskedCriterion[];
  /** By name, such as ANSWER. */
  readonly materials: ReadonlyMap<string, string>;
}

/** The rubric stands in the system message, and what is to be graded in the other, each of its lines behind "| ": a line without that is no text. */
export function readJudgeRequest(messages: readonly Message[]): JudgeRequest | undefined {
  const [system, user] = messages;
  if (system?.role !== 'system' || user?.role !== 'user' || messages.length !== 2) return undefined;
  const mark = /^The mark is ([0-9a-f]{16})\.$/m.exec(user.content.slice(0, 200))?.[1];
  const criteria = criteriaIn(system.content);
  if (mark === undefined || criteria.length === 0) return undefined;
  return { mark, criteria, materials: materialsIn(user.content, mark) };
}

function criteriaIn(instructions: string): readonly AskedCriterion[] {
  const [, rubric = ''] = instructions.split('# Criteria\n\n', 2);
  const sections = rubric.split('\n\n# Reply')[0]!.split(/^## /m).slice(1);
  return sections.map(criterionOf).filter(({ levels }) => levels.length > 1);
}

function criterionOf(section: string): AskedCriterion {
  const [key = '', ...lines] = section.trim().split('\n');
  const starting = (start: RegExp) => lines.filter((line) => start.test(line)).map((line) => line.replace(start, ''));
  const [rule, level] = [/^- /, /^Level \d+: /];
  const question = lines.filter((line) => !rule.test(line) && !level.test(line)).join('\n');
  return { key, question, rules: starting(rule), levels: starting(level) };
}

function materialsIn(text: string, mark: string): ReadonlyMap<string, string> {
  const materials = new Map<string, string>();
  let open: { readonly name: string; readonly lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const fence = line.startsWith('=====') && line.includes(mark) ? /^===== (END )?([A-Z ]{1,20}) [0-9a-f]{16} =====$/.exec(line) : null;
    if (fence && fence[1] === undefined) open = { name: fence[2]!, lines: [] };
    else if (fence && open) {
      materials.set(open.name, open.lines.join('\n'));
      open = undefined;
    } else if (line.startsWith('| ')) open?.lines.push(line.slice(2));
  }
  return materials;
}
