import type { Caps } from '../../domain/policy.ts';
import type { AnswerStore, ConsultBound, GradeAnswer, Journal, LanguageModel } from '../../domain/ports.ts';
import type { Spent } from '../../domain/trial.ts';
import { loadScorers } from '../../scorers/bound.ts';
import { loadConstraints } from '../../scorers/constraints/bound.ts';
import { everyConstraint, everyScorer } from '../../scorers/overrides.ts';
import { graderOf } from '../../scorers/score.ts';
import type { SearchSetup } from '../../search/setup.ts';
import { nothing, type Spend } from '../../search/spend.ts';
import type { Settings } from '../../settings/settings.ts';
import { callFor, openedFunctions } from '../functions.ts';
import type { Prepared } from '../look-up.ts';
import { openSources } from '../sources.ts';
import type { World } from '../world.ts';
import type { Searchable } from './searchable.ts';

/** Whom a search asks, and how. */
export interface Means {
  readonly model: LanguageModel;
  /** Apart from the other, so that what one model refuses is not withheld from the other. */
  readonly proposer: LanguageModel;
  readonly answers?: AnswerStore;
  readonly journal?: Journal;
  readonly grade: GradeAnswer;
  readonly consults: readonly ConsultBound[];
  readonly settings: Settings;
  /** What is left of the run's caps as the search begins. */
  readonly caps: Caps;
  /** What an attempt at the same search spent that was cut off. */
  readonly earlier: Spent;
  readonly world: World;
}

interface OpenMeans extends Means {
  /** What an attempt that was cut off had under way. */
  readonly lost: Spend;
  /** Whether answers outlive the process, so that going on where it ended makes sense. */
  readonly keepsLog: boolean;
  /** `isOver`: nobody is to take the search up again. */
  close(isOver: boolean): Promise<void>;
}

/** Opens models, cache, journal and scorers for one search. UserError where one of them cannot be. */
export async function openMeans(
  { measurement, trust }: Searchable,
  { proposer }: SearchSetup,
  ground: Pick<Prepared, 'settings' | 'revisions'>,
  { digest, caps }: { readonly digest: string; readonly caps: Caps },
  world: World,
): Promise<OpenMeans> {
  const { settings, revisions } = ground;
  const { evalSet, models, judges, consults = [] } = measurement;
  await loadConstraints(everyConstraint(evalSet));
  await loadScorers(everyScorer(evalSet));
  const functions = await openedFunctions([evalSet], revisions.policy, world);
  const sources = await openSources(ground, { models: [models.head, ...judges], digest, functions }, world);
  const { model, answers, journal, isLive } = sources;
  const call = callFor(evalSet, functions, sources.scores);
  const ofItsOwn = proposer && isLive ? await world.openModel([proposer.model], settings) : undefined;
  const lost = journal?.lost;
  return {
    model,
    proposer: ofItsOwn ?? model,
    ...(answers && { answers }),
    ...(journal && { journal }),
    grade: trust?.graderWith(call) ?? graderOf(evalSet, call),
    consults,
    settings,
    caps: isLive ? caps : {},
    earlier: journal?.earlier ?? { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 },
    world,
    lost: lost === undefined ? nothing : { calls: lost.calls, usd: lost.costUsd ?? 0 },
    keepsLog: journal !== undefined,
    close: async (isOver) => {
      await functions?.close();
      await ofItsOwn?.close();
      await sources.close(isOver);
    },
  };
}
