import type { EvalSet, Example, HumanLabel } from '../domain/evalset.ts';
import { type Problem, UserError } from '../domain/problem.ts';
import type { Score } from '../domain/score.ts';
import type { Rated, RatedLevel } from '../gate/agreement.ts';
import { pairwiseIn, rubricIn } from '../scorers/judge/assigned.ts';
import { type Criterion, levelValue } from '../scorers/judge/criterion.ts';
import type { Rubric } from '../scorers/judge/rubric.ts';
import { everyScorer } from '../scorers/overrides.ts';

/** An answer with what people say of it. */
export type Labelled = Example & Required<Pick<Example, 'answer' | 'human'>>;

/** Every labelled answer that an eval set brings along: rows for that purpose first. */
export function labelledRows({ calibration = [], examples }: Pick<EvalSet, 'calibration' | 'examples'>): readonly Labelled[] {
  const labelled: Labelled[] = calibration.filter(isLabelled);
  for (const example of examples) if (isLabelled(example)) labelled.push(example);
  return labelled;
}

function isLabelled(row: Example): row is Labelled {
  return row.answer !== undefined && row.human !== undefined;
}

/** UserError for labels that no rubric can be held to: of criteria that none has, of levels beyond the best, of rows that lack what it needs. */
export function refuseIdleLabels(evalSet: EvalSet): void {
  const judged = everyScorer(evalSet)
    .flatMap((spec) => rubricIn(spec) ?? pairwiseIn(spec) ?? [])
    .filter(({ criteria }) => criteria.length > 0);
  if (judged.length === 0) return;
  const problems = labelledRows(evalSet).flatMap((row) => [
    ...levelProblems(row, judged),
    ...judged.flatMap((rubric) => needProblem(row, rubric)),
  ]);
  if (problems.length > 0) throw new UserError(...problems.slice(0, MOST_PROBLEMS));
}

const MOST_PROBLEMS = 10;

type Judged = Pick<Rubric, 'criteria' | 'requires'>;

function levelProblems({ human, source }: Labelled, rubrics: readonly Judged[]): Problem[] {
  const criteria = new Map(rubrics.flatMap((rubric) => rubric.criteria.map((criterion) => [criterion.name, criterion])));
  const given = human.flatMap((label) => (typeof label === 'object' ? Object.entries(label) : []));
  return given.flatMap(([name, level]) => {
    const best = criteria.get(name)?.levels.length;
    const wrong = (what: string, fix: string) => [{ ...source, key: `human.${name}`, what, fix }];
    if (best === undefined) return wrong('no rubric has this criterion', `There are: ${[...criteria.keys()].join(', ')}.`);
    return level > best ? wrong(`${level} is no level of it`, `Write one from 1 to ${best}.`) : [];
  });
}

function needProblem(row: Labelled, rubric: Judged): Problem[] {
  const what = rubric.requires(row);
  return what === undefined ? [] : [{ ...row.source, key: 'human', what, fix: 'Mend the row, or remove its label.' }];
}

/** What people and a rubric's judge make of one answer. People who gave levels are compared with on the criteria they gave them for. */
export function ratedOf({ human, cluster }: Labelled, score: Score, { criteria, passMark }: Rubric): Rated | undefined {
  const compared = human.flatMap((label) => comparedWith(label, score, criteria, passMark) ?? []);
  if (compared.length === 0) return undefined;
  const mean = (read: (one: Compared) => number) => compared.reduce((sum, one) => sum + read(one), 0) / compared.length;
  return {
    people: mean((one) => one.people),
    judge: mean((one) => one.judge),
    peoplePass: mean((one) => Number(one.peoplePass)) > 0.5,
    judgePass: mean((one) => Number(one.judgePass)) > 0.5,
    levels: criteria.flatMap((criterion) => levelOf(criterion, human, score) ?? []),
    ...(cluster !== undefined && { cluster }),
  };
}

type Compared = Pick<Rated, 'people' | 'judge' | 'peoplePass' | 'judgePass'>;

const rounding = 1e-9;

function comparedWith(label: HumanLabel, score: Score, criteria: readonly Criterion[], passMark: number): Compared | undefined {
  const passes = (value: number) => value >= passMark - rounding;
  if (typeof label === 'boolean') return { people: Number(label), judge: Number(score.pass), peoplePass: label, judgePass: score.pass };
  if (typeof label === 'number') return { people: label, judge: score.value, peoplePass: passes(label), judgePass: score.pass };
  const named = criteria.filter(({ name }) => Object.hasOwn(label, name));
  if (named.length === 0) return undefined;
  const weights = named.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (value: (criterion: Criterion) => number) => named.reduce((sum, one) => sum + one.weight * value(one), 0) / weights;
  const [people, judge] = [mean((one) => levelValue(label[one.name]!, one)), mean(({ name }) => valueIn(score, name))];
  return { people, judge, peoplePass: passes(people), judgePass: passes(judge) };
}

const valueIn = ({ criteria = [] }: Score, name: string): number => criteria.find((criterion) => criterion.name === name)!.value;

/** Both on the scale of levels; several people's by their mean. */
function levelOf(criterion: Criterion, human: readonly HumanLabel[], score: Score): RatedLevel | undefined {
  const { name, levels } = criterion;
  const given = human.flatMap((label) => (typeof label === 'object' && Object.hasOwn(label, name) ? [label[name]!] : []));
  if (given.length === 0) return undefined;
  const people = given.reduce((sum, level) => sum + level, 0) / given.length;
  return { criterion: name, people, judge: 1 + valueIn(score, name) * (levels.length - 1), of: levels.length };
}

/** Two labelled answers to one question. */
export type LabelledPair = readonly [first: Labelled, second: Labelled];

/** Neighbours among the labelled answers to each question, so that every answer counts at most twice. */
export function labelledPairs(rows: readonly Labelled[]): readonly LabelledPair[] {
  const last = new Map<string, Labelled>();
  return rows.flatMap((row): LabelledPair[] => {
    const question = JSON.stringify([row.input, row.vars, row.messages]);
    const earlier = last.get(question);
    last.set(question, row);
    return earlier === undefined ? [] : [[earlier, row]];
  });
}

/** Which of two answers people prefer, and which the judge: 1 the second, 0 the first, 0.5 neither. */
export function ratedPair(first: Labelled, second: Labelled, { value }: Score, criteria: readonly Criterion[]): Rated | undefined {
  const [one, other] = [first, second].map(({ human }) => worthOf(human, criteria));
  if (one === undefined || other === undefined) return undefined;
  const people = Math.abs(other - one) <= rounding ? 0.5 : Number(other > one);
  const cluster = second.cluster ?? first.cluster;
  return { people, judge: value, peoplePass: people > 0.5, judgePass: value > 0.5, levels: [], ...(cluster !== undefined && { cluster }) };
}

/** What people say an answer is worth, in [0, 1]: the mean over their labels. */
function worthOf(human: readonly HumanLabel[], criteria: readonly Criterion[]): number | undefined {
  const worths = human.flatMap((label) => {
    if (typeof label !== 'object') return [Number(label)];
    const named = criteria.filter(({ name }) => Object.hasOwn(label, name));
    const weights = named.reduce((sum, { weight }) => sum + weight, 0);
    return named.length === 0 ? [] : [named.reduce((sum, one) => sum + one.weight * levelValue(label[one.name]!, one), 0) / weights];
  });
  return worths.length === 0 ? undefined : worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
}
