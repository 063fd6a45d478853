import type { Revisions } from '../domain/ports.ts';
import type { Settings } from '../settings/settings.ts';
import type { KnownLooks } from './world.ts';

/** The settings as they will be after the merge, as far as they may be tried before it, and what to tell of the rest. */
export interface Proposal {
  readonly settings: Settings;
  readonly notes: readonly string[];
}

/** Where everything about a run is read from, and what decides. */
export interface Ground {
  readonly revisions: Revisions;
  readonly settings: Settings;
  /** Path of the settings file. */
  readonly config: string;
  /** What decides nothing yet, shown as information. */
  readonly proposal: Proposal;
  /** What the pull request knows of earlier searches. */
  readonly known?: KnownLooks;
}
