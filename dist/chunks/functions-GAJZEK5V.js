import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  cleaner
} from "./chunk-YT3IVYAU.js";
import {
  git
} from "./chunk-4VQ42GPD.js";
import {
  decoded
} from "./chunk-PZFMAY7X.js";
import {
  UserError
} from "./chunk-5GTXJ4BW.js";
import "./chunk-HANBNIMK.js";

// src/edges/functions/index.ts
import { fileURLToPath } from "node:url";

// src/edges/functions/program.ts
import { spawn } from "node:child_process";

// src/edges/functions/lines.ts
function lineReader(mostBytes, onLine, onTooLong) {
  const line = { parts: [], bytes: 0, isTooLong: false };
  const keep = (piece) => {
    line.bytes += piece.length;
    if (line.bytes <= mostBytes) line.parts.push(piece);
    else line.isTooLong = true;
  };
  const end = () => {
    const text = Buffer.concat(line.parts).toString("utf8");
    line.parts = [];
    line.bytes = 0;
    onLine(text);
  };
  return (chunk) => {
    if (line.isTooLong) return;
    const pieces = split(chunk);
    for (const [index, piece] of pieces.entries()) {
      keep(piece);
      if (line.isTooLong) return onTooLong();
      if (index < pieces.length - 1) end();
    }
  };
}
function split(chunk) {
  const pieces = [];
  let start = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
    pieces.push(chunk.subarray(start, at));
    start = at + 1;
  }
  return [...pieces, chunk.subarray(start)];
}

