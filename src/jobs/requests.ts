import type { EvalSet, Example } from '../domain/evalset.ts';
import type { Caps } from '../domain/policy.ts';
import { type Problem, UserError } from '../domain/problem.ts';
import type { ModelParams, Version } from '../domain/prompt.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { renderer } from '../prompts/render.ts';
import { wantsLogprobs } from '../scorers/confidence.ts';
import { everyScorer } from '../scorers/overrides.ts';
import type { Settings } from '../settings/settings.ts';
import { limitedParams } from './trial-caps.ts';

const MOST_PROBLEMS = 10;
/** Characters that all requests of a version may come to: more than any eval set of use, less than a job's time. */
const MOST_IN_ALL = 1_000_000_000;
const MOST_ON_AVERAGE = 50_000;

/** The model used where a prompt's front matter names none, and the parameters it leaves open. */
export interface ModelDefaults {
  readonly name?: string;
  readonly params: ModelParams;
  readonly caps: Caps;
}

/** What a version asks about an example, made whenever it is asked for: the requests of a large eval set would fill the memory. */
export type Asks = (example: Example) => ModelRequest;

/** What a version asks. UserError where no model is configured for it. */
export function asksOf(version: Version, evalSet: EvalSet, defaults: ModelDefaults): Asks {
  const model = modelOf(version, defaults);
  const params = limitedParams({ ...defaults.params, ...version.params }, defaults.caps);
  const render = renderer(version);
  const { output } = version;
  const logprobs = everyScorer(evalSet).some(wantsLogprobs);
  const beside = { ...(output === undefined ? {} : { output }), ...(logprobs && { logprobs }) };
  return (example) => ({ model, params, messages: render(example), ...beside });
}

/** Looks at a version's requests as they are made: each variable without a value in any of them is a problem, and so are too many characters. */
export class Inspection {
  readonly #version: Version;
  readonly #problems = new Map<string, Problem>();
  #room: number;

  /** `examples`: how many there are. */
  constructor(version: Version, examples: number) {
    this.#version = version;
    this.#room = Math.max(MOST_IN_ALL, MOST_ON_AVERAGE * examples);
  }

  /** Whether more is worth looking at. */
  get goesOn(): boolean {
    return this.#room >= 0 && this.#problems.size <= MOST_PROBLEMS;
  }

  /** The request that is made; undefined where it cannot be. */
  look(make: () => ModelRequest): ModelRequest | undefined {
    try {
      const request = make();
      for (const { content } of request.messages) this.#room -= content.length;
      if (this.#room < 0) throw new UserError(tooMuch(this.#version));
      return request;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      for (const problem of error.problems) this.#problems.set(`${problem.file}:${problem.line} ${problem.what}`, problem);
      return undefined;
    }
  }

  /** What is wrong with the requests; undefined where nothing is. */
  fault(): UserError | undefined {
    return this.#problems.size === 0 ? undefined : new UserError(...firstOf([...this.#problems.values()]));
  }
}

/** The model a version runs with. UserError where none is configured. */
export function modelOf(version: Version, defaults: ModelDefaults): string {
  const name = version.model?.name ?? defaults.name;
  if (name !== undefined) return name;
  throw new UserError({
    file: version.path,
    what: 'no model is configured for this prompt',
    fix: 'Add `model: { name: your-model }` to the settings on the base branch, or give the input `model`.',
  });
}

/**
 * Refuses a head that switches to a model which neither the settings allow nor its own base runs with:
 * whoever opens a pull request must not choose what the maintainers pay for.
 */
export function refuseForeignModel(head: Version, base: Version | undefined, { model, models: listed }: Settings, config: string): void {
  const allowed = [model.name, base?.model?.name, ...listed];
  if (head.model === undefined || allowed.includes(head.model.name)) return;
  throw new UserError({
    file: head.path,
    line: head.model.line,
    key: 'model',
    what: `"${head.model.name}" is not among the models that the settings allow`,
    fix: `A maintainer must write models: [${[...listed, head.model.name].map((name) => JSON.stringify(name)).join(', ')}] into ${config} on the base branch.`,
  });
}

function tooMuch({ path }: Version): Problem {
  return {
    file: path,
    what: `filled in for all rows the prompt comes to more than ${MOST_ON_AVERAGE} characters a row`,
    fix: 'Check partials and sections that stand inside each other: they multiply.',
  };
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  return [...problems.slice(0, MOST_PROBLEMS), { what: 'and more like these, in this row or in others' }];
}
