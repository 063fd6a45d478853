import type { ModelRequest } from '../../../../domain/trial.ts';
import type { Reading } from '../reading.ts';

/** A request, and what could be read out of it. */
export interface Asked {
  readonly request: ModelRequest;
  readonly reading: Reading;
  /** All of the text that is asked about, its labels included. */
  readonly text: string;
}

/** Answers what it is there for; undefined where the prompt asks for something else. */
export type Skill = (asked: Asked) => string | undefined;
