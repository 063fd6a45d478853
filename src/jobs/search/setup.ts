import { embedded } from '../../domain/embedded.ts';
import type { Refusal } from '../../domain/finding.ts';
import type { OperatorName } from '../../domain/operator.ts';
import type { Caps } from '../../domain/policy.ts';
import type { Effect, Pair } from '../../domain/verdict.ts';
import { effectOf, populationMethod } from '../../gate/compare.ts';
import { evidenceOf } from '../../gate/evidence.ts';
import { pairwiseOfSet } from '../../scorers/judge/assigned.ts';
import type { PastLooks } from '../../search/looks.ts';
import { defaultOperators } from '../../search/operators/table.ts';
import type { Proposer, SearchSetup } from '../../search/setup.ts';
import type { Budget } from '../../search/spend.ts';
import type { Settings } from '../../settings/settings.ts';
import { costsOf } from './costs.ts';
import type { Searchable } from './searchable.ts';

/** What a search may do besides what the settings say. */
export interface Terms {
  /** What is left of the run's caps. */
  readonly caps: Caps;
  readonly pastLooks: PastLooks;
  /** Whether only the embedded model may be asked. */
  readonly withoutKey: boolean;
}

/** Everything that decides a search, or why there can be none. */
export function setupOf(one: Searchable, settings: Settings, terms: Terms): SearchSetup | { readonly refused: Refusal } {
  const { search, prices } = settings;
  const { measurement, trust, rows, path, text, signature } = one;
  if (pairwiseOfSet(measurement.evalSet) !== undefined) return { refused: { rule: 'pairs' } };
  if (trust?.left === 'nothing') return { refused: { rule: 'advisory-judge' } };
  if (rows.length === 0) return { refused: { rule: 'unmeasured' } };
  const proposer = proposerOf(one, settings, terms.withoutKey);
  const { costs, unbounded } = costsOf(measurement, text, proposer, prices);
  const budget = budgetOf(settings, terms.caps);
  if (budget.usd !== undefined && unbounded[0] !== undefined) return { refused: { rule: 'unbounded', ...unbounded[0] } };
  const { margin } = measurement.rules;
  return {
    path,
    incumbent: text,
    rows,
    seed: String(search.seed),
    budget,
    costs,
    ...(proposer && { proposer }),
    operators: operatorsOf(settings),
    ...(signature && { signature }),
    pastLooks: terms.pastLooks,
    ...(search.threshold !== undefined && { threshold: search.threshold }),
    leastGain: search.leastGain,
    margin,
    limits: settings.caps.candidates === undefined ? {} : { candidates: settings.caps.candidates },
    ...(search.protect.length > 0 && { protect: search.protect }),
    countTokens,
    effectOf: (pairs, alpha) => pairedEffect(pairs, alpha, margin),
  };
}

function operatorsOf({ search: { operators, workedExamples } }: Settings): readonly OperatorName[] {
  if (operators !== undefined) return operators;
  return workedExamples ? [...defaultOperators, 'worked-example', 'example-selection'] : defaultOperators;
}

/** The one that the settings name, else the one that the prompt runs on; the embedded model proposes nothing. */
function proposerOf({ measurement }: Searchable, { search, model }: Settings, withoutKey: boolean): Proposer | undefined {
  if (withoutKey) return undefined;
  if (search.proposer !== undefined) {
    const { name, temperature, maxOutputTokens } = search.proposer;
    return { model: name, params: { ...(temperature !== undefined && { temperature }), maxOutputTokens } };
  }
  const { head } = measurement.models;
  const { temperature } = model;
  if (head === embedded) return undefined;
  return { model: head, params: { ...(temperature !== undefined && { temperature }), maxOutputTokens: LONGEST_PROPOSAL } };
}

const LONGEST_PROPOSAL = 4096;

function budgetOf({ search }: Settings, caps: Caps): Budget {
  const usd = Math.min(search.costUsd ?? Number.POSITIVE_INFINITY, caps.costUsd ?? Number.POSITIVE_INFINITY);
  return { calls: Math.min(search.budget, caps.calls ?? Number.POSITIVE_INFINITY), ...(Number.isFinite(usd) && { usd }) };
}

/** A token for four bytes: what no tokenizer is far from. */
function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

function pairedEffect(pairs: readonly Pair[], alpha: number, margin: number): Effect {
  const evidence = evidenceOf(pairs);
  return effectOf(evidence, populationMethod(evidence), 0, { alpha, margin });
}
