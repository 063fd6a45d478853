import { type JsonReply, jsonReader, textOf, valueAt } from './json-reply.ts';
import { normalize } from './normalize.ts';
import type { CommonOptions } from './options.ts';
import { compile, lastMatch, type Pattern } from './pattern.ts';

/** What is taken out of replies. Patterns are compiled once. */
export interface ReplyReader {
  /** The part of the reply that is the answer, as it stands there. */
  readonly part: (reply: string) => string;
  /** The same evened out. */
  readonly answer: (reply: string) => string;
  /** The JSON that the reply, or what `extract` takes out of it, is. */
  readonly json: (reply: string) => JsonReply;
}

const readers = new WeakMap<CommonOptions, ReplyReader>();

/** Takes answers out of replies and evens them out as the options say; the same reader for the same options, so that it parses a reply once. */
export function replyReader(options: CommonOptions): ReplyReader {
  const known = readers.get(options);
  if (known) return known;
  const reader = newReader(options);
  readers.set(options, reader);
  return reader;
}

function newReader({ extract, flags, field, normalize: names }: CommonOptions): ReplyReader {
  const pattern = extract === undefined ? undefined : required(extract, flags);
  const extracted = (reply: string) => (pattern && lastMatch(pattern, reply)) ?? reply;
  const read = jsonReader();
  const json = (reply: string) => read(extracted(reply));
  const part = field === undefined ? extracted : (reply: string) => fieldOf(json(reply), field);
  return { part, answer: (reply) => normalize(part(reply), names), json };
}

function fieldOf(json: JsonReply, path: string): string {
  return 'problem' in json ? '' : textOf(valueAt(json.value, path));
}

/** Takes the answer out of a reply and evens it out as the options say. */
export function answerReader(options: CommonOptions): (reply: string) => string {
  return replyReader(options).answer;
}

/** The pattern of options that passed their schema. */
export function required(source: string, flags: string): Pattern {
  const compiled = compile(source, flags);
  if ('pattern' in compiled) return compiled.pattern;
  throw new Error(`unchecked scorer options: ${compiled.problem}`);
}
