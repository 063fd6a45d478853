import type { Seen } from './operator.ts';

/** Rows that a better prompt could gain on: below the full score and not above the parent's mean. */
export function failuresOf(seen: readonly Seen[]): readonly Seen[] {
  const mean = seen.reduce((sum, { outcome }) => sum + outcome.score, 0) / Math.max(1, seen.length);
  return seen.filter(({ outcome: { score } }) => score < 1 && score <= mean);
}

/** Rows that the parent gets right. */
export function passesOf(seen: readonly Seen[]): readonly Seen[] {
  return seen.filter(({ outcome: { score } }) => score === 1);
}

/** Whether what is wrong is the answer's form. */
export function isMisshapen({ outcome }: Seen): boolean {
  return outcome.unreadable === true || outcome.broken !== undefined;
}

/** A row with what was expected, what came, and what the scorer said, for a proposer to read. */
export function shown({ example, outcome }: Seen): string {
  const { input, vars, messages, expected } = example;
  const asked = {
    ...(messages.length > 0 && { earlier: messages.map(({ role, content }) => `${role}: ${content}`) }),
    ...(input !== undefined && { input }),
    ...(Object.keys(vars).length > 0 && { vars }),
  };
  return [
    `Asked: ${JSON.stringify(asked)}`,
    ...(expected === undefined ? [] : [`Expected: ${JSON.stringify(expected)}`]),
    `Answered: ${outcome.answer}`,
    `Score: ${outcome.score}. ${outcome.reason}`,
  ].join('\n');
}
