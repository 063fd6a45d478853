import type { Arm } from '../domain/trial.ts';

/** One value for each side that there is. */
export type ByArm<T> = Partial<Record<Arm, T>>;

/** `of` each side's value, for the sides that there are. */
export function eachArm<T, U>({ base, head }: ByArm<T>, of: (value: T, arm: Arm) => U): ByArm<U> {
  return { ...(base !== undefined && { base: of(base, 'base') }), ...(head !== undefined && { head: of(head, 'head') }) };
}
