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
var FLAGS = {
  base: { takes: "REF|DIR", does: "what to compare with (default: where the branch left the default branch)" },
  head: { takes: "REF|DIR", does: "what to compare (default: the working tree)" },
  config: { takes: "F", does: "settings file (default: prompt-ratchet.yml)" },
  "settings-from": { takes: "head|base", does: "where settings and eval sets come from; CI takes the base’s (default: head)" },
  prompts: { takes: "GLOBS", does: "which files are prompts, separated by commas" },
  model: { takes: "M", does: "model for prompts that name none; `offline` is the embedded one" },
  "base-url": { takes: "U", does: "OpenAI-compatible endpoint, up to and including /v1" },
  "api-version": { takes: "V", does: "Azure OpenAI’s api-version" },
  "on-inconclusive": { takes: "warn|fail", does: "can only be stricter than the settings" },
  "max-calls": { takes: "N", does: "most requests to send; can only lower the settings’ cap" },
  "max-cost-usd": { takes: "X", does: "most to spend; can only lower the settings’ cap" },
  "max-minutes": { takes: "N", does: "longest that the calls may take together; can only lower the settings’ cap" },
  "allow-functions": { takes: "true|false", does: "`false` turns function scorers off; they need the settings’ leave" },
  shard: { takes: "I/N", does: "ask the I-th of N parts only, and leave it in --out for `merge`" },
  out: { takes: "DIR", does: "write the report there: JSON, Markdown, JUnit XML, SARIF, and every trial" },
  cache: { takes: "DIR", does: "where answers are kept (default: your cache folder, or the settings’ `cache.dir`)" },
  "no-cache": { does: "ask everything anew and keep nothing" },
  record: { takes: "FILE", does: "add every answer of this run to a recording" },
  replay: { takes: "FILE", does: "take every answer from a recording and ask nobody; with `--record`, ask what it lacks" },
  "judge-noise": { does: "ask the judge twice about the base’s answers, and say how far its scores move" },
  plan: { does: "print what a run would take, and stop" },
  version: { does: "print the version" },
  help: { does: "print this help" }
};
function readFlags(argv) {
  const { values, positionals } = parsed(argv);
  if (values["version"] === true) return { command: "version" };
  const [command, ...folders] = positionals;
  if (values["help"] === true || command === void 0) return { command: "help" };
  if (command !== "check" && command !== "merge")
    throw new UserError({
      file: command,
      what: "there is no such command",
      fix: "Write `prompt-ratchet check` or `prompt-ratchet merge`."
    });
  if (command === "check" && folders[0] !== void 0)
    throw new UserError({ file: folders[0], what: "this argument belongs to nothing", fix: "See `prompt-ratchet --help`." });
  if (command === "merge" && folders.length === 0)
    throw new UserError({
      file: "merge",
      what: "there is nothing to merge",
      fix: "Name the folders that the shards left: `prompt-ratchet merge DIR…`."
    });
  const given = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => typeof value === "string" ? [[name, value]] : []));
  return {
    command,
    folders,
    given,
    plan: values["plan"] === true,
    noCache: values["no-cache"] === true,
    judgeNoise: values["judge-noise"] === true
  };
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
  "",
  "Evaluates the old and the new version of every changed prompt on the same examples and says whether it got better or worse.",
  "`merge` says so for a check whose parts were asked with `--shard`; it takes the same flags as they did.",
  "",
  ...Object.entries(FLAGS).map(([name, flag]) => `  ${`--${name}${"takes" in flag ? ` ${flag.takes}` : ""}`.padEnd(27)} ${flag.does}`),
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
  const { runCheck } = await import("./chunks/terminal-PDPQEQLG.js");
  return runCheck(flags, { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr });
}
function say(text) {
  process.stdout.write(`${text}
`);
  return 0;
}
