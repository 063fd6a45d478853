import * as z from 'zod';
import { jsonIn } from '../domain/parse-json.ts';
import type { PromptReport, Report, TrendPoint } from '../report/model.ts';

const lineSchema = z.object({
  prompt: z.string().min(1).max(1000),
  model: z.string().max(300),
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  verdict: z.string().max(40),
  score: z.number().min(0).max(1),
  n: z.int().nonnegative(),
  acceptedBy: z.string().max(100).optional(),
  reason: z.string().max(300).optional(),
});

/** What a prompt came to at a commit of the default branch: a line of the history. */
export type HistoryLine = z.infer<typeof lineSchema>;

const MOST_POINTS = 30;
const MOST_LINES = 5_000;

/** The lines that can be read, oldest first; whatever else stands there is left out. */
export function parseHistory(jsonl: string): HistoryLine[] {
  return jsonl
    .split('\n')
    .slice(-MOST_LINES)
    .flatMap((line) => lineSchema.safeParse(jsonIn(line)).data ?? []);
}

/** The history with what this report measured at its head; the newest 30 lines of each prompt are kept. */
export function historyWith(lines: readonly HistoryLine[], report: Report): HistoryLine[] {
  const added = report.prompts.flatMap((prompt) => lineOf(prompt, report));
  const isAgain = ({ prompt, sha }: HistoryLine) => added.some((one) => one.prompt === prompt && one.sha === sha);
  const all = [...lines.filter((line) => !isAgain(line)), ...added];
  const kept = new Map<string, number>();
  const isKept = ({ prompt }: HistoryLine) => {
    const count = (kept.get(prompt) ?? 0) + 1;
    kept.set(prompt, count);
    return count <= MOST_POINTS;
  };
  return all.toReversed().filter(isKept).slice(0, MOST_LINES).toReversed();
}

/** As it is kept: a line each, every one ended by a line feed. */
export const historyJsonl = (lines: readonly HistoryLine[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** The report with what its prompts came to before, on the model that they run on now. */
export function withTrend(report: Report, lines: readonly HistoryLine[]): Report {
  const prompts = report.prompts.map((prompt): PromptReport => {
    const trend = trendOf(prompt, lines);
    return trend.length === 0 || prompt.head === undefined ? prompt : { ...prompt, trend };
  });
  return { ...report, prompts };
}

function trendOf({ path, previousPath, models }: PromptReport, lines: readonly HistoryLine[]): TrendPoint[] {
  return lines
    .filter(({ prompt, model }) => (prompt === path || prompt === previousPath) && model === models?.head)
    .map(({ sha, score }) => ({ sha, score }));
}

function lineOf({ path, verdict, head, models }: PromptReport, { head: { sha }, accepted }: Report): HistoryLine[] {
  const line = {
    prompt: path,
    model: models?.head,
    sha,
    verdict,
    score: head?.score,
    n: head?.n,
    acceptedBy: accepted?.by,
    reason: accepted?.reason,
  };
  return lineSchema.safeParse(line).data === undefined ? [] : [lineSchema.parse(line)];
}
