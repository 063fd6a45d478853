import { UserError } from '../../domain/problem.ts';
import { picked } from '../../domain/sequence.ts';
import { isFailure } from '../../domain/trial.ts';
import type { GradeTrial } from '../../evaluate/grading.ts';
import { planTrials, type Subject } from '../../evaluate/plan.ts';
import { runTrials } from '../../evaluate/run.ts';
import type { CandidateTrial } from '../../search/decide.ts';
import type { Outcome } from '../../search/row.ts';
import type { SearchPorts } from '../../search/search.ts';
import { nothing, plus, type Spend } from '../../search/spend.ts';
import { Batch } from './batch.ts';
import type { Means } from './means.ts';
import { outcomesIn, type Scored } from './rows.ts';
import { measurementWith, type Searchable } from './searchable.ts';
import { type Spending, spendOf } from './spending.ts';

/** A version's part of a batch. */
interface Part {
  readonly subject: Subject;
  /** By place in the subject: the trial's number in the batch, and the example's place in the eval set. */
  readonly places: readonly { readonly at: number; readonly example: number }[];
}

/** Asks versions about examples as the check asks its two sides: same requests, same scorers, same repeats. */
export function evaluating(one: Searchable, means: Means, spending: Spending): SearchPorts['evaluate'] {
  const placeOf = new Map([...one.measurement.evalSet.examples].map(({ id }, place) => [id, place]));
  const outcomeOf = outcomesIn(one.measurement.evalSet);
  return async (trials, allowance, settled) => {
    const parts = await partsOf(trials, placeOf, one, means);
    const batch = new Batch<Outcome | undefined>(settled);
    const runs = new Map<number, { readonly scored: Scored[]; spend: Spend }>();
    const { repeats } = one.measurement.subject;

    const grade: GradeTrial = async ({ subject, example }, answer, consult) => {
      const { at, example: place } = parts.get(subject)!.places[example]!;
      const request = parts.get(subject)!.subject.examples.at(example)!.requests.head!;
      let spend = spendOf(request, answer, means.settings);
      const grading = await means.grade(answer, one.measurement.evalSet.examples.at(place)!, async (asked, repeat) => {
        const reply = await consult(asked, repeat);
        spend = plus(spend, reply.kind === 'answer' ? spendOf(asked, reply, means.settings) : nothing);
        return reply;
      });
      const so = runs.get(at) ?? { scored: [], spend: nothing };
      so.spend = plus(so.spend, spend);
      runs.set(at, so);
      if (!isFailure(grading)) so.scored.push({ answer, score: grading });
      if (so.scored.length === repeats) batch.settle(at, so.spend, outcomeOf(place, so.scored));
      return grading;
    };

    const plan = planTrials([...parts.values()].map(({ subject }) => subject));
    const outcome = await runTrials(plan, {
      ...spending.options(means.model, allowance),
      consults: () => means.consults,
      grade,
    });
    spending.add(outcome);
    if (batch.end(trials.length, undefined, outcome, spending.lost)) spending.lost = nothing;
  };
}

/** By subject, the versions of a batch with the examples that each is asked about. One that makes no requests is left out: its trials fail. */
async function partsOf(
  trials: readonly CandidateTrial[],
  placeOf: ReadonlyMap<string, number>,
  one: Searchable,
  { settings }: Means,
): Promise<ReadonlyMap<string, Part>> {
  const parts = new Map<string, Part>();
  for (const candidate of new Set(trials.map((trial) => trial.candidate))) {
    const own = trials.flatMap((trial, at) => (trial.candidate === candidate ? [{ ...trial, at, example: placeOf.get(trial.row)! }] : []));
    const name = `candidate:${candidate}`;
    const subject = await subjectOf(own[0]!.text, name, one, settings);
    if (subject === undefined) continue;
    const examples = picked(
      subject.examples,
      own.map(({ example }) => example),
    );
    parts.set(name, { subject: { ...subject, examples }, places: own.map(({ at, example }) => ({ at, example })) });
  }
  return parts;
}

async function subjectOf(text: string, name: string, one: Searchable, settings: Means['settings']): Promise<Subject | undefined> {
  try {
    return (await measurementWith(text, name, one, settings)).subject;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}
