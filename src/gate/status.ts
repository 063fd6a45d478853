import type { GatePolicy } from '../domain/policy.ts';
import type { Because, Verdict } from '../domain/verdict.ts';

export type ExitCode = 0 | 1 | 2 | 3;

/** A verdict with what policy makes of it. */
export interface Status {
  readonly verdict: Verdict;
  readonly passed: boolean;
  readonly because: readonly Because[];
}

/** Whether a verdict passes the gate. A setting that decides it adds itself to the reasons. What an advisory judge alone says blocks nothing. */
export function statusOf(verdict: Verdict, because: readonly Because[], policy: GatePolicy): Status {
  if (policy.onCapReached === 'warn' && isForCap(verdict, because))
    return { verdict, passed: true, because: [...because, { rule: 'cap-accepted' }] };
  if (isAdvisory(verdict, because)) return { verdict, passed: true, because };
  const strict = strictKey(verdict, because, policy);
  if (strict !== undefined) return { verdict, passed: false, because: [...because, { rule: 'policy', key: strict }] };
  return { verdict, passed: EXIT_CODES[verdict] === 0, because };
}

function isForCap(verdict: Verdict, because: readonly Because[]): boolean {
  return verdict === 'could-not-measure' && because.some(({ rule }) => rule === 'budget');
}

/** Failed calls and bad input are no opinion of a judge. */
function isAdvisory(verdict: Verdict, because: readonly Because[]): boolean {
  return (
    (verdict === 'regressed' || verdict === 'inconclusive') &&
    because.some((each) => each.rule === 'advisory-judge' && each.left === 'nothing')
  );
}

const EXIT_CODES: Readonly<Record<Verdict, ExitCode>> = {
  improved: 0,
  'no-worse': 0,
  inconclusive: 0,
  'not-evaluated': 0,
  regressed: 1,
  'could-not-measure': 2,
  'bad-input': 3,
};

type StrictKey = Extract<Because, { rule: 'policy' }>['key'];

const STRICT_KEYS: Partial<Record<Because['rule'], Exclude<StrictKey, 'onInconclusive'>>> = {
  'new-prompt': 'onNew',
  'deleted-prompt': 'onDeleted',
  'no-eval-set': 'onMissingEvals',
};

function strictKey(verdict: Verdict, because: readonly Because[], policy: GatePolicy): StrictKey | undefined {
  if (verdict === 'inconclusive') return policy.onInconclusive === 'fail' ? 'onInconclusive' : undefined;
  if (verdict !== 'not-evaluated') return undefined;
  return because.map(({ rule }) => STRICT_KEYS[rule]).find((key) => key !== undefined && policy[key] === 'fail');
}

/** Which of several prompts' verdicts speaks for all: the first of these that any of them has. */
const WORST_FIRST: readonly Verdict[] = [
  'bad-input',
  'regressed',
  'could-not-measure',
  'inconclusive',
  'no-worse',
  'improved',
  'not-evaluated',
];

/** The whole run's verdict, and the worst exit code in the same order. */
export function overall(statuses: readonly Omit<Status, 'because'>[]): { verdict: Verdict; passed: boolean; exitCode: ExitCode } {
  const verdict = WORST_FIRST.find((candidate) => statuses.some((status) => status.verdict === candidate)) ?? 'not-evaluated';
  const codes = new Set(statuses.map(exitCodeOf));
  const exitCode = ([3, 1, 2] as const).find((code) => codes.has(code)) ?? 0;
  return { verdict, passed: statuses.every(({ passed }) => passed), exitCode };
}

/** A verdict that policy alone fails ends as a regression does. */
function exitCodeOf({ verdict, passed }: Omit<Status, 'because'>): ExitCode {
  if (passed) return 0;
  return EXIT_CODES[verdict] === 0 ? 1 : EXIT_CODES[verdict];
}
