import { createHash } from 'node:crypto';
import type { Settings } from '../settings/settings.ts';
import type { Measurement } from './measurement.ts';

/** SHA-256 (hex) of everything that a plan asks and scores with, and of this tool's version: equal digests are the same work. */
export function planDigest(measurements: readonly Measurement[], { model, caps, repeats }: Settings, version: string): string {
  const subjects = measurements.map(({ subject: { name, seed, repeats }, models, judges, versions, design }) => [
    name,
    seed,
    repeats,
    models,
    judges,
    versions,
    design,
  ]);
  const limits = [caps.inputTokensPerTrial, caps.outputTokensPerTrial];
  return createHash('sha256').update(JSON.stringify({ version, model, limits, repeats, subjects })).digest('hex');
}
