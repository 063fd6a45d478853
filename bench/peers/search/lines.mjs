// Jobs come as lines of JSON, and what they came to is written the same way.
import { createInterface } from 'node:readline';

export async function answerLines(run) {
  for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
}

/** The scorer's words, which every system is shown. */
export function feedbackOn(input, answer) {
  const [, row, kind] = /Request (r\d+) of kind (k\d+)\./.exec(input);
  if (answer === 'done') return `${row} right`;
  if (answer !== 'refused') return `${row} lost: the answer has no readable form`;
  return `${row} wrong: not what requests of kind ${kind} need`;
}
