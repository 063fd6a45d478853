import type { EvalSet, Example } from '../domain/evalset.ts';
import { UserError } from '../domain/problem.ts';
import type { Version } from '../domain/prompt.ts';
import { mapped, remembered, type Sequence } from '../domain/sequence.ts';
import type { Arm, ModelRequest } from '../domain/trial.ts';
import { rankIn } from '../evalset/stages.ts';
import type { ExampleRequests } from '../evaluate/plan.ts';
import { requestKey } from '../evaluate/questions.ts';
import { type Asks, asksOf, Inspection, type ModelDefaults } from './requests.ts';

/** Requests of more examples than these are made anew whenever they are asked for. */
const MOST_REMEMBERED = 20_000;

export interface Versions {
  readonly base?: Version;
  readonly head: Version;
}

/** What each version asks, and what is wrong with it. */
interface Inspected {
  readonly examples: Sequence<ExampleRequests>;
  /** Whether both ask the same. */
  readonly same: boolean;
  /** Why the base cannot be asked although it is there. */
  readonly baseFault?: UserError;
}

/** The requests of both versions, each looked at once. UserError for what is wrong with the head's; a base that cannot be asked is left out. `defaults`: what each side's front matter leaves open. */
export function requestsOf(versions: Versions, evalSet: EvalSet, defaults: Readonly<Record<Arm, ModelDefaults>>): Inspected {
  const head = asksOf(versions.head, evalSet, defaults.head);
  const { base, baseFault } = versions.base === undefined ? {} : baseAsks(versions.base, evalSet, defaults.base);
  const examples = examplesOf(evalSet, { ...(base && { base }), head });
  const count = evalSet.examples.length;
  const inspections = { base: base && new Inspection(versions.base!, count), head: new Inspection(versions.head, count) };
  let same = base !== undefined;
  for (const { requests } of examples) {
    const asked = inspections.head.look(() => requests.head!);
    const before = inspections.base?.goesOn ? inspections.base.look(() => requests.base!) : undefined;
    same &&= asked !== undefined && before !== undefined && equal(before, asked);
    if (!inspections.head.goesOn) break;
  }
  const fault = inspections.head.fault();
  if (fault !== undefined) throw fault;
  const withoutBase = baseFault ?? inspections.base?.fault();
  if (withoutBase === undefined) return { examples, same };
  return { examples: examplesOf(evalSet, { head }), same: false, baseFault: withoutBase };
}

function baseAsks(base: Version, evalSet: EvalSet, defaults: ModelDefaults): { base?: Asks; baseFault?: UserError } {
  try {
    return { base: asksOf(base, evalSet, defaults) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { baseFault: error };
  }
}

/** Made where they are looked at, and once. */
class Requests {
  readonly #example: Example;
  readonly #asks: Readonly<Partial<Record<Arm, Asks>>>;
  #base: ModelRequest | undefined;
  #head: ModelRequest | undefined;

  constructor(example: Example, asks: Readonly<Partial<Record<Arm, Asks>>>) {
    this.#example = example;
    this.#asks = asks;
  }

  get base(): ModelRequest | undefined {
    this.#base ??= this.#asks.base?.(this.#example);
    return this.#base;
  }

  get head(): ModelRequest | undefined {
    this.#head ??= this.#asks.head?.(this.#example);
    return this.#head;
  }
}

function examplesOf({ examples, stages }: EvalSet, asks: Readonly<Partial<Record<Arm, Asks>>>): Sequence<ExampleRequests> {
  const rank = stages && rankIn(stages);
  const requests = mapped(examples, (example) => ({
    exampleId: example.id,
    requests: new Requests(example, asks),
    ...(rank && { rank: rank(example) }),
  }));
  return examples.length <= MOST_REMEMBERED ? remembered(requests) : requests;
}

function equal(one: ModelRequest, other: ModelRequest): boolean {
  return requestKey(one, 0) === requestKey(other, 0);
}
