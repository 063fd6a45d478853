import type { Revisions } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import { applyInputs, type Inputs } from '../settings/inputs.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { Succession } from './across-models.ts';
import { placeIn } from './names.ts';

/** What whoever starts the job says, besides which revisions to compare. */
export interface Request {
  /** Path of the settings file below the working directory. */
  readonly config: string;
  /** Whether that path was named: a named file must exist. */
  readonly configNamed: boolean;
  readonly inputs: Inputs;
  /** Present: prompts as they stand are compared on two models, and not two texts on one. */
  readonly models?: Succession;
  /** Whether the run has no key because of who started it, as on pull requests from forks. */
  readonly withoutKey: boolean;
  /** Whether the head's texts are all that is taken from it, as on pull requests from forks: its eval sets and settings are not even tried. */
  readonly onlyTexts?: boolean;
  /** Whether scorer functions must not run because of who started it, as on pull requests from forks. */
  readonly withoutFunctions: boolean;
  /** How an input is spelled in messages, such as `--base-url`. */
  readonly spelled: (input: string) => string;
}

/**
 * The settings that decide, as the inputs tighten them. A file that only comes with the pull request does not count yet: the defaults
 * hold. UserError where a named file is nowhere.
 */
export async function readPolicy({ policy, head }: Revisions, { config, configNamed, inputs, spelled }: Request): Promise<Settings> {
  const text = await policy.read(config);
  if (text === undefined && configNamed && (await head.read(config)) === undefined)
    throw new UserError({
      file: config,
      what: `there is no such file ${placeIn(policy)}`,
      fix: 'Mend the path; in CI the file must be on the base branch first.',
    });
  return applyInputs(readSettings(config, text), inputs, spelled);
}
