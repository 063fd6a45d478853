import type { AnswerStore } from '../../domain/ports.ts';
import type { Failure } from '../../domain/trial.ts';
import { answerOf, type Recording, recordedLine } from './recording.ts';

/** A recording as the only source: what it lacks is a failure, and nobody is asked. `name` is for its sentence. */
export function replayOnly(recording: Recording, name: string): AnswerStore {
  return {
    has: (key) => recording.has(key),
    find: (key) => {
      const line = recording.get(key);
      return line === undefined ? notRecorded(name) : answerOf(line);
    },
    keep: () => {},
  };
}

/** A recording before another store: what it lacks is looked for there, and kept there. */
export function replayFirst(recording: Recording, then: AnswerStore | undefined): AnswerStore {
  return {
    has: (key, request) => recording.has(key) || (then?.has(key, request) ?? false),
    find: (key, request) => {
      const line = recording.get(key);
      return line === undefined ? then?.find(key, request) : answerOf(line);
    },
    keep: (key, answer, request) => then?.keep(key, answer, request),
  };
}

/** The same store, and every answer that is found or kept there is added to a recording. */
export function recordingInto(recording: Recording, from: AnswerStore | undefined): AnswerStore {
  return {
    has: (key, request) => from?.has(key, request) ?? false,
    find: (key, request) => {
      const found = from?.find(key, request);
      if (found?.kind === 'answer') recording.put(key, recordedLine(key, found, request));
      return found;
    },
    keep: (key, answer, request) => {
      recording.put(key, recordedLine(key, answer, request));
      from?.keep(key, answer, request);
    },
  };
}

const notRecorded = (name: string): Failure => ({
  kind: 'failure',
  reason: 'not-recorded',
  sentence: `The recording ${name} has no answer to this question; add it with \`--record\` beside \`--replay\`.`,
  retryable: false,
});
