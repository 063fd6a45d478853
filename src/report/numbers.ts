/** `1,234,567`. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 example`, `1,200 examples`. */
export const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** A fraction as `82.0 %`. */
export const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

/** A fraction as a rate without needless decimals: `5 %`, `2.5 %`. */
export const rate = (fraction: number): string => `${Number((fraction * 100).toFixed(2))} %`;

/** A difference of fractions in percentage points without its unit: `+4.4`, `−11.0`. What is not zero keeps its sign even at `−0.0`. */
export function signed(difference: number): string {
  const digits = Math.abs(difference * 100).toFixed(1);
  if (difference === 0) return digits;
  return difference < 0 ? `−${digits}` : `+${digits}`;
}

/** A difference of fractions in percentage points: `−11.0 pp`. */
export const points = (difference: number): string => `${signed(difference)} pp`;

/** A tolerated difference, which has no direction: `5.0 pp`. */
export const width = (difference: number): string => `${(difference * 100).toFixed(1)} pp`;

/** `−18.2 … −4.1`. */
export const range = ({ lower, upper }: { readonly lower: number; readonly upper: number }): string =>
  `${signed(lower)} … ${signed(upper)}`;

/** A number with four significant digits: `12.35`, `−0.571`, `1,234`. */
export function figure(value: number): string {
  const [whole = '', ...rest] = String(Math.abs(Number(value.toPrecision(4)))).split('.');
  return [`${value < 0 ? '−' : ''}${/^\d+$/.test(whole) ? grouped(Number(whole)) : whole}`, ...rest].join('.');
}

/** The same with a plus sign where it is above zero. */
export const signedFigure = (difference: number): string => `${difference > 0 ? '+' : ''}${figure(difference)}`;

/** A correlation or agreement: `0.71`, `−0.05`. */
export const coefficient = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-(0\.00)$/, '$1')
    .replace('-', '−');

/** An example's score: `0`, `0.5`, `0.333`. */
export const score = (value: number): string => String(Number(value.toFixed(3)));

/** `0.0042 USD`, `12.40 USD`: two decimals, four below ten cents. The word instead of `$`, which GitHub takes for mathematics. */
export const usd = (amount: number): string => `${amount.toFixed(amount < 0.1 && amount > 0 ? 4 : 2)} USD`;

/** `850 ms`, `41.3 s`, `12 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
