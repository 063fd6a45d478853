import { type Problem, UserError } from '../domain/problem.ts';
import { shown } from './words.ts';

/** What is wrong with a part of a document, wherever it stands. */
export type Unsound = Pick<Problem, 'what' | 'fix'>;

/** Levels of lists and mappings inside each other; deeper ones could exhaust the stack of whatever walks them. */
export const maxDepth = 64;

const listed = 20;

/** Throws the first twenty problems and how many more there are; `count` where not all are given. */
export function refuse(problems: readonly Problem[], count = countOf(problems)): never {
  const told = problems.filter(isTold).slice(0, listed);
  const rest = count - told.length;
  const more = {
    file: problems[0]?.file,
    what: `${rest} more ${rest === 1 ? 'problem' : 'problems'} below these`,
    fix: 'Mend these first.',
    more: rest,
  };
  throw new UserError(...told, ...(rest > 0 ? [more] : []));
}

const isTold = ({ more }: Problem): boolean => more === undefined;

/** How many there are, with those that one of them stands for. */
const countOf = (problems: readonly Problem[]): number => problems.reduce((sum, { more = 1 }) => sum + more, 0);

/** Throws when there is a problem. */
export function refuseAny(problems: readonly Problem[]): void {
  if (problems.length > 0) refuse(problems);
}

/** What `read` makes of each source. Reads all of them before it throws, so that one run names what is wrong with any. */
export function readEach<Source, Value>(sources: readonly Source[], read: (source: Source, index: number) => Value): Value[] {
  const problems: Problem[] = [];
  const values: Value[] = [];
  for (const [index, source] of sources.entries()) {
    try {
      values.push(read(source, index));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  refuseAny(problems);
  return values;
}

/** Problems as they are found: all are counted, and as many kept as are told. */
export class ProblemList {
  readonly #first: Problem[] = [];
  #count = 0;

  add(...problems: readonly Problem[]): void {
    this.#first.push(...problems.filter(isTold).slice(0, listed - this.#first.length));
    this.#count += countOf(problems);
  }

  /** Those of the other list after one's own. */
  addAll(other: ProblemList): this {
    this.add(...other.#first);
    this.#count += other.#count - other.#first.length;
    return this;
  }

  refuseAny(): void {
    if (this.#count > 0) refuse(this.#first, this.#count);
  }
}

/** The text without its byte order mark. UserError where it holds NUL bytes or half characters: it is not UTF-8 text. */
export function plainText(file: string, text: string): string {
  const bad = text.search(/[\0\p{Surrogate}]/u);
  if (bad >= 0) {
    const line = text.slice(0, bad).split('\n').length;
    const what = text[bad] === '\0' ? 'a NUL byte' : halfCharacter;
    refuse([{ file, line, what: `the file holds ${what} and is not text`, fix: 'Save it as UTF-8.' }]);
  }
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const halfCharacter = 'half of a surrogate pair';

/** What is wrong with a string or key that escapes in the file have made, or undefined. */
export function unsoundText(text: string): Unsound | undefined {
  if (!/\p{Surrogate}/u.test(text)) return undefined;
  return { what: `the text holds ${halfCharacter}, which no server accepts`, fix: 'Write the whole character, or remove the escape.' };
}

/** What is wrong with a key, or undefined: `__proto__` means something else to JavaScript. */
export function unsoundKey(key: string): Unsound | undefined {
  if (key === '__proto__') return { what: 'the name is not allowed', fix: 'Choose another name.' };
  return unsoundText(key);
}

/** What is wrong with a number written as `source`, or undefined: its value must not differ from what the file says. */
export function unsoundNumber(source: string, value: number): Unsound | undefined {
  if (!Number.isFinite(value))
    return { what: `${shown(source)} is no number that JSON can carry`, fix: 'Write a finite number, or quote the text.' };
  if (/^[-+]?\d+$/.test(source) && !Number.isSafeInteger(value)) {
    return { what: `${shown(source)} has more digits than a number can hold`, fix: 'Put quotes around it.' };
  }
  return undefined;
}
