import { optimizeJson, runJson } from '../../report/json.ts';
import { renderOptimizeSummary } from '../../report/search/markdown.ts';
import type { Optimized } from '../optimize.ts';

/** The files that an `optimize` job leaves behind, by name. All but `run.json` and the last line of `optimize.md` depend on inputs and answers alone. */
export function optimizeFiles({ report, run }: Optimized): Readonly<Record<string, string>> {
  const { suggestion } = report.search;
  return {
    'optimize.json': optimizeJson(report),
    'optimize.md': renderOptimizeSummary(report, run),
    'run.json': runJson(run),
    ...(suggestion && { 'suggestion.md': suggestion.text, 'suggestion.patch': suggestion.patch }),
  };
}
