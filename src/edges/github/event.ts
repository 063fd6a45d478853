import * as z from 'zod';
import { type Problem, UserError } from '../../domain/problem.ts';
import { commentEvent, dispatchEvent, mergeGroupEvent, pullRequestEvent, pushEvent, sha, workflowRunEvent } from './payloads.ts';
import type { Trigger } from './trigger.ts';

/** What the runner says about why it runs; `context` of `@actions/github` has this shape. Everything in it is hostile text. */
export interface RunnerEvent {
  readonly eventName: string;
  readonly payload: unknown;
  /** `GITHUB_SHA`. */
  readonly sha: string;
  /** `GITHUB_ACTOR`: whose permissions and secrets the run has. */
  readonly actor?: string;
}

const NO_COMMIT = /^0+$/;

const readers: Readonly<Record<string, (event: RunnerEvent) => Trigger>> = {
  pull_request: readPullRequest,
  push: readPush,
  merge_group: readMergeGroup,
  workflow_dispatch: readDispatch,
  issue_comment: readComment,
  workflow_run: readWorkflowRun,
};

/** `pull_request, push, … or workflow_run`. */
const taken = Object.keys(readers)
  .join(', ')
  .replace(/, (\w+)$/, ' or $1');

/**
 * Makes a Trigger of what the runner says. UserError names the event and the field that is missing or malformed, and events that this
 * check does not exist for: a required check that never looks must not be green.
 */
export function readTrigger(event: RunnerEvent): Trigger {
  const read = Object.hasOwn(readers, event.eventName) ? readers[event.eventName] : undefined;
  if (read === undefined) throw new UserError(unsupported(event.eventName));
  return read(event);
}

function readPullRequest(event: RunnerEvent): Trigger {
  const { pull_request, sender, action } = parsed(event, pullRequestEvent);
  const { number, state, comments, base, head } = pull_request;
  const headRepository = head.repo?.full_name;
  return {
    kind: 'pull-request',
    range: { base: base.ref, head: head.sha },
    number,
    ...(headRepository === undefined ? {} : { headRepository }),
    ...(head.ref !== undefined && { headBranch: head.ref }),
    ...(comments !== undefined && { comments }),
    fork: headRepository?.toLowerCase() !== base.repo.full_name.toLowerCase(),
    dependabot: isDependabot(event, sender),
    closed: state !== 'open',
    opened: action === 'opened',
  };
}

/** A branch's first push has nothing before it, so it is compared with the default branch. */
function readPush(event: RunnerEvent): Trigger {
  const { before, after, ref, repository, sender } = parsed(event, pushEvent);
  if (NO_COMMIT.test(after)) return { kind: 'idle', sentence: 'This push deleted a branch or tag, so there is no prompt to check.' };
  return {
    kind: 'push',
    range: { base: NO_COMMIT.test(before) ? repository.default_branch : before, head: after },
    ref,
    defaultBranch: repository.default_branch,
    dependabot: isDependabot(event, sender),
  };
}

function readMergeGroup(event: RunnerEvent): Trigger {
  const { base_sha, head_sha, head_ref = '' } = parsed(event, mergeGroupEvent).merge_group;
  const [, number] = /\/pr-([1-9]\d{0,9})-[0-9a-f]+$/.exec(head_ref) ?? [];
  return { kind: 'merge-group', range: { base: base_sha, head: head_sha }, ...(number !== undefined && { number: Number(number) }) };
}

/** Bots are never listened to: one that answers another would never end. */
function readComment(event: RunnerEvent): Trigger {
  const { action, issue, comment } = parsed(event, commentEvent);
  const idle = (sentence: string): Trigger => ({ kind: 'idle', sentence });
  if (action !== 'created') return idle('Only a new comment can be a command.');
  if (issue.pull_request === undefined || issue.pull_request === null) return idle('Commands are for pull requests; this is an issue.');
  if (issue.state !== 'open') return idle('The pull request is closed, so nothing is done about it.');
  if (comment.user.type !== 'User' || comment.user.login.endsWith('[bot]')) return idle('The comment is a bot’s, so it is no command.');
  const { id, body, created_at, user } = comment;
  return { kind: 'command', number: issue.number, comment: { id, body, author: user.login, createdAt: created_at } };
}

/** Which pull request it is about the payload of a fork's run does not say; nothing that the first stage left is asked for it. */
function readWorkflowRun(event: RunnerEvent): Trigger {
  const { workflow_run: run, repository } = parsed(event, workflowRunEvent);
  const idle = (sentence: string): Trigger => ({ kind: 'idle', sentence });
  if (run.event !== 'pull_request') return idle('The run before this one was not about a pull request, so there is nothing to check.');
  const headRepository = run.head_repository?.full_name;
  if (headRepository === undefined || !run.head_branch) return idle('The fork is gone, so there is nothing to check.');
  if (headRepository.toLowerCase() === repository.full_name.toLowerCase())
    return idle('The pull request is from this repository itself, whose own run has checked it.');
  return { kind: 'second-stage', headSha: run.head_sha, headRepository, headBranch: run.head_branch, since: run.created_at };
}

function readDispatch(event: RunnerEvent): Trigger {
  const { inputs, repository } = parsed(event, dispatchEvent);
  const head = inputs?.head ?? parsed({ ...event, payload: { GITHUB_SHA: event.sha } }, z.object({ GITHUB_SHA: sha })).GITHUB_SHA;
  const prompts = inputs?.prompts;
  return {
    kind: 'dispatch',
    range: { base: inputs?.base ?? repository.default_branch, head },
    ...(prompts === undefined ? {} : { prompts }),
  };
}

function isDependabot(event: RunnerEvent, sender: { readonly login: string } | undefined): boolean {
  return (event.actor || sender?.login) === 'dependabot[bot]';
}

function unsupported(eventName: string): Problem {
  const why =
    eventName === 'pull_request_target'
      ? 'on it a fork’s pull request would run with this repository’s secrets, so nothing is checked'
      : 'there is nothing to check on such an event';
  return {
    file: `event ${oneLine(eventName)}`,
    what: why,
    fix: `Run it on ${taken}.`,
  };
}

function parsed<T>(event: RunnerEvent, schema: z.ZodType<T>): T {
  const outcome = schema.safeParse(event.payload);
  if (outcome.success) return outcome.data;
  throw new UserError(
    ...outcome.error.issues.map((issue) => ({
      file: `event ${event.eventName}`,
      key: issue.path.join('.'),
      what: issue.code === 'custom' || issue.code === 'invalid_format' ? issue.message : `is missing or malformed (${issue.message})`,
      fix: 'Run the action on an event that GitHub itself sent.',
    })),
  );
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, 50);
}
