import type { EvalSet } from '../domain/evalset.ts';
import type { Because, Flakiness } from '../domain/verdict.ts';
import type { PromptReport } from '../report/model.ts';
import type { Detail } from './flips.ts';
import { placeName } from './names.ts';
import type { Case } from './prepare.ts';

/** The name an example goes by in everything that is published. */
type NameOf = (id: string) => string;

/** `none` leaves no id: an example goes by its place in the eval set, where whoever may read that finds it. */
function namesIn({ examples }: EvalSet, spoken: Naming): NameOf {
  const wanted = new Set(idsIn(spoken));
  const places = new Map<string, string>();
  if (wanted.size === 0) return () => '#?';
  let place = 0;
  for (const { id } of examples) {
    if (wanted.has(id)) places.set(id, placeName(place));
    place += 1;
  }
  return (id) => places.get(id) ?? '#?';
}

/** The report of a prompt as far as `report.examples` lets it speak of examples; flips are held to it where they are made. */
export function withheld(prompt: PromptReport, { gate, proposed }: Case, detail: Detail): PromptReport {
  if (detail !== 'none') return prompt;
  return {
    ...prompt,
    ...(gate && unnamed(prompt, gate.evalSet)),
    ...(prompt.advisory && gate && { advisory: { ...prompt.advisory, ...unnamed(prompt.advisory, gate.evalSet) } }),
    ...(prompt.proposed && proposed && { proposed: { ...prompt.proposed, ...unnamed(prompt.proposed, proposed.evalSet) } }),
  };
}

interface Naming {
  readonly because: readonly Because[];
  readonly flaky?: Flakiness;
}

function idsIn({ because, flaky }: Naming): string[] {
  const listed = because.flatMap((each) => ('exampleIds' in each ? each.exampleIds : []));
  return [...listed, ...(flaky?.base ?? []), ...(flaky?.head ?? [])];
}

function unnamed(spoken: Naming, evalSet: EvalSet): Naming {
  const { because, flaky } = spoken;
  const name = namesIn(evalSet, spoken);
  return {
    because: because.map((each) => ('exampleIds' in each ? { ...each, exampleIds: each.exampleIds.map(name) } : each)),
    ...(flaky && { flaky: { ...flaky, base: flaky.base.map(name), head: flaky.head.map(name) } }),
  };
}
