import { choice, uniform } from './chance.ts';
import { FORM, type Quality, ruleText, type World } from './world.ts';

const VARIANTS = 100;
/** Chance that a proposer who sees answers without form thinks of asking for one. */
const SEES_FORM = 0.7;
/** Lines that a request to shorten drops at a time. */
const DROPPED = 5;

/** What the simulated proposer makes of a conversation, before it is put into the form that was asked for. */
export type Idea = { readonly kind: 'add'; readonly line: string } | { readonly kind: 'drop'; readonly lines: readonly string[] };

/** The scorer's words, which every system shows to its proposer. */
export function reasonFor(world: World, row: number, { score, readable }: { readonly score: number; readonly readable: boolean }): string {
  if (score === 1) return `r${world.original(row)} right`;
  if (!readable) return `r${world.original(row)} lost: the answer has no readable form`;
  return `r${world.original(row)} wrong: not what requests of kind k${world.needOf(row)} need`;
}

/**
 * Goes by the failures that the conversation shows, whichever system shows them; with none to go by it guesses. As likely to be right for a bare
 * prompt as the children of GEPA's seed prompts were, and as rarely as theirs for one that has been improved already. A function of the conversation.
 */
export function ideaOf(world: World, conversation: string): Idea {
  const chance = (what: string) => uniform(world.seed, 'proposer', what, conversation);
  if (/make it shorter/i.test(conversation)) return { kind: 'drop', lines: fillerIn(conversation) };
  const lost = [...conversation.matchAll(/\br\d+ lost: /g)].length;
  const wrong = [...conversation.matchAll(/\br\d+ wrong: not what requests of kind k(\d+) need/g)].map(([, need]) => Number(need));
  if (lost > 0 && lost >= wrong.length && chance('form') < SEES_FORM && !conversation.includes(FORM)) return { kind: 'add', line: FORM };
  const { needs, proposals } = world.spec;
  const shown = Math.floor(chance('failure') * wrong.length);
  const need = wrong[shown] ?? choice(needs, chance('guess'));
  const shares = proposals[world.featuresOf(conversation).rules.length === 0 && !/follow policy/.test(conversation) ? 0 : 1];
  const quality = (['good', 'idle', 'harmful'] as const satisfies readonly Quality[])[choice(shares, chance('quality'))]!;
  return { kind: 'add', line: ruleText(need, quality, Math.floor(chance('variant') * VARIANTS)) };
}

function fillerIn(conversation: string): readonly string[] {
  return (conversation.match(/^Note n\d+: .*$/gm) ?? []).slice(0, DROPPED);
}

/** The reply that our own requests ask for. */
export function asEdits(idea: Idea): string {
  const edits = idea.kind === 'add' ? [{ find: '', replace: idea.line }] : idea.lines.map((line) => ({ find: `${line}\n`, replace: '' }));
  return JSON.stringify({ edits, why: idea.kind === 'add' ? 'It was missing.' : 'It says nothing.' });
}
