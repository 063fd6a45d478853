import type { AskedCriterion } from './judge-request.ts';
import { stemsOf } from './words.ts';

/** Which share of some words another text has too. */
export interface Overlap {
  readonly shared: number;
  readonly of: number;
  /** Whose words were looked for, in words. */
  readonly what: string;
}

/**
 * What a criterion looks for in an answer: the words of the REFERENCE where its question names that; whether the CONTEXT or the QUESTION has
 * the answer's own words where it names one of these; else the words of its rules and its best level.
 */
export function overlapOf({ question, rules, levels }: AskedCriterion, answer: string, materials: ReadonlyMap<string, string>): Overlap {
  const own = stems(answer);
  const reference = materials.get('REFERENCE');
  if (/\bREFERENCE\b/.test(question) && reference !== undefined) return share(stems(reference), own, 'words of the reference');
  for (const name of ['CONTEXT', 'QUESTION']) {
    const source = materials.get(name);
    if (new RegExp(`\\b${name}\\b`).test(question) && source !== undefined)
      return share(own, stems(source), `words of the answer stand in the ${name.toLowerCase()}`);
  }
  return share(stems([...rules, levels.at(-1)!].join(' ')), own, 'words of the rubric');
}

const stems = (text: string): ReadonlySet<string> => new Set(stemsOf(text));

function share(wanted: ReadonlySet<string>, present: ReadonlySet<string>, what: string): Overlap {
  return { shared: [...wanted].filter((stem) => present.has(stem)).length, of: wanted.size, what };
}

/** The level, from 1, whose step is nearest to the share. */
export function levelFor({ shared, of }: Overlap, levels: number): number {
  return of === 0 ? 1 : 1 + Math.round((shared / of) * (levels - 1));
}
