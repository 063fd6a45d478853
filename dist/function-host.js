import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/edges/functions/host.ts
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
var [path = "", exported = "default"] = process.argv.slice(2);
var reply = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
try {
  const scorer = await load();
  createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }).on(
    "line",
    (line) => void answer(scorer, JSON.parse(line))
  );
} catch (error) {
  process.stderr.write(`${messageOf(error)}
`);
  process.exitCode = 1;
}
async function load() {
  const module = await import(pathToFileURL(resolve(path)).href);
  const scorer = module[exported];
  if (isScorer(scorer)) return scorer;
  throw new Error(`${path} exports no function "${exported}"`);
}
function isScorer(value) {
  return typeof value === "function";
}
async function answer(scorer, { id, answer: text, example, finish }) {
  try {
    const score = await scorer(text, example, finish);
    const said = typeof score === "object" && score !== null ? score : { score };
    reply(`${JSON.stringify({ ...said, id })}
`);
  } catch (error) {
    reply(`${JSON.stringify({ id, error: messageOf(error) })}
`);
  }
}
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
