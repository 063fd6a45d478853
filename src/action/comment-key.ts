import { posix } from 'node:path';
import type { ActionInputs } from '../edges/actions/inputs.ts';

/** Tells the comments of several configurations on one pull request apart. */
export function commentKey({ workingDirectory, config, commentKey: key }: ActionInputs): string {
  const file = posix.join(workingDirectory, config);
  return key === '' ? file : `${file} ${key}`;
}
