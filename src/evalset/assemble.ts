import { ProblemList, readEach, refuse } from '../documents/limits.ts';
import type { Located } from '../documents/located.ts';
import { shown } from '../documents/words.ts';
import type { EvalSet, Example, Override, WrittenStages } from '../domain/evalset.ts';
import type { LargeFile } from '../domain/ports.ts';
import type { Problem } from '../domain/problem.ts';
import { joined, mapped, type Sequence, where } from '../domain/sequence.ts';
import { ListHash } from './canonical.ts';
import { FirstPlaces } from './first-places.ts';
import { indexRows } from './indexed-rows.ts';
import { type Row, repeated } from './row.ts';
import { checkedRows, readRows } from './rows.ts';

/** What the eval set's own file says besides the rows in other files. */
export interface EvalSetHead
  extends Pick<EvalSet, 'scorers' | 'constraints' | 'margin' | 'slices' | 'thresholds' | 'repeats' | 'functionFiles' | 'signature'> {
  /** Rows that stand in the file itself; they come before those of other files. */
  readonly rows: readonly Located<unknown>[];
  /** Each with the line of the eval set's own file on which it begins. */
  readonly overrides?: readonly (Override & { readonly line: number })[];
  readonly stages?: WrittenStages;
}

/** Why an example cannot be scored, as a clause; undefined if it can. */
export type Unscorable = (scoring: Pick<EvalSet, 'scorers' | 'constraints' | 'overrides'>, example: Example) => string | undefined;

/** A file of rows: its text, or the file itself where it is large. */
export type RowFile = { readonly file: string } & ({ readonly text: string } | { readonly large: LargeFile });

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
  const calibration = [...allRows(calibrationFiles.map(reading))].flatMap(({ skipped, example }) => (skipped ? [] : [example]));
  const kept = filtered(rows, (row) => !row.skipped);
  if (kept.length === 0) refuse([{ file: path, what: noExamples(rows.length), fix: 'Add one.' }]);
  const { scorers, constraints, margin, slices, thresholds, repeats, functionFiles } = head;
  const overrides = head.overrides?.length ? head.overrides.map(withoutLine) : undefined;
  const scoring = { scorers, constraints, ...(overrides && { overrides }), ...(functionFiles && { functionFiles }) };
  const labelled = calibration.length > 0 && { calibration };
  const { signature } = head;
  const stages = head.stages?.order;
  const policy = { margin, slices, thresholds, repeats, ...(stages && { stages }) };
  const decides = { ...scoring, policy, ...(labelled && { calibration: calibration.map(decisive) }) };
  const { digest, tags, isRated, repeatedIds, unfit } = lookThrough(kept, decides, (example) => unscorable(scoring, example));
  const problems = new ProblemList();
  problems.add(...idleOverrides(path, head.overrides ?? [], tags));
  problems.add(...idleStages(path, head.stages, tags, isRated));
  problems.addAll(repeatedIds).addAll(unfit);
  problems.add(...calibration.flatMap(labelProblem));
  problems.refuseAny();
  return {
    path,
    digest,
    examples: isArray(kept) ? kept.map(({ example }) => example) : mapped(kept, ({ example }) => example),
    ...labelled,
    skipped: rows.length - kept.length,
    ...scoring,
    ...policy,
    ...(signature && { signature }),
  };
}

/** What all rows together tell, each looked at once. */
function lookThrough(rows: Sequence<Row>, decides: object, unscorable: (example: Example) => string | undefined) {
  // Without lines and formatting: equal digests decide equally, wherever the rows stand.
  const hash = new ListHash(decides, 'examples');
  const tags = new Set<string>();
  let isRated = false;
  const [repeatedIds, unfit] = [new ProblemList(), new ProblemList()];
  const firstPlaces = new FirstPlaces(rows.length, (place) => rows.at(place)!.example.id);
  let place = 0;
  for (const row of rows) {
    const { example } = row;
    const earlier = firstPlaces.add(example.id, place);
    if (earlier !== undefined) repeatedIds.add(repeated(row, rows.at(earlier)!));
    unfit.add(...scoringProblem(example, unscorable(example)));
    for (const tag of example.tags) tags.add(tag);
    isRated ||= example.passRate !== undefined;
    hash.add(decisive(example));
    place += 1;
  }
  return { digest: hash.digest(), tags, isRated, repeatedIds, unfit };
}

function reading(rows: RowFile): () => Sequence<Row> {
  return () => ('large' in rows ? indexRows(rows.file, rows.large) : readRows(rows.file, rows.text));
}

function allRows(sources: readonly (() => Sequence<Row>)[]): Sequence<Row> {
  const rows = readEach(sources, (read) => read());
  return rows.every(isArray) ? rows.flat() : rows.filter(({ length }) => length > 0).reduce(joined);
}

const isArray = <T>(rows: Sequence<T>): rows is readonly T[] => Array.isArray(rows);

/** What is in memory stays there. */
function filtered<T>(rows: Sequence<T>, holds: (row: T) => boolean): Sequence<T> {
  return isArray(rows) ? rows.filter(holds) : where(rows, holds);
}

function noExamples(skipped: number): string {
  return skipped === 0 ? 'the eval set has no examples' : `the eval set has no examples besides ${skipped} skipped`;
}

function withoutLine({ tag, scorers, constraints }: Override): Override {
  return { tag, ...(scorers && { scorers }), ...(constraints && { constraints }) };
}

/** An override that concerns no row is likely a slip of the pen. */
function idleOverrides(file: string, overrides: NonNullable<EvalSetHead['overrides']>, tags: ReadonlySet<string>): Problem[] {
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

/** So is a stage that no row is of. */
function idleStages(file: string, written: WrittenStages | undefined, tags: ReadonlySet<string>, isRated: boolean): Problem[] {
  if (written === undefined) return [];
  const { order, lines } = written;
  const idle = (at: number, key: string, what: string, fix: string): Problem => ({ file, line: lines[at]!, key, what, fix });
  if (order === 'passRate') return isRated ? [] : [idle(0, 'stages', 'no example has a passRate', 'Give rows one, or name tags.')];
  return order.flatMap((tag, at) =>
    tags.has(tag) ? [] : [idle(at, `stages[${at}]`, `no example has the tag ${shown(tag)}`, 'Mend the tag, or remove it.')],
  );
}

function scoringProblem({ source }: Example, why: string | undefined): Problem[] {
  return why === undefined ? [] : [{ ...source, what: why, fix: 'Mend the row or the scorer.' }];
}

/** What decides of an example: all but where it stands. */
const decisive = ({ id, input, vars, messages, expected, answer, human, tags, cluster, passRate }: Example): Omit<Example, 'source'> => ({
  id,
  input,
  vars,
  messages,
  expected,
  answer,
  human,
  tags,
  cluster,
  passRate,
});

function labelProblem({ human, source }: Example): Problem[] {
  return human === undefined ? [{ ...source, key: 'human', what: 'nobody labelled this row', fix: 'Give it "answer" and "human".' }] : [];
}
