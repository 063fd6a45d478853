import type { EvalSet } from '../domain/evalset.ts';
import type { ConsultBound } from '../domain/ports.ts';
import type { UserError } from '../domain/problem.ts';
import type { Version } from '../domain/prompt.ts';
import { mapped } from '../domain/sequence.ts';
import type { ModelRequest } from '../domain/trial.ts';
import type { ExampleRequests, Subject } from '../evaluate/plan.ts';
import { type Design, designOf } from '../gate/design.ts';
import { clustersOf } from '../gate/evidence.ts';
import type { Rules } from '../gate/gate.ts';
import type { Meter } from '../metrics/meter.ts';
import { pairwiseOfSet } from '../scorers/judge/assigned.ts';
import { metersOf } from '../scorers/score.ts';
import type { Settings } from '../settings/settings.ts';
import { consultBounds } from './consults.ts';
import { requestsOf, type Versions } from './example-requests.ts';
import { judgedBy, judgesOf, refuseJudgesModel } from './judges.ts';
import { refuseIdleLabels } from './labels.ts';
import { type ModelDefaults, modelOf } from './requests.ts';
import { limitedParams } from './trial-caps.ts';

/** Something to measure: what each arm asks about each example, and what the answers are judged by. */
export interface Measurement {
  readonly subject: Subject;
  readonly evalSet: EvalSet;
  /** What makes metrics of what its scorers observe. */
  readonly meters: readonly Meter[];
  /** What grading one answer may ask of a model; absent: nothing. */
  readonly consults?: readonly ConsultBound[];
  readonly rules: Rules;
  /** When it is looked at. */
  readonly design: Design;
  readonly models: { readonly base?: string; readonly head: string };
  /** Models that grade, sorted. */
  readonly judges: readonly string[];
  /** Hashes of the texts of each arm. */
  readonly versions: { readonly base?: string; readonly head: string };
  /** Whether both arms ask the same of the same model, so that there is nothing to compare. */
  readonly same: boolean;
  /** Why the base cannot be asked although it is there; it is left out then. */
  readonly baseFault?: UserError;
}

/**
 * Makes the requests of both arms, and names who judges. UserError where the head has a variable without a value, or no model, or where a
 * judge is missing or not allowed.
 * A base with such a fault is left out: the pull request may be what mends it. `before`: the settings that the base runs on, where they are others.
 */
export function measurementOf(name: string, versions: Versions, given: EvalSet, settings: Settings, before = settings): Measurement {
  const defaults = modelDefaults(settings);
  const standing = modelDefaults(before);
  const evalSet = judgedBy(given, taskModel(versions, defaults), settings);
  refuseIdleLabels(evalSet);
  const { examples, same, baseFault } = requestsOf(versions, evalSet, { base: standing, head: defaults });
  const base = baseFault === undefined ? versions.base : undefined;
  const models = { ...(base && { base: modelOf(base, standing) }), head: modelOf(versions.head, defaults) };
  refuseJudgesModel(given.path, Object.values(models), settings);
  const repeats = evalSet.repeats ?? settings.repeats;
  return {
    subject: { name, seed: evalSet.digest, repeats, examples },
    evalSet,
    meters: metersOf(evalSet),
    rules: rulesOf(evalSet, settings),
    design: designFor(evalSet, repeats, settings),
    models,
    judges: judgesOf(evalSet),
    consults: consultBounds(evalSet, longestAnswer([versions.base, versions.head], defaults)),
    versions: { ...(base && { base: base.hash }), head: versions.head.hash },
    same,
    ...(baseFault && { baseFault }),
  };
}

/** Most tokens that any answer has; undefined where one has no limit. */
function longestAnswer(versions: readonly (Version | undefined)[], { params, caps }: ModelDefaults): number | undefined {
  const limits = versions.flatMap((version) => (version === undefined ? [] : [limitedParams({ ...params, ...version.params }, caps)]));
  const most = Math.max(0, ...limits.map(({ maxOutputTokens }) => maxOutputTokens ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(most) ? most : undefined;
}

/** What the base runs on, so that a pull request changes nothing about who judges; a new prompt's own where there is no base. */
function taskModel({ base, head }: Versions, defaults: ModelDefaults): string {
  return (base && (base.model?.name ?? defaults.name)) ?? modelOf(head, defaults);
}

function rulesOf({ margin, slices }: EvalSet, { gate }: Settings): Rules {
  return {
    alpha: gate.alpha,
    margin: margin ?? gate.margin,
    protected: gate.protected,
    slices: slices.includes('tags'),
    strict: gate.onInconclusive === 'fail',
  };
}

/** The looks for early harm count on examples that stand alone, and on scores that are there while the run goes on. */
function designFor(evalSet: EvalSet, repeats: number, { gate: { alpha, earlyStop, settle } }: Settings): Design {
  return designOf(alpha, repeats, {
    earlyStop: earlyStop && clustersOf(evalSet.examples) === undefined && pairwiseOfSet(evalSet) === undefined,
    ...(settle && { settle }),
  });
}

/** The head's request, made where it is looked at. */
class HeadAlone {
  readonly #requests: ExampleRequests['requests'];

  constructor(requests: ExampleRequests['requests']) {
    this.#requests = requests;
  }

  get head(): ModelRequest | undefined {
    return this.#requests.head;
  }
}

/** The same without its base arm: where both sides are equal, one of them tells all there is to tell. */
export function headOnly(measurement: Measurement): Measurement {
  const examples = mapped(measurement.subject.examples, ({ exampleId, requests }) => ({ exampleId, requests: new HeadAlone(requests) }));
  return {
    ...measurement,
    subject: { ...measurement.subject, examples },
    models: { head: measurement.models.head },
    versions: { head: measurement.versions.head },
  };
}

/** What a prompt's front matter leaves open. */
function modelDefaults({ model: { name, ...params }, caps }: Settings): ModelDefaults {
  return { ...(name === undefined ? {} : { name }), params, caps };
}
