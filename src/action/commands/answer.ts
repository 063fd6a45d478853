import { UserError } from '../../domain/problem.ts';
import { mayWrite, type NewestCommit, newestCommit, react, runAgain, runsOn } from '../../edges/github/commands.ts';
import { createComment, numbered } from '../../edges/github/comments.ts';
import { workflowPath } from '../../edges/github/runs.ts';
import { publishIdle } from '../publish.ts';
import { problemsAnswer } from './answers.ts';
import { applySuggestions } from './apply.ts';
import { type Decision, decideRerun } from './decide.ts';
import { type Command, helpText, parseCommand } from './grammar.ts';
import type { CommandOccasion } from './occasion.ts';
import { searchFor } from './optimize.ts';

/**
 * Does what a comment asks for, if its author may write to the repository. To others nothing is said, so that nobody can make it talk; the log says why.
 * Gives the exit code, which is 0 unless GitHub itself refuses what has to be done.
 */
export async function answerCommand(occasion: CommandOccasion): Promise<number> {
  const { trigger, client, repository } = occasion;
  const { comment, number } = trigger;
  const target = numbered(repository, number);
  const parsed = parseCommand(comment.body);
  if (parsed.kind === 'none') return publishIdle('The comment is no command.');
  if (!(await mayWrite(client, repository, comment.author)))
    return publishIdle('The command is not by somebody who may write to this repository, so nothing is done.');
  const pull = await newestCommit(client, target);
  if (!pull.isOpen) return publishIdle('The pull request is closed, so nothing is done about it.');
  await react(client, target, comment.id, 'eyes');
  const refused = (sentence: string): Decision => ({ kind: 'refuse', sentence });
  const outcome = await (parsed.kind === 'malformed'
    ? refused(`${parsed.sentence} \`/ratchet help\` lists what there is.`)
    : carriedOut(parsed.command, pull, occasion).catch((error: unknown) => {
        if (error instanceof UserError) return refused(problemsAnswer(error.problems));
        throw error;
      }));
  if (outcome.kind !== 'rerun') await createComment(client, target, outcome.kind === 'answer' ? outcome.markdown : outcome.sentence);
  await react(client, target, comment.id, outcome.kind === 'refuse' ? '-1' : '+1');
  return publishIdle(told(outcome));
}

async function carriedOut(command: Command, pull: NewestCommit, occasion: CommandOccasion): Promise<Decision> {
  const { sha, isFork } = pull;
  const { trigger, client, repository, inputs, env } = occasion;
  if (command.verb === 'help') return { kind: 'answer', markdown: helpText };
  if (command.verb === 'apply') return applySuggestions(pull, occasion);
  if (command.verb === 'optimize') return searchFor({ ...occasion, trigger: asPullRequest(pull, trigger.number) }, command.calls, occasion);
  const own = workflowPath(repository, env['GITHUB_WORKFLOW_REF'] ?? '');
  const path = inputs.workflow === '' ? own : `.github/workflows/${inputs.workflow.replace(/^\.github\/workflows\//, '')}`;
  if (path === undefined)
    return { kind: 'refuse', sentence: 'Which workflow checks pull requests is not known: the input `workflow` names it.' };
  const runs = await runsOn(client, repository, sha, path);
  const decision = decideRerun(command, { headSha: sha, isFork, runs, givenAt: trigger.comment.createdAt });
  if (decision.kind === 'rerun') await runAgain(client, repository, decision.run, decision.onlyFailed);
  return decision;
}

function asPullRequest({ base, sha, isFork }: NewestCommit, number: number) {
  const range = { base, head: sha };
  return { kind: 'pull-request', range, number, fork: isFork, dependabot: false, closed: false, opened: false } as const;
}

function told(outcome: Decision): string {
  if (outcome.kind === 'answer') return 'The answer stands in a comment.';
  return outcome.kind === 'refuse' ? outcome.sentence : `Run ${outcome.run} was started again.`;
}
