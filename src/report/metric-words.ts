import { metricNamed } from '../metrics/table.ts';
import { duration, figure, percent, points, range, signedFigure, usd } from './numbers.ts';

/** A metric that the table does not know is taken for a share, the more the better. */
const unitOf = (name: string) => metricNamed(name)?.unit ?? 'fraction';

const isShare = (name: string): boolean => unitOf(name) === 'fraction';

const isFloor = (name: string): boolean => (metricNamed(name)?.direction ?? 'higher') === 'higher';

/** `82.0 %`, `850 ms`, `0.42 USD`, or a plain number where the metric has no such unit. */
export function metricValue(name: string, value: number): string {
  switch (unitOf(name)) {
    case 'fraction':
      return percent(value);
    case 'milliseconds':
      return duration(value);
    case 'dollars':
      return usd(value);
    default:
      return figure(value);
  }
}

/** `+1.2 pp`, `−0.31`. */
export const metricChange = (name: string, difference: number): string => (isShare(name) ? points(difference) : signedFigure(difference));

/** `−1.2 … +3.4`. */
export function metricRange(name: string, interval: { readonly lower: number; readonly upper: number }): string {
  return isShare(name) ? range(interval) : `${signedFigure(interval.lower)} … ${signedFigure(interval.upper)}`;
}

/** `at least 85.0 %`, `at most 2.5`. */
export const bound = (name: string, threshold: number): string =>
  `${isFloor(name) ? 'at least' : 'at most'} ${metricValue(name, threshold)}`;

/** `≥ 85.0 %`, `≤ 2.5`. */
export const boundSign = (name: string, threshold: number): string => `${isFloor(name) ? '≥' : '≤'} ${metricValue(name, threshold)}`;

/** Whether a value keeps to a threshold. */
export const isKept = (name: string, value: number, threshold: number): boolean =>
  isFloor(name) ? value >= threshold : value <= threshold;

/** Whether a metric stands in sight, the others being folded away. */
export const isInSight = ({ name, threshold }: { readonly name: string; readonly threshold?: number }): boolean =>
  threshold !== undefined || (metricNamed(name)?.isMain ?? true);
