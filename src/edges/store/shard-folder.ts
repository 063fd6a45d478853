import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerStore } from '../../domain/ports.ts';
import { UserError } from '../../domain/problem.ts';
import type { Recollection } from '../../domain/recollection.ts';
import type { Failure } from '../../domain/trial.ts';
import { makeFolders } from '../folders.ts';
import { encodeLine } from './line.ts';
import { digestOf, writeLines } from './line-files.ts';
import { recordingInto } from './recorded-answers.ts';
import { newRecording, type Recording, writeRecording } from './recording.ts';
import { newFailures, type ShardRecord } from './shard-record.ts';
import { shardFiles } from './shards.ts';

/** A shard while it runs: takes down what is answered and what is not, for whoever joins the shards. */
export interface OpenShard {
  /** The same store, of which everything that is found, kept or failed is taken down. */
  around(store: AnswerStore | undefined): AnswerStore;
  /** Writes it all: from then on it can be joined. UserError where that cannot be. */
  close(end: ShardEnd): void;
}

/** What is known once a shard has ended. */
export type ShardEnd = Omit<ShardRecord, 'format' | 'version' | 'shard' | 'plan' | 'files'>;

type Begun = Pick<ShardRecord, 'version' | 'shard' | 'plan'>;

/** Begins a shard in a folder, which says from then on that it runs: whoever finds it so knows that it was cut off. UserError where nothing can be written. */
export function openShard(folder: string, begun: Begun): OpenShard {
  const recording = newRecording();
  const failures = newFailures();
  writing(folder, () => {
    makeFolders(folder);
    writeRecord(folder, { ...begun, state: 'running' });
  });
  return {
    around: (store) => {
      const recorded = recordingInto(recording, store);
      return {
        ...recorded,
        find: (key, request) => {
          const found = recorded.find(key, request);
          if (found?.kind === 'failure') failures.put(key, found);
          return found;
        },
        failed: (key, failure) => failures.put(key, failure),
      };
    },
    close: (end) =>
      writing(folder, () => {
        const [answers, failed] = [join(folder, shardFiles.answers), join(folder, shardFiles.failures)];
        writeRecording(answers, recording);
        writeLines(failed, failureLines(failures, recording));
        writeRecord(folder, { ...begun, ...end, files: { answers: digestOf(answers), failures: digestOf(failed) } });
      }),
  };
}

/** Of what was not answered after all. */
function* failureLines(failures: Recollection<Failure>, answered: Recording): Generator<string> {
  for (const [key, failure] of failures) if (!answered.has(key)) yield encodeLine({ key, failure }).toString().trimEnd();
}

/** In one step: a half of it is none. */
function writeRecord(folder: string, record: object): void {
  const path = join(folder, shardFiles.record);
  writeFileSync(`${path}.new`, `${JSON.stringify({ format: 1, ...record }, undefined, 2)}\n`);
  renameSync(`${path}.new`, path);
}

function writing(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UserError({
      file: folder,
      what: `the shard cannot be written there (${String(error).replace(/^Error: |[:,].*$/gs, '')})`,
      fix: 'Name a folder that can be made, on a disk that has room.',
    });
  }
}
