import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';
import { type Problem, UserError } from '../../domain/problem.ts';
import { Recollection } from '../../domain/recollection.ts';
import type { Answer, ModelRequest } from '../../domain/trial.ts';
import { openScratch } from '../scratch.ts';
import { answerSchema } from './entries.ts';
import { encodeLine, isSound } from './line.ts';
import { writeLines } from './line-files.ts';

/** One line. What was asked stands beside its key, so that a person can review what was answered to what. */
const lineSchema = z.object({
  crc: z.string().optional(),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  model: z.string(),
  /** The end of the last message. */
  asked: z.string(),
  answer: answerSchema,
});

type RecordedLine = z.infer<typeof lineSchema>;

/** Lines by the key of what was asked, whatever the endpoint. They stand on disk where there are many. */
export type Recording = Recollection<string>;

export const newRecording = (): Recording => new Recollection<string>((line) => line.length, openScratch());

const MOST_PROBLEMS = 5;
/** Longest part of a message that a line shows. */
const SHOWN = 200;

/**
 * The lines of a recording by key; a later one replaces an earlier. UserError naming each line that is none, or that is not as it was
 * recorded: a committed file is what was recorded, or a mistake.
 */
export function readRecording(path: string, lines: Iterable<Buffer | string>): Recording {
  const recording = newRecording();
  const problems: Problem[] = [];
  let number = 0;
  for (const each of lines) {
    number += 1;
    const line = each.toString().replace(/\r$/, '');
    if (line === '') continue;
    const recorded = lineIn(line);
    if ('key' in recorded) recording.put(recorded.key, line);
    else problems.push({ file: path, line: number, ...recorded });
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (problems.length > 0) throw new UserError(...problems);
  return recording;
}

function lineIn(line: string): RecordedLine | Pick<Problem, 'what' | 'fix'> {
  const { data } = lineSchema.safeParse(jsonIn(line));
  if (data === undefined) return { what: 'this is no recorded answer', fix: 'Remove the line, or record it again.' };
  if (data.crc === undefined || isSound(Buffer.from(line))) return data;
  return {
    what: 'the line was changed after it was recorded',
    fix: 'Record it again; or, where it was changed on purpose, remove its `crc`.',
  };
}

/** The answer of a line that `readRecording` has read. */
export const answerOf = (line: string): Answer => lineSchema.parse(JSON.parse(line)).answer;

export function recordedLine(key: string, answer: Answer, { model, messages }: ModelRequest): string {
  return encodeLine({ key, model, asked: endOf(messages), answer })
    .toString()
    .trimEnd();
}

function endOf(messages: ModelRequest['messages']): string {
  const text = messages.at(-1)?.content ?? '';
  return text.length > SHOWN ? `…${text.slice(-SHOWN)}` : text;
}

/** In the order of the keys, so that what is recorded again differs where an answer does. Throws where nothing can be written. */
export function writeRecording(path: string, recording: Recording): void {
  writeLines(path, linesIn(recording));
}

function* linesIn(recording: Recording): Generator<string> {
  for (const [, line] of recording) yield line;
}
