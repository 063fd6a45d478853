import { posix } from 'node:path';
import type { ActionInputs } from '../edges/actions/inputs.ts';

/** The inputs that say which configuration a run is of. */
export type KeyInputs = Pick<ActionInputs, 'workingDirectory' | 'config' | 'commentKey'>;

/** Tells the comments of several configurations on one pull request apart. */
export function commentKey({ workingDirectory, config, commentKey: key }: KeyInputs): string {
  const file = posix.join(workingDirectory, config);
  return key === '' ? file : `${file} ${key}`;
}
