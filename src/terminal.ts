import { join, resolve } from 'node:path';
import { UserError } from './domain/problem.ts';
import { realClock } from './edges/clock.ts';
import { isFolder } from './edges/folders.ts';
import { openLocalRevisions } from './edges/local/revisions.ts';
import { makeFolder, readTextFile, writeFiles } from './edges/report-files.ts';
import { openScratch } from './edges/scratch.ts';
import { keepHeapSmall } from './edges/small-heap.ts';
import { stopSignal } from './edges/stop-signal.ts';
import { openCache } from './edges/store/cache.ts';
import { openEventLog } from './edges/store/event-log.ts';
import { userCacheFolder } from './edges/store/folder.ts';
import { openJournal } from './edges/store/journal.ts';
import { isFile, linesInFile } from './edges/store/line-files.ts';
import { openRecorder } from './edges/store/recorder.ts';
import { openShard } from './edges/store/shard-folder.ts';
import type { CheckFlags, OptimizeFlags } from './edges/terminal/flags.ts';
import { type ProgressBar, progressBar } from './edges/terminal/progress.ts';
import type { Shard } from './evaluate/shard.ts';
import { readSuccession } from './jobs/across-models.ts';
import { check } from './jobs/check.ts';
import type { Credentials } from './jobs/endpoint.ts';
import { faultsOf, lookUp } from './jobs/look-up.ts';
import { merge } from './jobs/merge.ts';
import { planAlone } from './jobs/plan.ts';
import type { Request } from './jobs/policy.ts';
import { filesOf } from './jobs/published.ts';
import { notBegun } from './jobs/report.ts';
import { serversOf } from './jobs/servers.ts';
import { askShard } from './jobs/shard.ts';
import { readShard } from './jobs/shard-name.ts';
import { partOf } from './jobs/shard-part.ts';
import type { World } from './jobs/world.ts';
import { nothingPlanned, planText, progressTeller, renderSearchPlan, renderTerminal, shardSentence } from './report/index.ts';
import type { Settings } from './settings/settings.ts';
import { version } from './version.ts';

/** The process as far as the terminal tool touches it. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** `prompt-ratchet check` and `merge`: report on standard output, progress on standard error; gives the exit code. */
export async function runCheck(flags: CheckFlags, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stdout, stderr } = surroundings;
  keepHeapSmall();
  const request = requestOf(flags);
  const bar = progressBar(stderr, realClock, progressTeller(realClock.now()), stopSignal());
  const world = worldOf(flags, surroundings, bar, () =>
    openLocalRevisions(cwd, { base: flags.given.base, head: flags.given.head, settingsFrom: settingsFrom(flags) }),
  );
  if (flags.plan) {
    const { shard } = flags.given;
    return tellPlan(request, shard === undefined ? undefined : readShard(shard, '--shard'), world, surroundings);
  }
  if (flags.given.shard !== undefined) return runShard(flags, request, world, surroundings).finally(() => bar.stop());
  const out = flags.given.out === undefined ? undefined : resolve(cwd, flags.given.out);
  if (out !== undefined) await makeFolder(out, '--out');
  const folders = flags.folders.map((folder) => folderOfShards(folder, cwd));
  const checked = await (flags.command === 'merge' ? merge(request, folders, world) : check(request, world))
    .catch(async (error: unknown) => {
      if (error instanceof UserError && out !== undefined) await writeFiles(out, filesOf(notBegun('bad-input', error, version)));
      throw error;
    })
    .finally(() => bar.stop());
  const color = stdout.isTTY && !env['NO_COLOR'];
  stdout.write(renderTerminal(checked.report, checked.run, { color, width: stdout.columns || 100, unwritten: out === undefined }));
  if (out !== undefined) await writeFiles(out, filesOf(checked));
  return checked.report.exitCode;
}

/** Of a shard alone, where one is named. */
async function tellPlan(request: Request, shard: Shard | undefined, world: World, { stdout, stderr }: Surroundings): Promise<number> {
  const prepared = await lookUp(request, world);
  const plan = await planAlone(shard === undefined ? prepared : partOf(prepared, shard), world);
  stdout.write(plan === undefined ? nothingPlanned(prepared.notes) : planText(plan));
  const faults = faultsOf(prepared);
  stderr.write(faults.map((fault) => `${fault}\n`).join(''));
  return faults.length === 0 ? 0 : 3;
}

/** A slip in its name is no shard that is missing. */
function folderOfShards(folder: string, cwd: string): string {
  const path = resolve(cwd, folder);
  if (isFolder(path)) return path;
  throw new UserError({ file: folder, what: 'there is no such folder', fix: 'Name the folders that the shards left behind.' });
}

