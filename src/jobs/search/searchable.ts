import type { Tree } from '../../domain/ports.ts';
import type { Version } from '../../domain/prompt.ts';
import type { TaskSignature } from '../../domain/signature.ts';
import { loadVersion } from '../../prompts/version.ts';
import type { SearchRow } from '../../search/row.ts';
import type { Settings } from '../../settings/settings.ts';
import { promptsRoot } from '../evalsets.ts';
import { type Measurement, measurementOf } from '../measurement.ts';
import type { Trust } from '../trust.ts';

/** A prompt that a better version is searched for, and what is known of it. */
export interface Searchable {
  readonly path: string;
  /** The incumbent's file. */
  readonly text: string;
  /** Present where there is no such file yet, and the incumbent is the plainest draft. */
  readonly signature?: TaskSignature;
  /** Where partials are read from. */
  readonly tree: Tree;
  /** The incumbent's, on every example. */
  readonly measurement: Measurement;
  /** What judges may decide; absent where none has a say. */
  readonly trust?: Trust;
  /** Examples that the incumbent has a score for. */
  readonly rows: readonly SearchRow[];
  /** Wall time of each of its answers. */
  readonly latenciesMs: Float32Array;
}

/** The version that a prompt's text makes in the place of the file. UserError where it makes none. */
export async function versionOf(text: string, path: string, tree: Tree, { prompts }: Settings): Promise<Version> {
  const overlaid: Tree = { ...tree, read: (asked) => (asked === path ? Promise.resolve(text) : tree.read(asked)) };
  return (await loadVersion(overlaid, path, promptsRoot(path, prompts)))!;
}

/** The measurement of another text of the same prompt. UserError where a variable has no value. */
export async function measurementWith(text: string, name: string, { path, tree, measurement }: Searchable, settings: Settings) {
  return measurementOf(name, { head: await versionOf(text, path, tree, settings) }, measurement.evalSet, settings);
}
