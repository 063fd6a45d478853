export { checkRunOf } from './check-run.ts';
export { renderComment } from './comment.ts';
export { reportJson, resultsOutput, runJson } from './json.ts';
export { renderLog } from './log.ts';
export { actionOutputs, annotation } from './outputs.ts';
export { planText } from './plan.ts';
export { progressTeller } from './progress.ts';
export { renderSummary } from './summary.ts';
export { renderTerminal } from './terminal.ts';
