import type { PromptReport } from './model.ts';

/** Lines of a file of the pull request's head, 1-based and both inclusive. */
export interface Place {
  /** From the repository's root. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Where a prompt was changed: in its own file or in partials it draws in. The file's first line stands for changes elsewhere, such as of
 * an eval set; the line before, for lines that were taken out. `root`: where the report's paths begin, with a trailing slash or empty.
 */
export function placesOf({ path, edits = [] }: PromptReport, root: string): readonly Place[] {
  const places = edits.flatMap((edit) =>
    edit.hunks.map(({ newStart, newCount }): Place => {
      const startLine = newCount === 0 ? Math.max(1, newStart - 1) : newStart;
      return { path: root + edit.path, startLine, endLine: startLine + Math.max(1, newCount) - 1 };
    }),
  );
  return places.length > 0 ? places : [{ path: root + path, startLine: 1, endLine: 1 }];
}
