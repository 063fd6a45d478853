import { fileURLToPath } from 'node:url';
import type { FunctionFile, ScorerFunction } from '../../domain/function.ts';
import type { Functions } from '../../domain/ports.ts';
import { cleaner } from '../models/clean.ts';
import { Caller } from './caller.ts';
import { verifyCheckout } from './checkout.ts';
import { scrubbed } from './environment.ts';

/** Where scorer functions run. */
export interface FunctionPlace {
  readonly folder: string;
  /** The commit that the folder must be a checkout of; absent: it is what decides, as it stands. */
  readonly commit?: string;
  /** Keys and tokens in it are not passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Scorer functions in their folder, each one process that starts when first called. UserError where the folder is not what may run. */
export async function openFunctions(files: readonly FunctionFile[], { folder, commit, env }: FunctionPlace): Promise<Functions> {
  await verifyCheckout(folder, files, commit);
  const callers = new Map<string, Caller>();
  const clean = cleaner([]);
  const callerOf = (fn: ScorerFunction): Caller => {
    const key = JSON.stringify(fn);
    const known = callers.get(key) ?? new Caller(fn, { argv: argvOf(fn), folder, env: scrubbed(env) }, clean);
    callers.set(key, known);
    return known;
  };
  return {
    call: (fn, request) => callerOf(fn).call(request),
    close: async () => {
      await Promise.all([...callers.values()].map((caller) => caller.close()));
    },
  };
}

function argvOf({ program }: ScorerFunction): readonly string[] {
  return program.kind === 'command' ? program.argv : [process.execPath, hostPath(), program.path, program.exported];
}

/** In the bundle this file is a chunk, and the host stands beside the entry points. */
function hostPath(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './host.ts' : '../function-host.js', import.meta.url));
}
