import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  UserError
} from "./chunk-5GTXJ4BW.js";

// src/edges/text.ts
var LARGEST_FILE_BYTES = 64 * 1024 * 1024;
function assertReadable(path, sizeBytes) {
  if (sizeBytes <= LARGEST_FILE_BYTES) return;
  throw new UserError({
    file: path,
    what: `the file has ${sizeBytes.toLocaleString("en")} bytes; at most ${LARGEST_FILE_BYTES.toLocaleString("en")} are read`,
    fix: "Shorten it, or split it where it is a list of examples."
  });
}
function decoded(bytes) {
  if (bytes.includes(0)) return void 0;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return void 0;
  }
}
function notText(path) {
  return new UserError({ file: path, what: "the file is not UTF-8 text", fix: "Save it as UTF-8." });
}

export {
  assertReadable,
  decoded,
  notText
};
