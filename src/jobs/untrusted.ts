import { embedded } from '../domain/embedded.ts';
import type { Because } from '../domain/verdict.ts';
import type { Measurement } from './measurement.ts';
import type { Case } from './prepare.ts';

/** Without a key only the embedded model can be asked. */
export function withoutRemoteModels(one: Case): Case {
  const isRemote = ({ models, judges }: Measurement) => [...Object.values(models), ...judges].some((model) => model !== embedded);
  return without(one, isRemote, { rule: 'no-key' });
}

/** A stranger's eval set and settings are asked nothing, whoever pays. */
export function withoutProposal({ proposed: _proposed, ...one }: Case): Case {
  return one;
}

/** Nothing of a stranger's pull request is given to a program of the repository's own. */
export function withoutFunctions(one: Case): Case {
  return without(one, ({ evalSet }) => evalSet.functionFiles !== undefined, { rule: 'no-functions' });
}

function without({ gate, proposed, ...rest }: Case, isBarred: (measurement: Measurement) => boolean, because: Because): Case {
  return {
    ...rest,
    ...(gate && (isBarred(gate) ? { settled: { verdict: 'not-evaluated', because } } : { gate })),
    ...(proposed && !isBarred(proposed) && { proposed }),
  };
}
