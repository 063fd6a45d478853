import type { ConsultBound, Revisions } from '../domain/ports.ts';
import { fits } from '../evaluate/caps.ts';
import { costOf, type PlanCost } from '../evaluate/cost.ts';
import { type Plan, planTrials } from '../evaluate/plan.ts';
import type { PriceReport } from '../report/model.ts';
import type { Settings } from '../settings/settings.ts';
import { acrossModels } from './across-models.ts';
import { concernedPrompts, noPromptNotes, refuseIdleGlobs } from './concerned.ts';
import { besides } from './consults.ts';
import { digestOf } from './digest.ts';
import type { Ground } from './ground.ts';
import type { Measurement } from './measurement.ts';
import { type Request, readPolicy } from './policy.ts';
import { type Case, prepare } from './prepare.ts';
import { priced } from './prices.ts';
import { proposalOf } from './proposal.ts';
import { type PullRequestSpend, pullRequestSpend, tightened } from './pull-request-caps.ts';
import { withoutFunctions, withoutProposal, withoutRemoteModels } from './untrusted.ts';
import type { KnownLooks, World } from './world.ts';

/** Everything known before the first call. */
export interface Prepared {
  readonly revisions: Revisions;
  /** Their caps no higher than what is left of the pull request's. */
  readonly settings: Settings;
  /** Of all models that may be asked. */
  readonly prices: readonly PriceReport[];
  /** Present where there are caps on a whole pull request, and this is one. */
  readonly pullRequest?: PullRequestSpend;
  /** In path order. */
  readonly cases: readonly Case[];
  /** What decides comes first, so that a run that is stopped leaves that whole. */
  readonly plan: Plan;
  /** Of everything that decides, but for the answers; absent where nothing is to be asked. */
  readonly digest?: string;
  /** What the pull request knows of earlier searches; absent where there is none, or nothing is to be asked. */
  readonly known?: KnownLooks;
  /** Present where only the embedded model may be asked. */
  readonly withoutKey?: true;
  /** What to tell about all of them. */
  readonly notes: readonly string[];
}

type LookUpWorld = Pick<World, 'openRevisions' | 'earlierSpend' | 'earlierLooks' | 'listedPrices' | 'version' | 'fallbackEndpoint'>;

/** Finds the prompts concerned and makes them ready, without a call. UserError where the settings are wrong. */
export async function lookUp(request: Request, world: LookUpWorld): Promise<Prepared> {
  const revisions = await world.openRevisions();
  const settings = await readPolicy(revisions, request);
  const origin = { revisions, settings, config: request.config };
  const ground: Ground = { ...origin, proposal: await proposalOf(origin) };
  await refuseIdleGlobs(ground);
  const across = request.models === undefined ? undefined : await acrossModels(request.models, ground);
  const { cases: prepared, known } = across === undefined ? await changedCases(ground, world) : { cases: across.cases, known: undefined };
  const cases = prepared
    .filter(isWorthTelling)
    .map((one) => (request.onlyTexts ? withoutProposal(one) : one))
    .map((one) => (request.withoutKey ? withoutRemoteModels(one) : one))
    .map((one) => (request.withoutFunctions ? withoutFunctions(one) : one));
  const spend = cases.some(asks) ? await pullRequestSpend(settings, world) : undefined;
  const { settings: withPrices, prices } = await priced(cases, settings, world);
  const capped = tightened(withPrices, spend);
  const planned = withinCaps(cases, capped);
  const digest = planned.plan.length === 0 ? undefined : digestOf({ cases: planned.cases, settings }, world);
  return {
    revisions: across === undefined ? revisions : { ...revisions, base: revisions.head },
    settings: capped,
    prices,
    ...(spend && { pullRequest: spend }),
    ...planned,
    ...(digest !== undefined && { digest }),
    ...(known && { known }),
    ...(request.withoutKey && { withoutKey: true }),
    notes: [
      ...(cases.length === 0 ? await noPromptNotes(ground) : []),
      ...ground.proposal.notes,
      ...(across?.notes ?? []),
      ...planned.notes,
    ],
  };
}

/** What the pull request knows of earlier searches is looked up where there is a prompt that it could be about. */
async function changedCases(
  ground: Ground,
  { earlierLooks }: Pick<World, 'earlierLooks'>,
): Promise<{ readonly cases: readonly Case[]; readonly known: KnownLooks | undefined }> {
  const changes = await concernedPrompts(ground);
  const known = changes.length === 0 ? undefined : await earlierLooks?.(ground.settings);
  const cases = await Promise.all(changes.map((change) => prepare(change, { ...ground, ...(known && { known }) })));
  return { cases, known };
}

/** Whether there is something to ask about a prompt. */
export const asks = ({ gate, proposed }: Case): boolean => gate !== undefined || proposed !== undefined;

/** What is wrong with prompts and eval sets, a sentence each. */
export function faultsOf({ cases }: Prepared): string[] {
  return cases.flatMap(({ settled }) => (settled?.because.rule === 'bad-input' ? settled.because.sentences : []));
}

/** A prompt that only uses something that changed, and for which nothing came of it, is no news; that it gets an eval set is. */
function isWorthTelling({ change, settled, proposed, notes }: Case): boolean {
  const rule = settled?.because.rule;
  const isIdle = rule === 'same-requests' || rule === 'no-eval-set';
  return change.status !== 'affected' || !isIdle || proposed !== undefined || notes.length > 0;
}

/** Information yields to the gate: where not all fits below the caps, what decides nothing is left out. */
function withinCaps(cases: readonly Case[], settings: Settings): Pick<Prepared, 'cases' | 'plan' | 'notes'> {
  const all = planOf(cases);
  const { most } = costOfCases(cases, settings, all);
  if (fits(most, settings.caps) || cases.every(({ proposed }) => proposed === undefined)) return { cases, plan: all, notes: [] };
  const gates = cases.map((one): Case => ({ ...one, proposed: undefined }));
  const note = 'The eval sets and settings of this pull request were not tried beside the base branch’s: the caps leave no room for it.';
  return { cases: gates, plan: planOf(gates), notes: [note] };
}

/** What is to be measured, what decides first. */
export function measurementsIn(cases: readonly Case[]): Measurement[] {
  return [...cases.flatMap(({ gate }) => gate ?? []), ...cases.flatMap(({ proposed }) => proposed ?? [])];
}

/** What grading each subject's answers may ask. */
export function consultsOf(cases: readonly Case[]): (subject: string) => readonly ConsultBound[] {
  const bounds = new Map(measurementsIn(cases).map(({ subject, consults }) => [subject.name, consults]));
  return (subject) => bounds.get(subject) ?? [];
}

/** What all that is to be measured takes, whatever is known of it already. */
export function costOfCases(cases: readonly Case[], settings: Settings, plan: Plan = planOf(cases)): PlanCost {
  return costOf(plan, settings.prices, consultsOf(cases), besides(measurementsIn(cases), settings));
}

/** Every trial of what is to be measured. */
export function planOf(cases: readonly Case[]): Plan {
  return planTrials(measurementsIn(cases).map(({ subject }) => subject));
}
