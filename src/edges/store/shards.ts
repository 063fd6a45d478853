import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UserError } from '../../domain/problem.ts';
import type { Recollection } from '../../domain/recollection.ts';
import type { Failure } from '../../domain/trial.ts';
import { digestOf, linesInFile } from './line-files.ts';
import { type Recording, readRecording } from './recording.ts';
import { failuresIn, recordSchema, type ShardRecord } from './shard-record.ts';

/** What a shard's folder holds. */
export const shardFiles = { record: 'shard.json', answers: 'answers.jsonl', failures: 'failures.jsonl' } as const;

/** What was found in one folder: a shard's record, with its answers once they are wanted, or a sentence on why it is none. */
export interface FoundShard {
  /** The folder's name, with as many of those above it as tell it from the others. */
  readonly name: string;
  /** Undefined where it cannot be read. */
  readonly record: ShardRecord | undefined;
  /** Undefined where a file is not as it was written. */
  readonly read: () => { readonly answers: Recording; readonly failures: Recollection<Failure> } | undefined;
}

/**
 * The shards in folders, each of which is one or holds some, in the order of their names; one that is reached twice is there once. A folder that is
 * not there holds none. UserError for one that cannot be read.
 */
export function findShards(folders: readonly string[]): FoundShard[] {
  const paths = [...new Set(folders.flatMap(foldersWithin))];
  const names = shortNames(paths);
  return paths.map((path, at) => shardIn(path, names[at]!));
}

/** The last parts of each path, as few as tell all of them apart. */
function shortNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(sep));
  const longest = Math.max(0, ...parts.map(({ length }) => length));
  for (let count = 1; ; count++) {
    const names = parts.map((each) => each.slice(-count).join('/'));
    if (count >= longest || new Set(names).size === paths.length) return names;
  }
}

function foldersWithin(folder: string): string[] {
  if (existsSync(join(folder, shardFiles.record))) return [folder];
  if (!existsSync(folder)) return [];
  try {
    const names = readdirSync(folder).sort();
    return names
      .map((name) => join(folder, name))
      .filter((path) => lstatSync(path).isDirectory() && existsSync(join(path, shardFiles.record)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UserError({ file: folder, what: `there are no shards to read${code}`, fix: 'Name the folders that the shards left behind.' });
  }
}

function shardIn(folder: string, name: string): FoundShard {
  const record = recordIn(folder);
  return {
    name,
    record,
    read: () => {
      const [answers, failed] = [join(folder, shardFiles.answers), join(folder, shardFiles.failures)];
      if (!isAsWritten(answers, record?.files?.answers) || !isAsWritten(failed, record?.files?.failures)) return undefined;
      const failures = failuresIn(linesInFile(failed));
      return failures && { answers: readRecording(folder, linesInFile(answers)), failures };
    },
  };
}

function recordIn(folder: string): ShardRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(join(folder, shardFiles.record), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isAsWritten(path: string, sha256: string | undefined): boolean {
  try {
    return digestOf(path) === sha256;
  } catch {
    return false;
  }
}
