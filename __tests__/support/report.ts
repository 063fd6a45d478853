import { readFile } from 'node:fs/promises';
import type { Report } from '../../src/report/model.ts';
import { parseReport as parsed } from '../../src/report/schema/report.ts';
import type { ActionRun } from './run-action.ts';

/** The report a run of the action left behind; that it can be read is the test that it keeps to the published schema. */
export async function readReport(run: ActionRun): Promise<Report> {
  return parseReport(await readFile(run.outputs['report-json'] ?? '', 'utf8'));
}

export function parseReport(text: string): Report {
  const report = parsed(text);
  if (report !== undefined) return report;
  throw new Error(`This is no report: ${text.slice(0, 500)}`);
}
