/** Something in the user's own files, settings or arguments that the user can mend. */
export interface Problem {
  /** Path below the repository's root, or the name of an input or flag. */
  readonly file?: string;
  /** 1-based line in that file. */
  readonly line?: number;
  /** The key, column or variable concerned. */
  readonly key?: string;
  /** What is wrong, as a clause without a final full stop. */
  readonly what: string;
  /** How to mend it, as a sentence. */
  readonly fix?: string;
  /** On what stands for others that are not listed: how many. */
  readonly more?: number;
}

/** `file:line: key "k": what. Fix.`: the one sentence a user gets for a problem. */
export function sentence({ file, line, key, what, fix }: Problem): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  const name = key === undefined ? '' : `key "${key}": `;
  return `${place}${name}${what}.${fix === undefined ? '' : ` ${fix}`}`;
}

/** Bad input: it ends the work on what it concerns with exit code 3 and no stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map(sentence).join('\n'));
    this.problems = problems;
  }
}
