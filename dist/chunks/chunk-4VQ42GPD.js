import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  UserError
} from "./chunk-5GTXJ4BW.js";

// src/edges/local/git.ts
import { execFile } from "node:child_process";
import { promisify } from "node:util";
var run = promisify(execFile);
var LARGEST_OUTPUT_BYTES = 256 * 1024 * 1024;
async function git(folder, ...args) {
  const { stdout } = await run("git", args, { cwd: folder, maxBuffer: LARGEST_OUTPUT_BYTES });
  return stdout;
}
async function gitMaybe(folder, ...args) {
  return git(folder, ...args).catch(() => void 0);
}
function fields(output) {
  return output.split("\0").filter((field) => field !== "");
}
async function requireRepository(folder, flag) {
  try {
    await git(folder, "rev-parse", "--git-dir");
  } catch (error) {
    throw new UserError({ file: flag, what: whyNot(error), fix: "Run in a clone, or compare two folders: --base DIR --head DIR." });
  }
}
function whyNot(error) {
  const failure = typeof error === "object" && error !== null ? error : {};
  if ("code" in failure && failure.code === "ENOENT") return "git is not installed, so no commit can be read";
  const said = "stderr" in failure ? String(failure.stderr) : String(error);
  return `git will not read this folder: "${said.split("\n", 1)[0].replace(/^fatal: /, "")}"`;
}
async function commitOf(folder, ref, flag) {
  const sha = await gitMaybe(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (sha !== void 0) return sha.trim();
  await requireRepository(folder, flag);
  throw new UserError({
    file: flag,
    what: `"${ref}" is neither a folder nor a commit known here`,
    fix: "Fetch it, or name a branch, tag, SHA or folder."
  });
}
async function mergeBaseOf(folder, base, head) {
  const sha = await gitMaybe(folder, "merge-base", base, head);
  if (sha !== void 0) return sha.trim();
  const isShallow = (await gitMaybe(folder, "rev-parse", "--is-shallow-repository"))?.trim() === "true";
  throw new UserError({
    file: "--base",
    what: `it is not known where ${short(head)} left ${short(base)}${isShallow ? ": the clone is shallow" : ": they share no history"}`,
    fix: isShallow ? "Fetch the rest: git fetch --unshallow." : "Name two related commits, or compare two folders: --base DIR --head DIR."
  });
}
function short(commit) {
  return /^[0-9a-f]{40,}$/.test(commit) ? commit.slice(0, 7) : commit;
}

export {
  git,
  gitMaybe,
  fields,
  requireRepository,
  commitOf,
  mergeBaseOf
};
