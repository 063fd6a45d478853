import { resolve } from 'node:path';

/**
 * Where Node keeps what it compiled of the bundle, so that it is compiled once for all processes that stories start, and not once for each.
 * https://nodejs.org/api/module.html#module-compile-cache
 */
export const compiled = { NODE_COMPILE_CACHE: resolve('node_modules/.cache/compiled-bundle') };
