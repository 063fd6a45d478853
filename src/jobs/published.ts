import { reportJson, runJson } from '../report/json.ts';
import { junitXml } from '../report/junit.ts';
import type { Report } from '../report/model.ts';
import { sarifJson } from '../report/sarif.ts';
import { renderSummary } from '../report/summary.ts';
import { trialsJsonl } from './records.ts';
import type { Checked } from './report.ts';

/** A file's text, whole or in pieces. */
type Content = string | Iterable<string>;

type FileName = 'report.json' | 'report.md' | 'junit.xml' | 'report.sarif' | 'run.json' | 'trials.jsonl';

/**
 * The files a check leaves behind, by name. `root`: where the report's paths begin in the repository, with a trailing slash or empty. All but `run.json` and the last line of `report.md` depend on inputs and
 * answers alone.
 */
export function filesOf({ report, run, trials }: Checked, root = ''): Readonly<Record<FileName, Content> & Record<string, Content>> {
  return {
    'report.json': reportJson(report),
    'report.md': renderSummary(report, run),
    'junit.xml': junitXml(report),
    'report.sarif': sarifJson(report, { version: run.version, root }),
    'run.json': runJson(run),
    'trials.jsonl': trialsJsonl(trials),
    ...suggestionFiles(report),
  };
}

/** What searches suggest: each file whole, and a patch of all. */
function suggestionFiles({ prompts }: Report): Readonly<Record<string, string>> {
  const suggested = prompts.flatMap(({ path, search }) => (search?.suggestion ? [{ path, ...search.suggestion }] : []));
  if (suggested.length === 0) return {};
  const named = suggested.map(({ path, text }, at) => [`suggestion-${at + 1}-${nameOf(path)}`, text]);
  return { ...Object.fromEntries(named), 'suggestions.patch': suggested.map(({ patch }) => patch).join('') };
}

/** The path's last part, of characters that every file system and artifact takes. */
function nameOf(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(-100);
}
