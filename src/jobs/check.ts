import type { PromptReport } from '../report/model.ts';
import { conclude } from './conclude.ts';
import { lookUp, type Prepared } from './look-up.ts';
import { measure, nothingAsked } from './measure.ts';
import type { Request } from './policy.ts';
import { recall, recalled } from './recall.ts';
import { recordsOf } from './records.ts';
import { type Checked, reportOf, runOf } from './report.ts';
import { looksOf, type Searches, searchAfter, withSearch } from './search/after-check.ts';
import { withheld } from './withheld.ts';
import type { World } from './world.ts';

/**
 * What the author of a pull request experiences: the prompts it concerns are found, each is asked about the base branch's
 * examples in its old and its new version, and a verdict with its evidence comes back. UserError where the settings are wrong;
 * mistakes in one prompt's files become that prompt's verdict.
 */
export async function check(request: Request, world: World): Promise<Checked> {
  const startedMs = world.clock.now();
  const prepared = await lookUp(request, world);
  const earlier = await recall(prepared, world);
  if (earlier !== undefined) return recalled(earlier, prepared, runOf(nothingAsked, world.clock.now() - startedMs, world.version));
  return compared(prepared, world, startedMs);
}

/** What was prepared, measured and judged. */
export async function compared(prepared: Prepared, world: World, startedMs: number): Promise<Checked> {
  const measured = await measure(prepared, world);
  const { cases, settings, pullRequest } = prepared;
  const detail = settings.report.examples;
  const concluded = cases.map((one) => conclude(one, measured, settings, pullRequest));
  const searches = await searchAfter(prepared, measured, concluded, world, startedMs);
  const prompts = cases.map((one, at) => withheld(withFinding(concluded[at]!, searches), one, detail));
  const run = runOf(measured, world.clock.now() - startedMs, world.version, pullRequest);
  return {
    report: reportOf(prepared, measured, prompts),
    run: [...searches].reduce((so, [path, searched]) => withSearch(so, path, searched), run),
    trials: recordsOf(measured.outcome.trials, cases, detail),
    looks: { known: prepared.known, taken: looksOf(searches) },
  };
}

function withFinding(prompt: PromptReport, searches: Searches): PromptReport {
  const searched = searches.get(prompt.path);
  return searched === undefined ? prompt : { ...prompt, search: searched.report };
}
