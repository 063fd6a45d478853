import type { Trigger } from '../../edges/github/trigger.ts';
import type { Occasion } from '../occasion.ts';

/** Somebody has commented. */
export type CommandOccasion = Occasion<Extract<Trigger, { readonly kind: 'command' }>>;
