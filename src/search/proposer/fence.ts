/** Most characters of one quoted text; what is longer loses its middle. */
const LONGEST = 2_000;

/**
 * A text between two runs of backticks, longer ones than it holds itself, so that nothing in it can close the fence and speak for us.
 * Rows, answers and prompts are hostile: whoever writes them must not get to instruct the proposer.
 */
export function fenced(text: string, longest = LONGEST): string {
  const quoted = clipped(text, longest);
  const runs = quoted.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}\n${quoted}\n${fence}`;
}

function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const half = Math.floor(longest / 2);
  return `${text.slice(0, half)}\n[… ${text.length - 2 * half} characters left out …]\n${text.slice(-half)}`;
}
