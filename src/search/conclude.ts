import { createHash } from 'node:crypto';
import type { FindingReason } from '../domain/finding.ts';
import { type Confirmed, improvementP, pairUp, shrunkenGain } from './confirm.ts';
import type { Evidence, Finding } from './finding.ts';
import { nextLook } from './looks.ts';
import type { SearchPlan } from './plan.ts';
import type { SearchSetup } from './setup.ts';
import type { SearchState } from './state.ts';

/** Share of confirm rows that may have failed. */
const MOST_MISSING = 0.1;
/** Each end's error rate of the interval where the look has none to spend. */
const ALPHA_TO_SHOW = 0.05;

/** What a search comes to once its choice has met the confirm rows. */
export function conclude(setup: SearchSetup, plan: SearchPlan, state: SearchState): Finding {
  const stopped = state.stopped && { stopped: state.stopped };
  const { candidate, claim } = state.chosen ?? {};
  if (candidate === undefined || claim === undefined)
    return {
      label: 'none',
      because: state.chosen ? [{ rule: 'nothing-better', candidates: state.candidates.length - 1 }] : [],
      ...stopped,
    };
  const confirm = new Set(plan.confirm);
  const rows = setup.rows.filter(({ example }) => confirm.has(example.id));
  const confirmed = pairUp(rows, (id) => state.outcomes[candidate]!.get(id)?.score);
  const evidence = evidenceOf(setup, plan, state, confirmed);
  if (evidence.effect.estimate < 0 || (claim === 'better' && evidence.effect.estimate === 0))
    return { label: 'none', because: [{ rule: 'not-confirmed' }], evidence, ...stopped };
  const doubts = [...doubtsOf(setup, evidence), ...missingOf(confirmed), ...plan.caveats.filter(({ rule }) => rule !== 'part-of-rows')];
  return {
    label: doubts.length === 0 ? 'verified' : 'promising',
    because: [...doubts, ...plan.caveats.filter(({ rule }) => rule === 'part-of-rows')],
    evidence,
    ...stopped,
  };
}

function evidenceOf(setup: SearchSetup, plan: SearchPlan, { chosen, candidates }: SearchState, confirmed: Confirmed): Evidence {
  const { candidate, claim } = { candidate: chosen!.candidate!, claim: chosen!.claim! };
  const look = nextLook(setup.pastLooks, { text: textHash(candidates[candidate]!.text), rows: plan.confirmDigest });
  return {
    candidate,
    claim,
    look,
    effect: setup.effectOf(confirmed.pairs, look.alpha > 0 ? look.alpha : ALPHA_TO_SHOW),
    gain: shrunkenGain(confirmed),
    p: improvementP(confirmed, setup.seed),
  };
}

function doubtsOf({ leastGain, margin }: SearchSetup, { claim, effect, p, look, gain }: Evidence): FindingReason[] {
  if (claim === 'shorter') return effect.lower > -margin ? [] : [{ rule: 'not-shown', p, alpha: look.alpha }];
  return [
    ...(p <= look.alpha ? [] : [{ rule: 'not-shown', p, alpha: look.alpha } as const]),
    ...(gain >= leastGain ? [] : [{ rule: 'below-least-gain', leastGain } as const]),
  ];
}

function missingOf({ pairs, missing }: Confirmed): FindingReason[] {
  const of = pairs.length + missing;
  return missing > MOST_MISSING * of ? [{ rule: 'rows-missing', missing, of }] : [];
}

/** How a text is named in a pull request's state: SHA-256 (hex). */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
