import type { Because, Verdict } from '../domain/verdict.ts';
import type { Report, Run } from '../report/model.ts';
import { notAccepted } from './accepted.ts';
import type { Prepared } from './look-up.ts';
import { type Checked, warningsOf } from './report.ts';
import type { Recalled, World } from './world.ts';

const whole: ReadonlySet<Verdict> = new Set(['improved', 'no-worse', 'regressed', 'inconclusive', 'not-evaluated']);
const passing: ReadonlySet<Because['rule']> = new Set(['budget', 'cap-accepted', 'provider-dead', 'no-key']);

/** Whether the report is one of `digest`, and another run could come to nothing else: no outage, cap or missing key had a part in it. */
function isRecallable({ digest: own, problems, prompts }: Report, digest: string): boolean {
  const isWhole = prompts.every(({ verdict, because }) => whole.has(verdict) && !because.some(({ rule }) => passing.has(rule)));
  return own === digest && problems.length === 0 && prompts.length > 0 && isWhole;
}

/** The newest report of an earlier run on the same that says all there is to say, where such runs are looked for. */
export async function recall({ digest }: Prepared, { recall: earlier }: World): Promise<Recalled | undefined> {
  if (digest === undefined || earlier === undefined) return undefined;
  for await (const found of earlier(digest)) if (isRecallable(found.report, digest)) return found;
  return undefined;
}

/** The earlier report as this run's own, without a question asked. Whatever was accepted then has to be accepted anew. */
export function recalled({ report, runId }: Recalled, prepared: Prepared, run: Run): Checked {
  const { base, head, policy } = prepared.revisions;
  return {
    report: {
      ...notAccepted(report),
      base: { sha: base.revision },
      head: { sha: head.revision },
      policy: { sha: policy.revision },
      warnings: warningsOf(prepared),
      notes: [`Run ${runId} of this workflow asked the same and came to this; nothing was asked again.`, ...report.notes],
    },
    run,
    trials: [],
  };
}
