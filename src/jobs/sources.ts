import { embedded } from '../domain/embedded.ts';
import type { AnswerStore, Functions, LanguageModel } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import { endpointUrl } from '../edges/models/endpoint.ts';
import { byServer } from '../edges/store/by-server.ts';
import { recordingInto, replayFirst, replayOnly } from '../edges/store/recorded-answers.ts';
import { newRecording, type Recording, readRecording } from '../edges/store/recording.ts';
import type { Settings } from '../settings/settings.ts';
import { judgeUrlOf } from './endpoint.ts';
import { measurementsIn, type Prepared } from './look-up.ts';
import type { Measurement } from './measurement.ts';
import { placeIn } from './names.ts';
import type { OpenAnswers, OpenJournal, World } from './world.ts';

/** Where a run's answers come from, and what is written down of it. */
export interface Sources {
  readonly model: LanguageModel;
  /** What is known as it is opened: no more is asked of it than a plan needs. */
  readonly known: Known;
  readonly answers?: AnswerStore;
  /** What scorer functions have said before. */
  readonly scores?: AnswerStore;
  readonly journal?: OpenJournal;
  /** Whether somebody may be asked, and paid. */
  readonly isLive: boolean;
  /** The recording that answers are taken from first; absent without one. */
  readonly recording?: string;
  /** `isOver`: the plan came to its end, whatever that was. */
  close(isOver: boolean): Promise<void>;
}

/** Answers that are there before anybody is asked. */
export interface Known {
  readonly store?: AnswerStore;
  /** Whether somebody may be asked for the others, and paid. */
  readonly isLive: boolean;
}

/** A recording and the name it goes by. */
interface Named {
  readonly name: string;
  readonly recording: Recording;
}

/** What sources are opened for. */
interface Opening {
  /** Every model that answers or grades. */
  readonly models: readonly string[];
  /** The plan's. */
  readonly digest: string;
  /** Present where the repository's own functions score. */
  readonly functions: Functions | undefined;
}

/** Opens what the plan of this digest asks. UserError where a recording is not there, is broken, or cannot be written. */
export async function openSources(
  prepared: Pick<Prepared, 'settings' | 'revisions'>,
  { models, digest, functions }: Opening,
  world: World,
): Promise<Sources> {
  const { settings } = prepared;
  const replayed = await openReplay(prepared, world);
  const recorder = world.openRecorder?.();
  const { joined } = world;
  const isLive = (replayed === undefined || recorder !== undefined) && (joined?.asksMore ?? true);
  const asked = models.filter((name) => isLive || name === embedded);
  const model = await world.openModel(asked, settings);
  // The embedded model costs nothing: there is nothing to keep of it.
  const isPaid = isLive && models.some((name) => name !== embedded);
  const kept = isPaid || functions !== undefined ? await openCache(model.endpoint, settings, world) : undefined;
  const cache = isPaid ? kept : undefined;
  const journal = isPaid ? world.openJournal?.(digest, settings) : undefined;
  const known = knownFrom(replayed, cache, isLive);
  const all = joined === undefined ? known : joined.before(known ?? (isLive ? undefined : replayOnly(newRecording(), 'of the shards')));
  const watched = world.shard === undefined ? all : world.shard.around(all);
  const answers = recorder === undefined ? watched : recordingInto(recorder.recording, watched);
  return {
    model: joined?.speaksFor(model) ?? (replayed === undefined || isLive ? model : { ...model, endpoint: replayed.name }),
    known: { ...(known && { store: known }), isLive },
    ...(answers && { answers }),
    ...(kept && functions && { scores: kept }),
    ...(journal && { journal }),
    isLive,
    ...(replayed && { recording: replayed.name }),
    close: async (isOver) => {
      recorder?.close();
      journal?.close(isOver);
      await kept?.close(world.signal.aborted);
      await model.close();
    },
  };
}

/** What is known of a plan's answers where nobody is going to be asked: no model is opened, no journal, and no recorder. */
export async function openKnown(prepared: Prepared, world: World): Promise<Known & { close(): Promise<void> }> {
  const { settings, cases } = prepared;
  const replayed = await openReplay(prepared, world);
  const isLive = replayed === undefined || world.openRecorder !== undefined;
  const paid = modelsIn(measurementsIn(cases)).filter((name) => name !== embedded);
  // Where the cache of a run that asks only judges at a server of their own is: as `openModel` names it.
  const isUsual = paid.some((name) => judgeUrlOf(name, settings) === undefined);
  const endpoint = isUsual ? endpointUrl(settings.baseUrl ?? world.fallbackEndpoint) : embedded;
  const cache = isLive && paid.length > 0 ? await openCache(endpoint, settings, world) : undefined;
  const store = knownFrom(replayed, cache, isLive);
  return { ...(store && { store }), isLive, close: async () => cache?.close(true) };
}

/** Every model that answers or grades. */
export const modelsIn = (measurements: readonly Measurement[]): readonly string[] => [
  ...new Set(measurements.flatMap(({ models, judges }) => [...Object.values(models), ...judges])),
];

async function openCache(endpoint: string, settings: Settings, world: World): Promise<OpenAnswers | undefined> {
  const kept = await world.openAnswers?.(endpoint, settings);
  return kept && { ...byServer(kept, (name) => judgeUrlOf(name, settings)), close: (isHurried) => kept.close(isHurried) };
}

function knownFrom(replayed: Named | undefined, cache: AnswerStore | undefined, isLive: boolean): AnswerStore | undefined {
  if (replayed === undefined) return cache;
  return isLive ? replayFirst(replayed.recording, cache) : replayOnly(replayed.recording, replayed.name);
}

/** The recording that a flag names on this computer, or the settings in the tree that policy comes from. */
async function openReplay({ settings, revisions }: Pick<Prepared, 'settings' | 'revisions'>, world: World): Promise<Named | undefined> {
  const given = await world.readReplay?.();
  if (given !== undefined) return { name: given.path, recording: readRecording(given.path, given.lines) };
  if (settings.replay === undefined) return undefined;
  const text = await revisions.policy.read(settings.replay);
  if (text !== undefined) return { name: settings.replay, recording: readRecording(settings.replay, text.split('\n')) };
  throw new UserError({
    file: settings.replay,
    key: 'replay',
    what: `there is no such recording ${placeIn(revisions.policy)}`,
    fix: 'Mend the path, or record it with `prompt-ratchet check --record`; in CI it must be on the base branch first.',
  });
}
