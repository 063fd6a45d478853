import { reportJson, runJson } from '../report/json.ts';
import { junitXml } from '../report/junit.ts';
import { sarifJson } from '../report/sarif.ts';
import { renderSummary } from '../report/summary.ts';
import { trialsJsonl } from './records.ts';
import type { Checked } from './report.ts';

type FileName = 'report.json' | 'report.md' | 'junit.xml' | 'report.sarif' | 'run.json' | 'trials.jsonl';

/**
 * The files a check leaves behind, by name, whole or in pieces. `root`: where the report's paths begin in the repository, with a trailing
 * slash or empty. All but `run.json` and the last line of `report.md` depend on inputs and
 * answers alone.
 */
export function filesOf({ report, run, trials }: Checked, root = ''): Readonly<Record<FileName, string | Iterable<string>>> {
  return {
    'report.json': reportJson(report),
    'report.md': renderSummary(report, run),
    'junit.xml': junitXml(report),
    'report.sarif': sarifJson(report, { version: run.version, root }),
    'run.json': runJson(run),
    'trials.jsonl': trialsJsonl(trials),
  };
}
