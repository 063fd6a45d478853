#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  version
} from "./chunks/chunk-W65HOFJJ.js";
import {
  UserError
} from "./chunks/chunk-5GTXJ4BW.js";
import "./chunks/chunk-HANBNIMK.js";

// src/edges/closed-pipe.ts
function allowClosedPipe(...streams) {
  for (const stream of streams) {
    stream.on("error", (error) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

// src/edges/terminal/flags.ts
import { parseArgs } from "node:util";
var COMMANDS = {
  check: {
    does: "Evaluates the old and the new version of every changed prompt on the same examples and says whether it got better or worse."
  },
  merge: { does: "Says what a check comes to whose parts were asked with `--shard`; it takes the same flags as they did." },
  optimize: { does: "Searches for a better version of one prompt within a budget, and says what held-out examples say of it." }
};
var FLAGS = {
  base: { takes: "REF|DIR", does: "what to compare with (default: where the branch left the default branch)", of: ["check", "merge"] },
  head: { takes: "REF|DIR", does: "what to compare or improve (default: the working tree)" },
  config: { takes: "F", does: "settings file (default: prompt-ratchet.yml)" },
  "settings-from": {
    takes: "head|base",
    does: "where settings and eval sets come from; CI takes the base’s (default: head)",
    of: ["check", "merge"]
  },
  prompts: { takes: "GLOBS", does: "which files are prompts, separated by commas" },
  model: { takes: "M", does: "model for prompts that name none; `offline` is the embedded one" },
  "compare-models": {
    takes: "OLD,NEW",
    does: "compare two models on every prompt as it stands, and not two texts on one model",
    of: ["check", "merge"]
  },
  "base-url": { takes: "U", does: "OpenAI-compatible endpoint, up to and including /v1" },
  "api-version": { takes: "V", does: "Azure OpenAI’s api-version" },
  "on-inconclusive": { takes: "warn|fail", does: "can only be stricter than the settings", of: ["check", "merge"] },
  "max-calls": { takes: "N", does: "most requests to send; can only lower the settings’ cap" },
  "max-cost-usd": { takes: "X", does: "most to spend; can only lower the settings’ cap" },
  "max-minutes": { takes: "N", does: "longest that the calls may take together; can only lower the settings’ cap" },
  "allow-functions": { takes: "true|false", does: "`false` turns function scorers off; they need the settings’ leave" },
  shard: { takes: "I/N", does: "ask the I-th of N parts only, and leave it in --out for `merge`", of: ["check", "merge"] },
  out: { takes: "DIR", does: "write the report there: JSON, Markdown and what else it consists of" },
  cache: { takes: "DIR", does: "where answers are kept (default: your cache folder, or the settings’ `cache.dir`)" },
  "no-cache": { does: "ask everything anew and keep nothing" },
  record: { takes: "FILE", does: "add every answer of this run to a recording" },
  replay: { takes: "FILE", does: "take every answer from a recording and ask nobody; with `--record`, ask what it lacks" },
  "judge-noise": { does: "ask the judge twice about the base’s answers, and say how far its scores move", of: ["check", "merge"] },
  plan: { does: "print what a run would take, and stop", of: ["check", "merge"] },
  search: { takes: "WHEN", does: "search for better versions: off, on-regression or always", of: ["check", "merge"] },
  budget: { takes: "N", does: "most requests that one search may send, besides those that measure the prompt as it is" },
  threshold: { takes: "X", does: "score at which there is nothing left to search for, such as 0.95" },
  operators: { takes: "LIST", does: "what makes new versions, separated by commas (see docs/search.md)" },
  seed: { takes: "N", does: "equal seeds and equal answers give the same finding" },
  apply: { does: "write what was found into the prompt’s file", of: ["optimize"] },
  version: { does: "print the version" },
  help: { does: "print this help" }
};
function readFlags(argv) {
  const { values, positionals } = parsed(argv);
  if (values["version"] === true) return { command: "version" };
  const [command, ...named] = positionals;
  if (values["help"] === true || command === void 0) return { command: "help" };
  if (!isCommand(command)) throw new UserError({ file: command, what: "there is no such command", fix: noSuchCommand });
  refuseForeign(command, values);
  const given = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => typeof value === "string" ? [[name, value]] : []));
  const common = { given, noCache: values["no-cache"] === true };
  if (command === "optimize") return { command, ...common, prompt: onePrompt(named), apply: values["apply"] === true };
  if (command === "check") refuseExtra(named);
  if (command === "merge" && named.length === 0)
    throw new UserError({
      file: "merge",
      what: "there is nothing to merge",
      fix: "Name the folders that the shards left: `prompt-ratchet merge DIR…`."
    });
  return { command, folders: named, ...common, plan: values["plan"] === true, judgeNoise: values["judge-noise"] === true };
}
function onePrompt([prompt, ...extra]) {
  refuseExtra(extra);
  if (prompt !== void 0) return prompt;
  throw new UserError({ file: "optimize", what: "no prompt is named", fix: "Write `prompt-ratchet optimize prompts/name.md`." });
}
function refuseExtra([extra]) {
  if (extra !== void 0)
    throw new UserError({ file: extra, what: "this argument belongs to nothing", fix: "See `prompt-ratchet --help`." });
}
var noSuchCommand = "Write `prompt-ratchet check`, `prompt-ratchet merge DIR…` or `prompt-ratchet optimize PROMPT`.";
function isCommand(name) {
  return Object.hasOwn(COMMANDS, name);
}
function belongsTo(flag, command) {
  return !("of" in flag) || Array.isArray(flag.of) && flag.of.includes(command);
}
function refuseForeign(command, values) {
  for (const [name, flag] of Object.entries(FLAGS)) {
    if (values[name] === void 0 || belongsTo(flag, command)) continue;
    throw new UserError({ file: `--${name}`, what: `this flag does not belong to \`${command}\``, fix: "See `prompt-ratchet --help`." });
  }
}
function parsed(argv) {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [name, { type: "takes" in flag ? "string" : "boolean" }])
  );
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UserError({
      what: error instanceof Error ? error.message.split(/[.\n]/)[0] : "the arguments cannot be read",
      fix: "See `prompt-ratchet --help`."
    });
  }
}
var helpText = [
  "Usage: prompt-ratchet check [flags]",
  "       prompt-ratchet merge DIR… [flags]",
  "       prompt-ratchet optimize PROMPT [flags]",
  "",
  ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(27)} ${does}`),
  "",
  ...Object.entries(FLAGS).map(
    ([name, flag]) => `  ${`--${name}${"takes" in flag ? ` ${flag.takes}` : ""}`.padEnd(27)} ${flag.does}${"of" in flag ? ` (${flag.of.join(", ")})` : ""}`
  ),
  "",
  "Environment: OPENAI_API_KEY, OPENAI_BASE_URL, NO_COLOR.",
  "Exit codes: 0 passed, 1 regressed or failed by a strict setting, 2 could not measure, 3 bad input, 4 a bug of this tool."
].join("\n");

// src/cli.ts
var BUG_EXIT_CODE = 4;
allowClosedPipe(process.stdout, process.stderr);
try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}
`);
    process.exitCode = 3;
  } else {
    const trace = process.env["DEBUG"] ? `
${error instanceof Error ? error.stack : String(error)}` : " Set DEBUG=1 for the trace.";
    process.stderr.write(`prompt-ratchet failed in a way that is its own fault; please open an issue.${trace}
`);
    process.exitCode = BUG_EXIT_CODE;
  }
}
async function main() {
  const flags = readFlags(process.argv.slice(2));
  if (flags.command === "version") return say(version);
  if (flags.command === "help") return say(helpText);
  const surroundings = { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr };
  if (flags.command === "optimize") {
    const { runOptimize } = await import("./chunks/optimize-terminal-XHFGRZG6.js");
    return runOptimize(flags, surroundings);
  }
  const { runCheck } = await import("./chunks/terminal-4WXF7OTO.js");
  return runCheck(flags, surroundings);
}
function say(text) {
  process.stdout.write(`${text}
`);
  return 0;
}
