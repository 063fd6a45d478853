import type { Example } from '../domain/evalset.ts';
import { type Problem, UserError } from '../domain/problem.ts';
import type { Message, Version } from '../domain/prompt.ts';
import { type Filling, fill, type Parsed } from './fill.ts';
import { sourceOf } from './source.ts';
import { hasVariable, parseTemplate, type Segment, segmentsOf, type Token } from './template.ts';

/** Characters and tags that filling in may come to: a few partials or lists inside each other make any number of a short text. */
const MOST_PER_EXAMPLE = 2_000_000;

/** Fills a version in for one example; UserError naming file, line, variable and row where a value is missing. */
export type Render = (example: Example) => readonly Message[];

/** Compiles a version once, so that filling in an example parses nothing. */
export function renderer(version: Version): Render {
  const source = sourceOf(version.path, version.body, version.bodyLine);
  const segments = segmentsOf(source);
  const partials = new Map<string, Parsed>();
  for (const [name, { path, text }] of version.partials) {
    const partial = sourceOf(path, text, 1);
    partials.set(name, { source: partial, tokens: parseTemplate(partial) });
  }
  const partial = (name: string) => partials.get(name)!;
  const bare = isBare(segments, (name) => partial(name).tokens);

  return (example) => {
    const filling: Filling = { partial, missing: [], room: MOST_PER_EXAMPLE };
    const view = { ...version.inputDefaults, ...(example.input === undefined ? {} : { input: example.input }), ...example.vars };
    const filled = segments.map((segment) =>
      segment.kind === 'history' ? segment : { ...segment, content: fill({ source, tokens: segment.tokens }, { view }, filling).trim() },
    );
    if (filling.room < 0) throw new UserError(tooMuch(version, example));
    if (filling.missing.length > 0) throw new UserError(...filling.missing.map((problem) => inRow(problem, example)));
    const messages = bare ? bareConversation(filled, example) : conversation(filled, example);
    if (messages.some(({ role }) => role !== 'system')) return messages;
    throw new UserError({ file: example.source.file, line: example.source.line, ...nothingToAsk(version, example) });
  };
}

type Filled = { readonly kind: 'history' } | (Extract<Segment, { kind: 'message' }> & { readonly content: string });

/** No role and no variable: the text is an instruction, and the example's input is what it is about. */
function isBare(segments: readonly Segment[], partial: (name: string) => readonly Token[]): boolean {
  return segments.every((segment) => segment.kind === 'message' && segment.role === undefined && !hasVariable(segment.tokens, partial));
}

function bareConversation(filled: readonly Filled[], example: Example): Message[] {
  const instruction = filled.map((segment) => (segment.kind === 'history' ? '' : segment.content)).join('');
  return [...spoken('system', instruction), ...example.messages, ...spoken('user', example.input ?? '')];
}

/**
 * Earlier turns stand where `{{history}}` is, else before the last user message, as in Dotprompt. Where roles are given
 * but none of them speaks for the user, the example's input does.
 */
function conversation(filled: readonly Filled[], example: Example): Message[] {
  const hasUser = filled.some((segment) => segment.kind === 'message' && (segment.role ?? 'user') === 'user' && segment.content !== '');
  const turns = filled.flatMap((segment): (Message | 'history')[] =>
    segment.kind === 'history' ? ['history'] : spoken(segment.role ?? 'user', segment.content),
  );
  if (!hasUser) turns.push(...spoken('user', example.input ?? ''));
  if (!turns.includes('history')) turns.splice(historyPlace(turns), 0, 'history');
  return turns.flatMap((turn) => (turn === 'history' ? example.messages : [turn]));
}

function historyPlace(turns: readonly (Message | 'history')[]): number {
  const lastUser = turns.findLastIndex((turn) => turn !== 'history' && turn.role === 'user');
  return lastUser === -1 ? turns.length : lastUser;
}

function spoken(role: Message['role'], content: string): Message[] {
  return content === '' ? [] : [{ role, content }];
}

function inRow({ what, ...place }: Problem, { id, source }: Example): Problem {
  return {
    ...place,
    what: `${what} in row "${id}" (${source.file}:${source.line})`,
    fix: 'Fill it in the row (in CI, rows come from the base branch), give it a default under input.default, or put it inside a section.',
  };
}

function tooMuch({ path }: Version, { id, source }: Example): Problem {
  return {
    file: path,
    what: `filled in for row "${id}" (${source.file}:${source.line}) the prompt grows beyond all measure`,
    fix: 'Check partials and sections that stand inside each other: they multiply.',
  };
}

function nothingToAsk(version: Version, { id }: Example): Pick<Problem, 'what' | 'fix'> {
  return {
    what: `row "${id}" leaves ${version.path} without a user message`,
    fix: 'Give the row an `input`, or use its variables in the prompt.',
  };
}
