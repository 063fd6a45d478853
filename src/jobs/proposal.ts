import { readSettings, type Settings } from '../settings/settings.ts';
import { changedPaths } from './changed.ts';
import type { Ground, Proposal } from './ground.ts';

/**
 * Of the settings that a pull request proposes only what judges answers is tried, and a model that the base branch lists: endpoint,
 * headers, prices and caps stay the base branch's. UserError where the new settings are broken: merged, they would break every check.
 */
export async function proposalOf({ revisions, settings, config }: Omit<Ground, 'proposal'>): Promise<Proposal> {
  const isTouched = revisions.policy.revision !== revisions.head.revision && changedPaths(revisions.changes).has(config);
  if (!isTouched) return { settings: { ...settings, gate: { ...settings.gate, ...oneLook } }, notes: [] };
  const [old, text] = await Promise.all([revisions.policy.read(config), revisions.head.read(config)]);
  const [standing, proposed] = [readSettings(config, old), readSettings(config, text)];
  const before = standing.model.name;
  const { gate, repeats, model } = proposed;
  // An input that names the model overrules both.
  const isSwitched = model.name !== undefined && model.name !== before && settings.model.name === before;
  const isListed = isSwitched && settings.models.includes(model.name!);
  return {
    settings: {
      ...settings,
      gate: { ...gate, ...oneLook },
      repeats,
      model: { ...model, name: isListed ? model.name : settings.model.name },
    },
    notes: [
      ...(old === undefined ? [`\`${config}\` comes with this pull request and counts once it is merged.`] : []),
      ...(isSwitched && !isListed && old !== undefined ? [untried(model.name!, config)] : []),
      ...(old === undefined ? [] : decisive(standing, proposed, config)),
    ],
  };
}

/** What decides nothing is asked once, whatever it shows. */
const oneLook = { earlyStop: false, settle: undefined };

/** Merged, such a change loosens or tightens every check to come, whatever comes of this one. */
function decisive(standing: Settings, proposed: Settings, config: string): string[] {
  const of = ({ gate, prompts, judge, allowFunctions }: Settings): ReadonlyMap<string, unknown> =>
    new Map(Object.entries({ ...gate, prompts, judge, allowFunctions }));
  const [before, after] = [of(standing), of(proposed)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const written = (value: unknown) => JSON.stringify(value) ?? 'nothing';
  const changes = keys.flatMap((key) => {
    const [from, to] = [written(before.get(key)), written(after.get(key))];
    return from === to ? [] : [`${key} from \`${from}\` to \`${to}\``];
  });
  return changes.length === 0 ? [] : [`This pull request changes in ${config} what decides once it is merged: ${changes.join(', ')}.`];
}

function untried(model: string, config: string): string {
  return `This pull request sets the model to \`${model}\` in ${config}. It was not tried: a model must stand under \`models:\` on the base branch to be tried before the merge.`;
}

/** Whether answers would be asked for and judged alike. */
export function sameJudgement(one: Settings, other: Settings): boolean {
  const decides = ({ gate: { alpha, margin, protected: slices }, repeats, model }: Settings) => {
    const { name, temperature, maxOutputTokens, topP, stopSequences } = model;
    return JSON.stringify([alpha, margin, slices, repeats, name, temperature, maxOutputTokens, topP, stopSequences]);
  };
  return decides(one) === decides(other);
}
