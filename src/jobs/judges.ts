import { embedded } from '../domain/embedded.ts';
import type { EvalSet } from '../domain/evalset.ts';
import type { Price } from '../domain/policy.ts';
import { UserError } from '../domain/problem.ts';
import { judgeIn, withJudges } from '../scorers/judge/assigned.ts';
import type { JudgeOptions } from '../scorers/judge/options.ts';
import { everyScorer } from '../scorers/overrides.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * The eval set with a judge for each rubric that needs one: the rubric's own, else the settings', else a smaller model than `task`, the model that is
 * judged. UserError where none is known, or one that the settings do not allow: whoever changes an eval set must not choose what is paid for.
 */
export function judgedBy(evalSet: EvalSet, task: string, settings: Settings): EvalSet {
  const judged = withJudges(evalSet, (own) => {
    const judge = merged(own, settings.judge);
    if (judge.model !== undefined || judge.panel !== undefined) return judge;
    const model = smallerThan(task, settings);
    if (model === undefined) throw nobodyToJudge(evalSet, task);
    return { ...judge, model };
  });
  const allowed = new Set([settings.model.name, task, ...settings.models, ...modelsOf(settings.judge), embedded]);
  const foreign = judgesOf(judged).find((model) => !allowed.has(model));
  if (foreign !== undefined) throw foreignJudge(evalSet, foreign);
  return judged;
}

/**
 * Refuses a prompt that runs on a model which the judge's own endpoint serves: it would be asked there, with what is only for the judge.
 * UserError naming the eval set at `path`.
 */
export function refuseJudgesModel(path: string, tasks: readonly string[], { judge }: Settings): void {
  const shared = judge.endpoint && tasks.find((task) => task !== embedded && modelsOf(judge).includes(task));
  if (shared === undefined) return;
  throw new UserError({
    file: path,
    key: 'judge',
    what: `${JSON.stringify(shared)} is asked at the judge's own endpoint, and this prompt runs on it too`,
    fix: 'Name another model for one of the two, or remove judge.endpoint from the settings on the base branch.',
  });
}

/** Every model that grades, sorted. */
export function judgesOf(evalSet: EvalSet): readonly string[] {
  return [...new Set(everyScorer(evalSet).flatMap((spec) => judgeIn(spec)?.models ?? []))].sort();
}

/** The models that are named, none where that is left open. */
export const modelsOf = ({ model, panel }: JudgeOptions): readonly string[] => panel ?? (model === undefined ? [] : [model]);

/** What the rubric itself says counts; a model of its own overrules the settings' panel and the other way round. */
function merged(own: JudgeOptions, { model, panel, repeats, maxOutputTokens }: Settings['judge']): JudgeOptions {
  const namesNone = modelsOf(own).length === 0;
  return {
    ...(namesNone && model !== undefined && { model }),
    ...(namesNone && panel !== undefined && { panel }),
    ...(repeats !== undefined && { repeats }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...own,
  };
}

/** The cheapest of the models listed in the settings that costs less than the task's; the embedded model judges itself, for nothing. */
function smallerThan(task: string, { models, prices }: Settings): string | undefined {
  if (task === embedded) return embedded;
  const cost = (model: string): number => (Object.hasOwn(prices, model) ? sum(prices[model]!) : Number.POSITIVE_INFINITY);
  const smaller = models.filter((model) => cost(model) < cost(task) && Number.isFinite(cost(task)));
  return smaller.toSorted((a, b) => cost(a) - cost(b) || (a < b ? -1 : 1))[0];
}

const sum = ({ inputPer1M, outputPer1M }: Price): number => inputPer1M + outputPer1M;

function nobodyToJudge({ path }: EvalSet, task: string): UserError {
  return new UserError({
    file: path,
    key: 'judge',
    what: 'a judge is to grade, and no model is named for it',
    fix: `Name one, better a smaller one than ${JSON.stringify(task)}, in the settings on the base branch: judge: { model: … }.`,
  });
}

function foreignJudge({ path }: EvalSet, model: string): UserError {
  const name = JSON.stringify(model);
  return new UserError({
    file: path,
    key: 'judge',
    what: `${name} is not among the models that the settings allow`,
    fix: `A maintainer must list it in the settings on the base branch: judge: { model: ${name} }, or ${name} under models.`,
  });
}