/** One line on standard output, and a folder for `merge`. */
async function runShard({ command, given }: CheckFlags, request: Request, world: World, { cwd, stdout }: Surroundings): Promise<number> {
  const { shard = '', out, record } = given;
  if (command === 'merge') throw new UserError({ file: '--shard', what: '`merge` takes all shards', fix: 'Leave it out.' });
  if (record !== undefined)
    throw new UserError({ file: '--record', what: 'a shard is taken down as it is', fix: 'Give it to `prompt-ratchet merge`.' });
  if (out === undefined)
    throw new UserError({ file: '--shard', what: 'there is no folder to leave the shard in', fix: 'Name one: --out shards/1.' });
  const folder = resolve(cwd, out);
  const asked = await askShard(request, readShard(shard, '--shard'), { ...world, openShard: (begun) => openShard(folder, begun) });
  stdout.write(`${shardSentence(asked)}\n`);
  return asked.exitCode;
}

/** The world of a person at a terminal. */
export function worldOf(
  flags: CheckFlags | OptimizeFlags,
  { cwd, env, stderr }: Surroundings,
  bar: ProgressBar,
  openRevisions: World['openRevisions'],
): World {
  const { record } = flags.given;
  const warn = (sentence: string): void => void stderr.write(`${sentence}\n`);
  const credentials: Credentials = {
    apiKey: env['OPENAI_API_KEY'] || undefined,
    judgeApiKey: env['JUDGE_API_KEY'] || undefined,
    baseUrl: env['OPENAI_BASE_URL'] || undefined,
    env,
  };
  const inCache = <T>(settings: Settings, open: (folder: string) => T): T | undefined => {
    const folder = cacheFolder(flags, settings, { cwd, env });
    return folder === undefined ? undefined : open(folder);
  };
  return {
    version,
    clock: realClock,
    scratch: openScratch(),
    signal: stopSignal(),
    openRevisions,
    ...serversOf(credentials, configOf(flags)),
    openAnswers: async (endpoint, settings) =>
      inCache(settings, (folder) => openCache(folder, { endpoint, maxMb: settings.cache.maxMb, warn })),
    openJournal: (plan, settings) => inCache(settings, (folder) => openJournal(join(folder, 'runs'), plan)),
    openSearchLog: (search, settings) => inCache(settings, (folder) => openEventLog(join(folder, 'searches'), search)),
    readReplay: () => readReplay(flags, cwd),
    ...(record !== undefined && { openRecorder: () => openRecorder(resolve(cwd, record), warn) }),
    openFunctions: async (files, policy) => {
      const { openFunctions } = await import('./edges/functions/index.ts');
      return openFunctions(
        files,
        policy.folder === undefined ? { folder: cwd, commit: policy.revision, env } : { folder: policy.folder, env },
      );
    },
    onPlan: (plan) => stderr.write(planText(plan)),
    onSearchPlan: (plan) => stderr.write(renderSearchPlan(plan)),
    onProgress: bar.onProgress,
  };
}

const configOf = ({ given }: CheckFlags | OptimizeFlags): string => given.config ?? 'prompt-ratchet.yml';

/** What flags say of policy, whichever command they stand behind. */
export function requestOf(flags: CheckFlags | OptimizeFlags): Request {
  const { given } = flags;
  return {
    config: configOf(flags),
    configNamed: given.config !== undefined,
    ...(given['compare-models'] !== undefined && { models: readSuccession(given['compare-models'], '--compare-models') }),
    withoutKey: false,
    withoutFunctions: false,
    spelled: (input) => `--${input}`,
    inputs: {
      model: given.model,
      baseUrl: given['base-url'],
      apiVersion: given['api-version'],
      prompts: given.prompts,
      onInconclusive: given['on-inconclusive'],
      maxCalls: given['max-calls'],
      maxCostUsd: given['max-cost-usd'],
      judgeNoise: 'judgeNoise' in flags && flags.judgeNoise ? 'true' : undefined,
      maxMinutes: given['max-minutes'],
      allowFunctions: given['allow-functions'],
      search: given.search,
      budget: given.budget,
      threshold: given.threshold,
      operators: given.operators,
      seed: given.seed,
    },
  };
}

function cacheFolder(
  { given, noCache }: CheckFlags | OptimizeFlags,
  { cache }: Settings,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
): string | undefined {
  if (noCache) return undefined;
  if (given.cache !== undefined) return resolve(cwd, given.cache);
  if (cache.off) return undefined;
  return cache.dir === undefined ? userCacheFolder(env, process.platform) : resolve(cwd, cache.dir);
}

async function readReplay({ given }: CheckFlags | OptimizeFlags, cwd: string) {
  if (given.replay === undefined) return undefined;
  const path = resolve(cwd, given.replay);
  return { path: given.replay, lines: isFile(path) ? linesInFile(path) : (await readTextFile(path, '--replay')).split('\n') };
}

function settingsFrom({ given }: CheckFlags): 'head' | 'base' {
  const from = given['settings-from'] ?? 'head';
  if (from === 'head' || from === 'base') return from;
  throw new UserError({ file: '--settings-from', what: `"${from}" is neither head nor base`, fix: 'Write head or base.' });
}
