import { join } from 'node:path';
import { uploadFiles } from '../../edges/actions/artifact.ts';
import { progressLog } from '../../edges/actions/progress.ts';
import { realClock } from '../../edges/clock.ts';
import { freshFolder, writeFiles } from '../../edges/report-files.ts';
import { type Optimized, optimize } from '../../jobs/optimize.ts';
import { optimizable } from '../../jobs/search/changed.ts';
import { progressTeller } from '../../report/index.ts';
import { renderOptimizeSummary } from '../../report/search/markdown.ts';
import { rememberLooks } from '../looks.ts';
import { openMemory } from '../memory.ts';
import type { Occasion } from '../occasion.ts';
import { requestOf, worldOf } from '../world.ts';
import type { Decision } from './decide.ts';
import type { CommandOccasion } from './occasion.ts';
import { FILE, nameOf, suggestionOf } from './suggestions.ts';

/** Prompts of one pull request that are searched for at most. */
const MOST_PROMPTS = 5;
/** Characters of one finding in the answer. */
const MOST_PATCH = 8_000;
const MOST_ANSWER = 60_000;

/** The pull request as it is now, as if it had asked for itself. */
type Asked = Occasion<Extract<Occasion['trigger'], { readonly kind: 'pull-request' }>>;

/**
 * Searches for better versions of the prompts that the pull request changes, at the commit that was its newest when the command was read. The budget is
 * shared evenly. What is verified is kept as an artifact, for `/ratchet apply`.
 */
export async function searchFor(asked: Asked, calls: number | undefined, command: CommandOccasion): Promise<Decision> {
  const memory = openMemory(asked);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const world = { ...worldOf(asked, progress), ...memory.world };
  const paths = await optimizable(requestOf(asked), world);
  if (paths.length === 0)
    return { kind: 'refuse', sentence: 'This pull request changes no prompt that has an eval set on the base branch.' };
  if (paths.length > MOST_PROMPTS)
    return { kind: 'refuse', sentence: `This pull request changes ${paths.length} prompts; a search takes ${MOST_PROMPTS} at most.` };
  const found: Optimized[] = [];
  try {
    for (const prompt of paths) {
      const request = requestOf(asked);
      const budget = calls === undefined ? request.inputs.budget : String(Math.max(1, Math.floor(calls / paths.length)));
      found.push(await optimize({ ...request, inputs: { ...request.inputs, budget }, prompt }, world));
    }
  } finally {
    progress.stop();
    await rememberLooks(
      found.flatMap(({ report, look }) => (look === undefined ? [] : [{ path: report.path, ...look }])),
      asked,
    );
    await memory.save();
  }
  const suggestions = found.flatMap((one) => suggestionOf(one, asked) ?? []);
  const isKept = suggestions.length > 0 && (await keep(suggestions, command));
  const texts = found.map(({ report, run }) => renderOptimizeSummary(report, run, MOST_PATCH));
  const last = isKept ? '\n\nTo commit what is verified, comment `/ratchet apply`.' : '';
  return { kind: 'answer', markdown: fitting(texts) + last };
}

/** As many findings as a comment holds. */
function fitting(texts: readonly string[]): string {
  const shown: string[] = [];
  for (const text of texts) if ([...shown, text].join('\n\n').length < MOST_ANSWER) shown.push(text);
  return shown.length === texts.length ? shown.join('\n\n') : `${shown.join('\n\n')}\n\nThe rest is too long for a comment.`;
}

async function keep(suggestions: readonly object[], { env, log, trigger }: CommandOccasion): Promise<boolean> {
  const folder = await freshFolder(join(env['RUNNER_TEMP'] ?? '.'), 'prompt-ratchet-suggestions');
  await writeFiles(folder, { [FILE]: JSON.stringify({ suggestions }) });
  const uploaded = await uploadFiles(nameOf(trigger.number), folder, [FILE], env);
  if (uploaded.kind === 'none') log.warning(uploaded.sentence);
  return uploaded.kind === 'uploaded';
}
