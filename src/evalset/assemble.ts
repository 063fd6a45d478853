import { refuse, refuseAny } from '../documents/limits.ts';
import type { Located } from '../documents/located.ts';
import type { EvalSet, Example, Override } from '../domain/evalset.ts';
import { type Problem, UserError } from '../domain/problem.ts';
import { contentHash } from './canonical.ts';
import { type Row, repeatedRows } from './row.ts';
import { checkedRows, readRows } from './rows.ts';

/** What the eval set's own file says besides the rows in other files. */
export interface EvalSetHead
  extends Pick<EvalSet, 'scorers' | 'constraints' | 'margin' | 'slices' | 'thresholds' | 'repeats' | 'functionFiles' | 'signature'> {
  /** Rows that stand in the file itself; they come before those of other files. */
  readonly rows: readonly Located<unknown>[];
  /** Each with the line of the eval set's own file on which it begins. */
  readonly overrides?: readonly (Override & { readonly line: number })[];
}

/** Why an example cannot be scored, as a clause; undefined if it can. */
export type Unscorable = (scoring: Pick<EvalSet, 'scorers' | 'constraints' | 'overrides'>, example: Example) => string | undefined;

/**
 * The eval set at `path`, its examples in the order of the rows. UserError with everything that is wrong with the rows: two alike,
 * none at all, or one that the scorers can make nothing of.
 */
export function assembleEvalSet(
  path: string,
  head: EvalSetHead,
  rowFiles: readonly RowFile[],
  unscorable: Unscorable = () => undefined,
  calibrationFiles: readonly RowFile[] = [],
): EvalSet {
  const rows = allRows([() => checkedRows(head.rows), ...rowFiles.map(reading)]);
  const calibration = allRows(calibrationFiles.map(reading)).flatMap(({ skipped, example }) => (skipped ? [] : [example]));
  const kept = rows.filter((row) => !row.skipped);
  if (kept.length === 0) refuse([{ file: path, what: noExamples(rows.length), fix: 'Add one.' }]);
  const examples = kept.map((row) => row.example);
  const { scorers, constraints, margin, slices, thresholds, repeats, functionFiles } = head;
  const overrides = head.overrides?.length ? head.overrides.map(withoutLine) : undefined;
  const scoring = { scorers, constraints, ...(overrides && { overrides }), ...(functionFiles && { functionFiles }) };
  refuseAny([
    ...idleOverrides(path, head.overrides ?? [], examples),
    ...repeatedRows(kept),
    ...examples.flatMap((example) => scoringProblem(example, unscorable(scoring, example))),
    ...calibration.flatMap(labelProblem),
  ]);
  const labelled = calibration.length > 0 && { calibration };
  const { signature } = head;
  const policy = { margin, slices, thresholds, repeats };
  return {
    path,
    digest: digestOf(examples, { ...scoring, policy, ...(labelled && { calibration: calibration.map(withoutSource) }) }),
    examples,
    ...labelled,
    skipped: rows.length - kept.length,
    ...scoring,
    ...policy,
    ...(signature && { signature }),
  };
}

interface RowFile {
  readonly file: string;
  readonly text: string;
}

const reading =
  ({ file, text }: RowFile) =>
  () =>
    readRows(file, text);

/** Reads every source before it throws, so that one run names what is wrong with all of them. */
function allRows(sources: readonly (() => readonly Row[])[]): readonly Row[] {
  const problems: Problem[] = [];
  const rows = sources.flatMap((read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  refuseAny(problems);
  return rows;
}

function noExamples(skipped: number): string {
  return skipped === 0 ? 'the eval set has no examples' : `the eval set has no examples besides ${skipped} skipped`;
}

function withoutLine({ tag, scorers, constraints }: Override): Override {
  return { tag, ...(scorers && { scorers }), ...(constraints && { constraints }) };
}

/** An override that concerns no row is likely a slip of the pen. */
function idleOverrides(file: string, overrides: NonNullable<EvalSetHead['overrides']>, examples: readonly Example[]): Problem[] {
  const tags = new Set(examples.flatMap((example) => example.tags));
  return overrides
    .filter(({ tag }) => !tags.has(tag))
    .map(({ tag, line }) => ({
      file,
      line,
      key: `overrides.${tag}`,
      what: 'no example has this tag',
      fix: 'Mend the tag, or remove the override.',
    }));
}

function scoringProblem({ source }: Example, why: string | undefined): Problem[] {
  return why === undefined ? [] : [{ ...source, what: why, fix: 'Mend the row or the scorer.' }];
}

/** Without lines and formatting: equal digests decide equally, wherever the rows stand. */
function digestOf(examples: readonly Example[], decides: object): string {
  return contentHash({ examples: examples.map(withoutSource), ...decides });
}

const withoutSource = (example: Example) => ({ ...example, source: undefined });

function labelProblem({ human, source }: Example): Problem[] {
  return human === undefined ? [{ ...source, key: 'human', what: 'nobody labelled this row', fix: 'Give it "answer" and "human".' }] : [];
}
