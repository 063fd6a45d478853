import { createHash } from 'node:crypto';
import { requestKey } from '../evaluate/questions.ts';
import type { Settings } from '../settings/settings.ts';
import type { Measurement } from './measurement.ts';
import type { Case } from './prepare.ts';
import type { World } from './world.ts';

interface Decisive {
  readonly cases: readonly Case[];
  readonly settings: Settings;
}

/**
 * SHA-256 (hex) of everything that decides what a check comes to, but for the answers: which prompts, what is asked of which models at
 * which endpoint, how answers are judged, by which rules, and this tool's version. Runs with equal digests would give equal reports.
 * Undefined where a function of the repository's own judges: nobody knows all that it depends on.
 */
export function digestOf(
  { cases, settings }: Decisive,
  { version, fallbackEndpoint }: Pick<World, 'version' | 'fallbackEndpoint'>,
): string | undefined {
  const evalSets = cases.flatMap(({ gate, proposed }) => [gate?.evalSet, proposed?.evalSet]);
  if (evalSets.some((evalSet) => evalSet?.functionFiles !== undefined)) return undefined;
  const decisive = { version, endpoint: settings.baseUrl ?? fallbackEndpoint, settings: deciding(settings), cases: cases.map(caseOf) };
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex');
}

/** What only says how a run goes about it, and what it may spend, is left out. */
function deciding({ concurrency: _concurrency, timeoutMs: _timeoutMs, caps: _caps, prices: _prices, ...rest }: Settings) {
  return rest;
}

function caseOf({ change, settled, gate, proposed, evalSet }: Case) {
  return [change, settled, evalSet?.digest, gate && measurementOf(gate), proposed && measurementOf(proposed)];
}

function measurementOf({ subject, evalSet, rules, design, models, judges }: Measurement) {
  const requests = createHash('sha256');
  for (const { requests: own } of subject.examples)
    for (const request of [own.base, own.head]) requests.update(request === undefined ? '-' : requestKey(request, 0));
  return [evalSet.digest, evalSet.thresholds, subject.repeats, requests.digest('hex'), rules, design, models, judges];
}
