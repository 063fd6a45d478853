import type { Target as Promised } from '../target.ts';
import { type Cell, cellName, scenarios } from './cells.ts';
import type { Rates } from './replay.ts';
import type { Row, Study } from './studies.ts';

/** A promise of the gate. */
export interface Target extends Promised {
  /** Where the value was found: for a worst case, which one. */
  readonly where?: string;
}

function atMost(name: string, measure: string, limit: number, value: number, where?: string): Target {
  return { name, measure, target: `<= ${limit}`, value: round(value), met: value <= limit, ...(where !== undefined && { where }) };
}

function atLeast(name: string, measure: string, limit: number, value: number, where?: string): Target {
  return { name, measure, target: `>= ${limit}`, value: round(value), met: value >= limit, ...(where !== undefined && { where }) };
}

export const round = (value: number): number => Number(value.toFixed(5));

/** The rates that the targets bound over the whole grid. */
export const guards = {
  falseBlock: ({ falseBlock }: Rates) => falseBlock,
  falseBlockStrict: ({ falseBlockStrict }: Rates) => falseBlockStrict,
  missed: ({ missed }: Rates) => missed,
  falseImproved: ({ falseImproved }: Rates) => falseImproved,
} as const;

function worst(
  rates: readonly Rates[],
  guard: keyof typeof guards,
  of: (cell: Cell) => boolean = () => true,
): { value: number; where: string } {
  const held = rates.flatMap((each) => {
    const value = of(each.cell) ? guards[guard](each) : undefined;
    return value === undefined ? [] : [{ value, where: cellName(each.cell) }];
  });
  const [first, ...rest] = held;
  if (first === undefined) throw new Error(`No cell measures ${guard}: a target that was not measured is not met.`);
  return rest.reduce((most, each) => (each.value > most.value ? each : most), first);
}

/** The cells that the targets name. */
export const namedCells = {
  'T4 n=100': { inputs: scenarios.B, examples: 100, delta: -0.1, scores: 'binary', clusters: 0 },
  'T4 n=200': { inputs: scenarios.B, examples: 200, delta: -0.1, scores: 'binary', clusters: 0 },
  'T4 n=50 K=5': { inputs: scenarios.B, examples: 50, delta: -0.1, scores: 'K=5', clusters: 0 },
  'T5 A n=200': { inputs: scenarios.A, examples: 200, delta: 0, scores: 'binary', clusters: 0 },
  'T5 A n=400': { inputs: scenarios.A, examples: 400, delta: 0, scores: 'binary', clusters: 0 },
  'T5 C n=100': { inputs: scenarios.C, examples: 100, delta: 0, scores: 'binary', clusters: 0 },
} as const satisfies Record<string, Cell>;

export interface Measured {
  /** The worst cells and the named ones, at full repetitions. */
  readonly remeasured: readonly Rates[];
  readonly named: Readonly<Record<keyof typeof namedCells, Rates>>;
  readonly studies: Readonly<Record<Study, readonly Row[]>>;
  /** Absent where the recorded outcomes are. */
  readonly real?: readonly Row[];
  readonly sameBytes: number;
  readonly secondsToDecide: number;
}

const of = (rows: readonly Row[], where: Row): Row =>
  rows.find((row) => Object.entries(where).every(([key, value]) => row[key] === value))!;
const most = (rows: readonly Row[], key: string): Row => rows.reduce((worst, row) => (Number(row[key]) > Number(worst[key]) ? row : worst));
const nameOf = (row: Row, ...keys: readonly string[]): string => keys.map((key) => `${key} ${row[key]}`).join(', ');

