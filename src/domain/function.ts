import type { JsonObject } from './json.ts';

/** A program of the user's own that scores answers, as an eval set names it. */
export interface ScorerFunction {
  /** What messages call it: the module's path, or the command's first words. */
  readonly name: string;
  readonly program:
    | { readonly kind: 'module' /** Below the working directory. */; readonly path: string; readonly exported: string }
    | { readonly kind: 'command' /** The program and its arguments; no shell reads them. */; readonly argv: readonly string[] };
  /** Longest that one answer may take. */
  readonly timeoutMs: number;
  /** Answers it is given at a time, ≥ 1. */
  readonly concurrency: number;
}

/** One answer to be scored, as the program is told of it. */
export type FunctionRequest = JsonObject;

/** A file that a scorer function runs, as the policy's revision has it. */
export interface FunctionFile {
  /** Below the working directory. */
  readonly path: string;
  /** SHA-256 (hex) of its bytes. */
  readonly hash: string;
}
