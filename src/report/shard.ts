import { type Markup, markdown, plain } from './markup.ts';
import { withoutCommands } from './neutral.ts';
import { counted, grouped, usd } from './numbers.ts';

/** What one shard came to, without a verdict. Sentences in it are hostile text. */
export interface ShardReport {
  readonly shard: { readonly index: number; readonly count: number };
  readonly trials: number;
  readonly of: number;
  readonly calls: number;
  readonly costUsd?: number;
  /** The run that had come to all of it before. */
  readonly recalledFrom?: number;
  readonly stopped?: { readonly reason?: string; readonly sentence: string };
  readonly faults: readonly string[];
}

/** `Shard 2 of 4: 126 of 500 trials, 126 calls, 0.01 USD.`, and what keeps it from being whole. */
function sentenceIn({ prose }: Markup, { shard, trials, of, calls, costUsd, recalledFrom, stopped, faults }: ShardReport): string {
  if (recalledFrom !== undefined)
    return `${named(shard)}: nothing was asked, since run ${recalledFrom} of this workflow had come to all of it.`;
  const what = of === 0 ? 'nothing to ask' : `${grouped(trials)} of ${counted(of, 'trial')}`;
  const cost = costUsd === undefined ? 'cost unknown' : usd(costUsd);
  const spent = calls === 0 ? '' : `, ${counted(calls, 'call')}, ${cost}`;
  const why = [
    ...(stopped === undefined
      ? []
      : [`It is not whole${stopped.reason === 'budget' ? ', with its part of the caps' : ''}. ${stopped.sentence}`]),
    ...faults,
  ].map((text) => prose(text));
  return [`${named(shard)}: ${what}${spent}.`, ...why].join(' ');
}

const named = ({ index, count }: ShardReport['shard']): string => `Shard ${index} of ${count}`;

/** For a terminal. */
export const shardSentence = (report: ShardReport): string => sentenceIn(plain, report);

/** The same for a job summary. */
export const shardSummary = (report: ShardReport): string => sentenceIn(markdown, report);

/** The same for a log and its annotations: no workflow command. */
export const shardLog = (report: ShardReport): string => withoutCommands(sentenceIn(plain, report));
