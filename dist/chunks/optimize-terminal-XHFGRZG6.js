import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  openLocalFiles,
  progressBar,
  requestOf,
  worldOf
} from "./chunk-CXXSAH3O.js";
import "./chunk-4VQ42GPD.js";
import {
  optimize,
  renderOptimizeSummary
} from "./chunk-NDY3XANA.js";
import {
  makeFolder,
  optimizeJson,
  patchOf,
  progressTeller,
  realClock,
  renderOptimize,
  replaceFile,
  runJson,
  writeFiles
} from "./chunk-MEQNXXL4.js";
import "./chunk-S43IZFKG.js";
import "./chunk-PZFMAY7X.js";
import "./chunk-W65HOFJJ.js";
import {
  UserError
} from "./chunk-5GTXJ4BW.js";
import "./chunk-HANBNIMK.js";

// src/optimize-terminal.ts
import { resolve } from "node:path";

// src/jobs/search/files.ts
function optimizeFiles({ report, run, before }) {
  const { suggestion } = report.search;
  return {
    "optimize.json": optimizeJson(report),
    "optimize.md": renderOptimizeSummary(report, before, run),
    "run.json": runJson(run),
    ...suggestion && { "suggestion.md": suggestion.text, "suggestion.patch": patchOf(report.path, before, suggestion.text) }
  };
}

// src/optimize-terminal.ts
async function runOptimize(flags, surroundings) {
  const { cwd, env, stdout, stderr } = surroundings;
  const { given, prompt } = flags;
  const out = given.out === void 0 ? void 0 : resolve(cwd, given.out);
  if (out !== void 0) await makeFolder(out, "--out");
  const bar = progressBar(stderr, realClock, progressTeller(realClock.now()));
  const world = worldOf(flags, surroundings, bar, () => openLocalFiles(cwd, given.head));
  const optimized = await optimize({ ...requestOf(flags), prompt }, world).finally(() => bar.stop());
  const { report, run, before } = optimized;
  const color = stdout.isTTY && !env["NO_COLOR"];
  stdout.write(renderOptimize(report, before, run, { color, width: stdout.columns || 100 }));
  if (out !== void 0) await writeFiles(out, optimizeFiles(optimized));
  const { suggestion } = report.search;
  if (!flags.apply || suggestion === void 0) return report.exitCode;
  const { folder } = (await world.openRevisions()).head;
  if (folder === void 0)
    throw new UserError({ file: "--apply", what: "there is no working tree to write to", fix: "Leave --head out, or name a folder." });
  await replaceFile(folder, report.path, { before, after: suggestion.text });
  stderr.write(`Written to ${report.path}.
`);
  return report.exitCode;
}
export {
  runOptimize
};
