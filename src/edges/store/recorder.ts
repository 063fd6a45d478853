import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../domain/problem.ts';
import { makeFolders } from '../folders.ts';
import { linesInFile } from './line-files.ts';
import { type Recording, readRecording, writeRecording } from './recording.ts';

/** A recording that is added to, and written when it is closed. */
export interface Recorder {
  readonly recording: Recording;
  close(): void;
}

/** The recording in a file, empty where there is none yet. UserError where it is broken or cannot be written: better before the run than after it. */
export function openRecorder(path: string, warn: (sentence: string) => void): Recorder {
  requireWritable(path);
  const recording = readRecording(path, linesInFile(path));
  return {
    recording,
    close: () => {
      try {
        writeRecording(path, recording);
      } catch (error) {
        warn(`The recording ${path} could not be written: ${String(error).replace(/^Error: /, '')}.`);
      }
    },
  };
}

function requireWritable(path: string): void {
  try {
    makeFolders(dirname(path));
    writeFileSync(path, '', { flag: 'a' });
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new UserError({
      file: path,
      what: `no recording can be written there (${String(error).replace(/^Error: |[:,].*$/gs, '')})`,
      fix: 'Name a file that can be made.',
    });
  }
}
