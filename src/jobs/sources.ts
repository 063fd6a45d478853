import type { AnswerStore, LanguageModel } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import { byServer } from '../edges/store/by-server.ts';
import { recordingInto, replayFirst, replayOnly } from '../edges/store/recorded-answers.ts';
import { type Recording, readRecording } from '../edges/store/recording.ts';
import { embedded } from '../evaluate/bounds.ts';
import { judgeUrlOf } from './endpoint.ts';
import type { Prepared } from './look-up.ts';
import type { OpenJournal, World } from './world.ts';

/** Where a run's answers come from, and what is written down of it. */
export interface Sources {
  readonly model: LanguageModel;
  readonly answers?: AnswerStore;
  readonly journal?: OpenJournal;
  /** Whether somebody may be asked, and paid. */
  readonly isLive: boolean;
  /** `isOver`: the plan came to its end, whatever that was. */
  close(isOver: boolean): Promise<void>;
}

/** A recording and the name it goes by. */
interface Named {
  readonly name: string;
  readonly recording: Recording;
}

/** Opens what the plan of this digest asks. UserError where a recording is not there, is broken, or cannot be written. */
export async function openSources(
  prepared: Pick<Prepared, 'settings' | 'revisions'>,
  { models, digest }: { readonly models: readonly string[]; readonly digest: string },
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
  const kept = isPaid ? await world.openAnswers?.(model.endpoint, settings) : undefined;
  const cache = kept && byServer(kept, (name) => judgeUrlOf(name, settings));
  const journal = isPaid ? world.openJournal?.(digest, settings) : undefined;
  const known =
    replayed === undefined ? cache : isLive ? replayFirst(replayed.recording, cache) : replayOnly(replayed.recording, replayed.name);
  const all = joined === undefined ? known : joined.before(known ?? (isLive ? undefined : replayOnly(new Map(), 'of the shards')));
  const watched = world.shard === undefined ? all : world.shard.around(all);
  const answers = recorder === undefined ? watched : recordingInto(recorder.recording, watched);
  return {
    model: joined?.speaksFor(model) ?? (replayed === undefined || isLive ? model : { ...model, endpoint: replayed.name }),
    ...(answers && { answers }),
    ...(journal && { journal }),
    isLive,
    close: async (isOver) => {
      recorder?.close();
      journal?.close(isOver);
      await kept?.close(world.signal.aborted);
      await model.close();
    },
  };
}

/** The recording that a flag names on this computer, or the settings in the tree that policy comes from. */
async function openReplay({ settings, revisions }: Pick<Prepared, 'settings' | 'revisions'>, world: World): Promise<Named | undefined> {
  const given = await world.readReplay?.();
  if (given !== undefined) return { name: given.path, recording: readRecording(given.path, given.text) };
  if (settings.replay === undefined) return undefined;
  const text = await revisions.policy.read(settings.replay);
  if (text !== undefined) return { name: settings.replay, recording: readRecording(settings.replay, text) };
  throw new UserError({
    file: settings.replay,
    key: 'replay',
    what: `there is no such recording at ${revisions.policy.revision}`,
    fix: 'Mend the path, or record it with `prompt-ratchet check --record`; in CI it must be on the base branch first.',
  });
}