/** Every target with what was reached. */
export function targetsOf({ remeasured, named, studies, real, sameBytes, secondsToDecide }: Measured): Target[] {
  const { families, searches, earlyStops, settlings, tinySets } = studies;
  const [t1, strict, t2, t3] = (['falseBlock', 'falseBlockStrict', 'missed', 'falseImproved'] as const).map((guard) =>
    worst(remeasured, guard),
  );
  const clustered = (cell: Cell) => cell.clusters >= 10;
  const t9 = [worst(remeasured, 'falseBlock', clustered), worst(remeasured, 'missed', clustered)];
  const nullStops = earlyStops.filter(({ delta }) => delta === 0);
  const nullStop = most(nullStops, 'blocked');
  const settled = { harmless: settlings.filter(({ delta }) => delta === 0), harmful: settlings.filter(({ delta }) => delta === -0.05) };
  const [blockedSettled, missedSettled] = [most(settled.harmless, 'blocked'), most(settled.harmful, 'passed')];
  const nullTiny = most(
    tinySets.filter(({ delta }) => delta === 0),
    'blocked',
  );
  const biased = searches.map((row) => ({ ...row, bias: Math.abs(Number(row['gain on the confirm rows'])) }));
  const reals = real?.filter(({ group }) => group === 'all') ?? [];
  return [
    atMost('T1', 'worst false-block rate, alpha 0.05', 0.06, t1!.value, t1!.where),
    atMost('T1 at alpha 0.025', 'worst false-block rate, alpha 0.025', 0.033, strict!.value, strict!.where),
    atMost('T2', 'worst missed-regression rate', 0.065, t2!.value, t2!.where),
    atMost('T3', 'worst false "improved" rate', 0.06, t3!.value, t3!.where),
    atLeast('T4 n=100', 'power to block a drop of 10 points, scenario B, one run', 0.55, named['T4 n=100'].gate.regressed),
    atLeast('T4 n=200', 'the same', 0.8, named['T4 n=200'].gate.regressed),
    atLeast('T4 n=50 K=5', 'the same with five runs', 0.78, named['T4 n=50 K=5'].gate.regressed),
    atLeast('T5 A n=200', '"no worse" where nothing changed, scenario A', 0.52, named['T5 A n=200'].gate['no-worse']),
    atLeast('T5 A n=400', 'the same', 0.78, named['T5 A n=400'].gate['no-worse']),
    atLeast('T5 C n=100', 'the same, scenario C', 0.56, named['T5 C n=100'].gate['no-worse']),
    atMost('T6', 'false block of the whole or any of five protected slices', 0.05, Number(families[0]!['blocked'])),
    atLeast('T6 power', 'one protected slice of 40 down by 25 points is found', 0.62, Number(families[1]!['blocked'])),
    atMost(
      'T7',
      'false "improved" of the best of up to 32 equal candidates',
      0.06,
      Number(most(searches, 'false improved')['false improved']),
    ),
    atMost('T7 bias', 'bias of the gain on the confirm rows', 0.003, Number(most(biased, 'bias')['bias'])),
    atMost(
      'T8',
      'early stop: blocked in total where nothing changed',
      0.05,
      Number(nullStop['blocked']),
      nameOf(nullStop, 'scenario', 'examples'),
    ),
    atLeast(
      'T8 saved',
      'early stop: calls saved at a drop of 20 points, n = 200',
      0.45,
      Number(of(earlyStops, { scenario: 'A', examples: 200, delta: -0.2 })['calls saved']),
    ),
    atMost('T9', 'clusters, 10 and more: worst false-block rate', 0.065, t9[0]!.value, t9[0]!.where),
    atMost('T9 missed', 'clusters, 10 and more: worst missed-regression rate', 0.065, t9[1]!.value, t9[1]!.where),
    atMost('T10', 'tiny sets with five runs: false-block rate', 0.055, Number(nullTiny['blocked']), nameOf(nullTiny, 'examples', 'kappa')),
    atLeast(
      'T10 power',
      '12 examples, five runs, a drop of 20 points is found',
      0.85,
      Number(of(tinySets, { examples: 12, kappa: 1, delta: -0.2 })['blocked']),
    ),
    atLeast('T11', 'share of 100 re-runs with a byte-identical comment', 1, sameBytes),
    { name: 'T12', measure: 'columns of the rivals', target: 'printed', value: 1, met: true },
    atMost(
      'settling, false block',
      'settling: worst false-block rate over all looks',
      0.05,
      Number(blockedSettled['blocked']),
      nameOf(blockedSettled, 'scenario', 'examples'),
    ),
    atMost(
      'settling, missed',
      'settling: worst missed-regression rate over all looks',
      0.05,
      Number(missedSettled['passed']),
      nameOf(missedSettled, 'scenario', 'examples'),
    ),
    ...reals.flatMap((row) => [
      atMost(
        `real outcomes, false block n=${row['examples']}`,
        'pairs of real prompts without harm that were blocked',
        0.05,
        Number(row['false block']),
      ),
      atMost(
        `real outcomes, missed n=${row['examples']}`,
        'pairs of real prompts that lost the margin or more and passed',
        0.05,
        Number(row['missed']),
      ),
    ]),
    atMost('speed', 'seconds to decide 10,000 pairs with 20 slices and 2,000 bootstrap draws', 1, secondsToDecide),
  ];
}
