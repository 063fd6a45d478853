import type { Tree } from '../domain/ports.ts';

/** Names of subjects: a prompt's path, with a mark for what is measured as information only. */
export const subjectName = (path: string, proposed: boolean): string => `${proposed ? 'proposed' : 'gate'}:${path}`;

/** Where a file was looked for, as a phrase: a commit by its first seven digits, or a folder. */
export function placeIn({ revision }: Pick<Tree, 'revision'>): string {
  if (revision === 'working tree') return 'in the working tree';
  return /^[\da-f]{40}$/.test(revision) ? `at ${revision.slice(0, 7)}` : `in ${revision}`;
}

/** The name of an example whose id is withheld: whoever may read the eval set finds it by that. */
export const placeName = (place: number): string => `#${place + 1}`;