// src/edges/functions/program.ts
var MOST_REPLY_BYTES = 1024 * 1024;
var STDERR_KEPT = 2e3;
var Program = class {
  #child;
  #listener;
  #closed;
  #said = "";
  #isOver = false;
  constructor({ argv: [file = "", ...args], folder, env }, listener) {
    this.#listener = listener;
    this.#child = spawn(file, args, {
      cwd: folder,
      env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true
    });
    const { stdin, stdout, stderr } = this.#child;
    const read = lineReader(
      MOST_REPLY_BYTES,
      (line) => this.#take(line),
      () => this.end({ cause: "nonsense", why: "it wrote a line of more than 1 MB" })
    );
    stdout.on("data", (chunk) => this.#isOver || read(chunk));
    stderr.on("data", (chunk) => {
      this.#said = (this.#said + chunk.toString("utf8")).slice(-STDERR_KEPT);
    });
    stdin.on("error", () => {
    });
    this.#child.on("error", (error) => this.end(notStarted(error)));
    this.#closed = new Promise((resolve) => {
      this.#child.on("close", (code, signal) => {
        const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
        this.end({ cause: "ended", why: `it ended ${how}${this.#lastWords()}` });
        resolve();
      });
      this.#child.on("error", () => resolve());
    });
  }
  send(id, request) {
    this.#child.stdin.write(`${asciiJson({ id, ...request })}
`);
  }
  /** Ends it at once, with everything it started. */
  end(end) {
    if (this.#isOver) return;
    this.#isOver = true;
    kill(this.#child.pid);
    this.#listener.onEnd(end);
  }
  /** Lets it end by itself for a moment, then makes it. Resolves when it is gone. */
  async close(graceMs) {
    this.#isOver = true;
    this.#child.stdin.end();
    const timer = setTimeout(() => kill(this.#child.pid), graceMs);
    await this.#closed;
    clearTimeout(timer);
    kill(this.#child.pid);
  }
  #take(line) {
    if (this.#isOver || line.trim() === "") return;
    const reply = readReply(line);
    if (reply === void 0) this.end({ cause: "nonsense", why: `it wrote a line that is no reply: "${line.slice(0, 200)}"` });
    else this.#listener.onReply(reply.id, reply);
  }
  #lastWords() {
    const lines = this.#said.split("\n").filter((line) => line.trim() !== "" && !/^\s+at |^Node\.js v/.test(line));
    return lines.length === 0 ? " and said nothing" : `, saying "${lines.slice(-3).join(" ")}"`;
  }
};
function asciiJson(value) {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function readReply(line) {
  try {
    const reply = JSON.parse(line);
    return isReply(reply) ? reply : void 0;
  } catch {
    return void 0;
  }
}
function isReply(value) {
  return typeof value === "object" && value !== null && "id" in value && Number.isInteger(value.id);
}
function notStarted(error) {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
  const why = code === "ENOENT" ? "there is no such program" : code === "EACCES" ? "it is not executable" : code;
  return { cause: "hopeless", why: `it cannot be started: ${why}` };
}
function kill(pid) {
  if (pid === void 0) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
  }
}

// src/edges/functions/caller.ts
var MOST_RESTARTS = 5;
var GRACE_MS = 2e3;
var Caller = class {
  #fn;
  #start;
  #clean;
  #waiting = [];
  #open = /* @__PURE__ */ new Map();
  #program;
  #lastId = 0;
  #starts = 0;
  /** Why no program is started any more. */
  #refusal;
  constructor(fn, start, clean) {
    this.#fn = fn;
    this.#start = start;
    this.#clean = clean;
  }
  /** Never rejects. */
  call(request) {
    return new Promise((resolve) => {
      this.#waiting.push({ request, resolve, attempts: 0 });
      this.#proceed();
    });
  }
  /** Resolves when the program is gone; what is still open fails. */
  async close() {
    this.#refusal = "the run is over";
    const program = this.#program;
    this.#program = void 0;
    for (const call of this.#open.values()) this.#fail(call, this.#refusal);
    this.#open.clear();
    this.#proceed();
    await program?.close(GRACE_MS);
  }
  #proceed() {
    while (this.#waiting.length > 0 && this.#open.size < this.#room(this.#waiting[0])) {
      const call = this.#waiting.shift();
      const program = this.#refusal === void 0 ? this.#running() : void 0;
      if (program === void 0) this.#fail(call, this.#refusal);
      else this.#hand(call, program);
    }
  }
  /** Answers given for the second time are given alone. */
  #room(next) {
    const isAlone = next.attempts > 0 || [...this.#open.values()].some(({ attempts }) => attempts > 1);
    return isAlone ? 1 : this.#fn.concurrency;
  }
  /** Undefined where none can be had; `#refusal` says why. */
  #running() {
    if (this.#program !== void 0) return this.#program;
    this.#starts += 1;
    try {
      const program = new Program(this.#start, {
        onReply: (id, reply) => this.#settle(id, reply),
        onEnd: (end) => this.#ended(program, end)
      });
      this.#program = program;
      return program;
    } catch (error) {
      this.#refusal = notStarted(error).why;
      return void 0;
    }
  }
  #hand(call, program) {
    const id = ++this.#lastId;
    call.attempts += 1;
    this.#open.set(id, call);
    call.timer = setTimeout(() => this.#timedOut(id, program), this.#fn.timeoutMs);
    program.send(id, call.request);
  }
  #settle(id, reply) {
    const call = this.#open.get(id);
    if (call === void 0) {
      this.#program?.end({ cause: "nonsense", why: `it answered request ${id}, which was not open` });
      return;
    }
    this.#close(id, call);
    call.resolve({ reply });
    this.#proceed();
  }
  /** Its other answers are not to blame. */
  #timedOut(id, program) {
    const call = this.#open.get(id);
    if (call === void 0) return;
    this.#close(id, call);
    this.#fail(call, `it gave no score within ${this.#fn.timeoutMs / 1e3} s`);
    program.end({ cause: "hung", why: "it was ended because another answer took it too long" });
  }
  #ended(program, { cause, why }) {
    if (this.#program !== program) return;
    this.#program = void 0;
    if (cause === "hopeless") this.#refusal = why;
    else if (this.#starts > MOST_RESTARTS)
      this.#refusal = `it was started ${this.#starts} times and is not started again; the last time ${why}`;
    const calls = [...this.#open];
    const mayBeBlameless = cause === "hung" || calls.length > 1;
    for (const [id, call] of calls.reverse()) {
      this.#close(id, call);
      if (mayBeBlameless && call.attempts < 2 && this.#refusal === void 0) this.#waiting.unshift(call);
      else this.#fail(call, why);
    }
    this.#proceed();
  }
  #close(id, call) {
    this.#open.delete(id);
    clearTimeout(call.timer);
  }
  #fail(call, why) {
    clearTimeout(call.timer);
    const sentence = `The scorer function ${this.#fn.name} gave no score: ${this.#clean(why)}.`;
    call.resolve({ kind: "failure", reason: "function", sentence, retryable: false });
  }
};

