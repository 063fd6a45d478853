import type { WorldSpec } from './world.ts';

/** Accuracy about 0.6, a good rule gains about 5 points, all of them about 20; versions differ on 10 to 20 % of the rows. */
const headroom: WorldSpec = {
  name: 'headroom',
  base: 0.55,
  difficulty: 1.2,
  needs: [0.28, 0.22, 0.18, 0.14, 0.1, 0.08],
  lift: 1.6,
  harm: 1.3,
  side: 0.02,
  interaction: 0.4,
  redraw: 0.12,
  proposals: [
    [0.82, 0.06, 0.12],
    [0.45, 0.15, 0.4],
  ],
};

const noGood = [
  [0, 0.2, 0.8],
  [0, 0.2, 0.8],
] as const;

const idle = { ...headroom, isNull: true, interaction: 0, redraw: 0.25 } as const;

/** The situations in which a search is measured. */
export const worlds = {
  headroom,
  null: { ...idle, name: 'null' },
  'null, strong prompt': { ...idle, name: 'null, strong prompt', base: 2.4 },
  'null, noisy judge': { ...idle, name: 'null, noisy judge', noise: 0.1, redraw: 0.1 },
  'null, flaky answers': { ...idle, name: 'null, flaky answers', flaky: 0.4, redraw: 0.1 },
  'null, rows twice': { ...idle, name: 'null, rows twice', copies: 2 },
  harmful: { ...headroom, name: 'harmful', proposals: noGood },
  'format only': { ...headroom, name: 'format only', misshapen: 0.35, base: 1.6, proposals: noGood },
  'two populations': { ...headroom, name: 'two populations', needs: [0.5, 0.5], rivals: 0.9 },
  'noisy judge': { ...headroom, name: 'noisy judge', noise: 0.1 },
  'long prompt': { ...headroom, name: 'long prompt', filler: 30 },
  'error-prone API': { ...headroom, name: 'error-prone API', failures: 0.05 },
} as const satisfies Record<string, WorldSpec>;

export type WorldName = keyof typeof worlds;

export const worldNames = Object.keys(worlds) as readonly WorldName[];
