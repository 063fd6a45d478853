import { decideRerun, type Ground } from '../../../src/action/commands/decide.ts';
import type { WorkflowRun } from '../../../src/edges/github/runs.ts';

const run: WorkflowRun = {
  id: 41,
  event: 'pull_request',
  path: '.github/workflows/prompts.yml',
  headSha: 'a'.repeat(40),
  isOver: true,
  hasFailed: true,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:05:00Z',
  isOwn: true,
};
const ground: Ground = { headSha: run.headSha, isFork: false, runs: [run], givenAt: '2026-01-01T00:06:00Z' };
const accept = { verb: 'accept', reason: 'wanted' } as const;
const rerun = { verb: 'rerun' } as const;

describe('A check runs again', () => {
  it('whole for a rerun, and only what failed for an acceptance', () => {
    expect(decideRerun(rerun, ground)).toEqual({ kind: 'rerun', run: 41, onlyFailed: false });
    expect(decideRerun(accept, ground)).toEqual({ kind: 'rerun', run: 41, onlyFailed: true });
  });

  it('whole for an acceptance of a fork’s commit, whose failure is the second stage’s', () => {
    const passed = { ...ground, isFork: true, runs: [{ ...run, hasFailed: false }] };
    expect(decideRerun(accept, passed)).toEqual({ kind: 'rerun', run: 41, onlyFailed: false });
  });

  it.each<[string, typeof accept | typeof rerun, Partial<Ground>]>([
    ['There is no run of the check on `aaaaaaa` yet.', rerun, { runs: [] }],
    ['The check of `aaaaaaa` is still running.', accept, { runs: [{ ...run, isOver: false }] }],
    ['The check of `aaaaaaa` did not fail, so there is nothing to accept.', accept, { runs: [{ ...run, hasFailed: false }] }],
    [
      'The check of `aaaaaaa` ended after your comment: look at its report, and accept it then.',
      accept,
      { givenAt: '2026-01-01T00:05:00Z' },
    ],
    [
      'The check of `aaaaaaa` ended after your comment: look at its report, and accept it then.',
      accept,
      { givenAt: run.createdAt, isFork: true },
    ],
  ])('not: %s', (sentence, command, changes) => {
    expect(decideRerun(command, { ...ground, ...changes })).toEqual({ kind: 'refuse', sentence });
  });
});
