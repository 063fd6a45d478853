/**
 * A stated confidence as a chance in [0, 1]: a number in [0, 1], or a text such as `0.85`, `85%` or `85 %`. A bare `85` counts only where `percent`
 * says that bare numbers are percentages, since on another scale it means something else. Undefined for anything else.
 */
export function statedConfidence(stated: unknown, percent = false): number | undefined {
  if (typeof stated === 'number') return chance(percent ? stated / 100 : stated);
  if (typeof stated !== 'string' || stated.length > 40) return undefined;
  const match = /^\s*(\d{1,20}(?:\.\d{1,20})?|\.\d{1,20})\s?(%?)\s*$/.exec(stated);
  return match === null ? undefined : chance(Number(match[1]) / (match[2] === '%' || percent ? 100 : 1));
}

/**
 * The chance a model gave to its own answer: exp(sum of the log-probabilities of the answer's tokens). Longer answers get smaller chances; for a
 * label of a token or two it is the confidence in the label. Undefined for no tokens, or for what is no log-probability (above 0, NaN).
 */
export function answerConfidence(logProbabilities: readonly number[]): number | undefined {
  if (logProbabilities.length === 0) return undefined;
  const sum = logProbabilities.reduce((total, logProbability) => total + (logProbability <= 0 ? logProbability : Number.NaN), 0);
  return chance(Math.exp(sum));
}

function chance(value: number): number | undefined {
  return value >= 0 && value <= 1 ? value : undefined;
}
