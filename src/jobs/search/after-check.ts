import type { Spent } from '../../domain/trial.ts';
import { capsLeft } from '../../evaluate/caps.ts';
import { plus } from '../../evaluate/tally.ts';
import type { PromptReport, Run } from '../../report/model.ts';
import type { Look, PastLooks } from '../../search/looks.ts';
import type { Prepared } from '../look-up.ts';
import type { Measured } from '../measure.ts';
import type { Case } from '../prepare.ts';
import { trialsOf } from '../settle.ts';
import type { World } from '../world.ts';
import { searchRows } from './rows.ts';
import { type SearchedPrompt, searchPrompt } from './run.ts';
import type { Searchable } from './searchable.ts';

/** A look at the confirm rows of a prompt, as a pull request remembers it. */
export interface PromptLook extends Look {
  readonly path: string;
}

/** What searches after a check came to, by path. */
export type Searches = ReadonlyMap<string, SearchedPrompt>;

/**
 * Searches for better versions of what a check has just measured, where the settings ask for it: one prompt after the other, from the outcomes
 * that are paid for already, below what is left of the run's caps.
 */
export async function searchAfter(
  prepared: Prepared,
  measured: Measured,
  reports: readonly PromptReport[],
  world: World,
  startedMs: number,
): Promise<Searches> {
  const found = new Map<string, SearchedPrompt>();
  const { cases, settings } = prepared;
  if (settings.search.when === 'off' || measured.outcome.stopped !== undefined) return found;
  // What shards asked has been joined; a search asks for itself.
  const { joined: _, ...alone } = world;
  let used: Spent = measured.outcome;
  for (const [at, one] of cases.entries()) {
    if (!isWanted(one, reports[at]!, settings.search.when)) continue;
    const searchable = await searchableOf(one, prepared, measured);
    if (searchable === undefined) continue;
    const minutes = (world.clock.now() - startedMs) / 60_000;
    const caps = capsLeft(settings.caps, { ...used, minutes });
    const terms = { caps, pastLooks: pastLooks(one.change.path, prepared), withoutKey: prepared.withoutKey ?? false };
    const searched = await searchPrompt(searchable, prepared, terms, alone);
    used = plus(used, searched.spent);
    found.set(one.change.path, searched);
  }
  return found;
}

/** None where no pull request is concerned. */
export function pastLooks(path: string, { known }: Pick<Prepared, 'known'>): PastLooks {
  if (known === undefined) return [];
  return known.looks?.filter((look) => look.path === path) ?? 'unreadable';
}

/** A text that a search suggested is not searched again: which rows it was chosen on is not to be forgotten. */
function isWanted({ gate, isSuggested }: Case, { verdict }: PromptReport, when: Prepared['settings']['search']['when']): boolean {
  if (gate === undefined || isSuggested === true) return false;
  return when === 'on-regression' ? verdict === 'regressed' : verdict !== 'bad-input' && verdict !== 'could-not-measure';
}

async function searchableOf(
  { change: { path }, gate }: Case,
  { revisions }: Prepared,
  measured: Measured,
): Promise<Searchable | undefined> {
  const text = await revisions.head.read(path);
  if (text === undefined || gate === undefined) return undefined;
  const trials = trialsOf(measured.outcome, gate.subject.name);
  const trust = measured.trusts.get(gate.subject.name);
  return {
    path,
    text,
    tree: revisions.head,
    measurement: gate,
    ...(trust && { trust }),
    rows: searchRows(gate.evalSet, trials),
    latenciesMs: measured.outcome.latenciesMs,
  };
}

/** The looks that were taken, for the pull request to remember. */
export function looksOf(searches: Searches): PromptLook[] {
  return [...searches].flatMap(([path, { look }]) => (look === undefined ? [] : [{ path, ...look }]));
}

/** A run with what a search took added to it. */
export function withSearch(run: Run, path: string, { run: searched, spent }: SearchedPrompt): Run {
  if (searched === undefined) return run;
  const { costUsd, ...rest } = run;
  const cached = (run.cached ?? 0) + searched.cached;
  return {
    ...rest,
    calls: run.calls + spent.calls,
    inputTokens: run.inputTokens + spent.inputTokens,
    outputTokens: run.outputTokens + spent.outputTokens,
    ...(cached > 0 && { cached }),
    ...(costUsd !== undefined && spent.costUsd !== undefined && { costUsd: costUsd + spent.costUsd }),
    searches: { ...run.searches, [path]: searched },
  };
}
