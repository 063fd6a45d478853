import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** An artifact that stands, or why there is none. */
export type Uploaded = { readonly kind: 'uploaded'; readonly id: number } | { readonly kind: 'none'; readonly sentence: string };

/** Then the run goes on without. */
const LONGEST_UPLOAD_MS = 60_000;

/**
 * Keeps files of `folder` as the run's artifact of that name. Never throws: there is no artifact outside of Actions, none on servers that know
 * only older ones, and a report stands elsewhere too. The toolkit says in the log how far it is.
 */
export async function uploadFiles(name: string, folder: string, files: readonly string[], env: Environment): Promise<Uploaded> {
  if (!env['ACTIONS_RUNTIME_TOKEN'] || !env['ACTIONS_RESULTS_URL'])
    return { kind: 'none', sentence: 'The report is not kept as an artifact: this runner offers no service for it.' };
  try {
    const { DefaultArtifactClient } = await import('@actions/artifact');
    const paths = files.map((file) => join(folder, file));
    const { id } = await inTime(new DefaultArtifactClient().uploadArtifact(name, paths, folder));
    if (id === undefined) throw new Error('it has no id');
    return { kind: 'uploaded', id };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'none', sentence: `The report is not kept as an artifact: ${oneLine(why)}.` };
  }
}

async function inTime<T>(upload: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new Error(`it took longer than ${LONGEST_UPLOAD_MS / 1000} s`)), LONGEST_UPLOAD_MS);
  });
  return Promise.race([upload, late]).finally(() => clearTimeout(timer));
}

const oneLine = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[.:]+$/, '')
    .slice(0, 300);