// src/edges/functions/checkout.ts
import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
async function verifyCheckout(folder, files, commit) {
  if (commit !== void 0) await verifyCommit(folder, commit);
  const faults = await Promise.all(files.map((file) => faultOf(folder, file)));
  const problems = faults.filter((fault) => fault !== void 0);
  if (problems.length > 0) throw new UserError(...problems);
}
async function verifyCommit(folder, commit) {
  const wrong = (what) => new UserError({
    what: `scorer functions run only from a checkout of the base branch's tip, ${commit.slice(0, 7)}, and ${what}`,
    fix: "Before this step check that branch out, into the folder that the input `functions-path` names: see docs/functions.md."
  });
  const head = await git(folder, "rev-parse", "HEAD").catch((error) => {
    throw wrong(`the workspace is none${saidBy(error)}`);
  });
  if (head.trim() !== commit) throw wrong(`the workspace is one of ${head.trim().slice(0, 7)}`);
}
function saidBy(error) {
  const said = typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr).trim().split("\n", 1)[0] : "";
  return said === "" ? "" : ` (git says: "${said}")`;
}
async function faultOf(folder, { path, hash }) {
  const text = await textOf(join(folder, path));
  if (text === void 0)
    return { file: path, what: "the file is not in the checkout that scorer functions run from", fix: "Check it out." };
  if (createHash("sha256").update(text).digest("hex") === hash) return void 0;
  return {
    file: path,
    what: "the file is not what the base branch has, and scorer functions run only from there",
    fix: "Check the base branch out anew."
  };
}
async function textOf(path) {
  try {
    return (await lstat(path)).isFile() ? decoded(await readFile(path)) : void 0;
  } catch {
    return void 0;
  }
}

// src/edges/functions/environment.ts
var passedOn = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TMP|TEMP|VIRTUAL_ENV|PYTHONPATH|PYTHONHOME|NODE_PATH|JAVA_HOME|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|PKG_CONFIG_PATH|SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|ProgramData|ProgramFiles)$/i;
function scrubbed(env) {
  const kept = Object.entries(env).flatMap(([name, value]) => passedOn.test(name) && value !== void 0 ? [[name, value]] : []);
  return { ...Object.fromEntries(kept), PYTHONIOENCODING: "utf-8", PYTHONUNBUFFERED: "1" };
}

// src/edges/functions/index.ts
async function openFunctions(files, { folder, commit, env }) {
  await verifyCheckout(folder, files, commit);
  const callers = /* @__PURE__ */ new Map();
  const clean = cleaner([]);
  const callerOf = (fn) => {
    const key = JSON.stringify(fn);
    const known = callers.get(key) ?? new Caller(fn, { argv: argvOf(fn), folder, env: scrubbed(env) }, clean);
    callers.set(key, known);
    return known;
  };
  return {
    call: (fn, request) => callerOf(fn).call(request),
    close: async () => {
      await Promise.all([...callers.values()].map((caller) => caller.close()));
    }
  };
}
function argvOf({ program }) {
  return program.kind === "command" ? program.argv : [process.execPath, hostPath(), program.path, program.exported];
}
function hostPath() {
  return fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "./host.ts" : "../function-host.js", import.meta.url));
}
export {
  openFunctions
};
