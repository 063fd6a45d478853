import type { Caps } from '../domain/policy.ts';
import type { ModelParams, Version } from '../domain/prompt.ts';
import type { Because } from '../domain/verdict.ts';
import { inputBound } from '../evaluate/bounds.ts';
import type { Subject } from '../evaluate/plan.ts';
import type { Detail } from './flips.ts';

/** The parameters with the limit that a cap on each answer allows: it stands in for one that is missing or higher. */
export function limitedParams(params: ModelParams, { outputTokensPerTrial: cap }: Caps): ModelParams {
  return cap === undefined ? params : { ...params, maxOutputTokens: Math.min(cap, params.maxOutputTokens ?? cap) };
}

/** The longest question, where it is above the cap on each. Its example goes by its place where examples are not to be named. */
export function tooLongQuestion({ examples }: Subject, { inputTokensPerTrial: allowed }: Caps, detail: Detail): Because | undefined {
  if (allowed === undefined) return undefined;
  let longest = { exampleId: '', needed: 0 };
  let index = 0;
  for (const { exampleId, requests } of examples) {
    index += 1;
    const needed = Math.max(...[requests.base, requests.head].map((request) => (request === undefined ? 0 : inputBound(request))));
    if (needed > longest.needed) longest = { exampleId: detail === 'none' ? `#${index}` : exampleId, needed };
  }
  return longest.needed > allowed ? { rule: 'budget', cap: 'inputTokensPerTrial', allowed, ...longest } : undefined;
}

/** Says of each version that its own limit is above the cap, since answers may be cut off for it. */
export function loweredLimits(versions: readonly Version[], { outputTokensPerTrial: cap }: Caps): string[] {
  const above = versions.flatMap(({ params }) => params.maxOutputTokens ?? []).filter((own) => own > (cap ?? Infinity));
  return above.length === 0
    ? []
    : [`\`maxOutputTokens: ${Math.max(...above)}\` is above the cap on each answer, so that ${cap} were asked for.`];
}
