import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { type EventFacts, type EventName, eventNames, eventOf } from '../support/github/events.ts';
import { type Evaluate, loadEvaluator, runs } from './expressions.ts';
import { workflows } from './workflows.ts';

const workflow = z.object({ jobs: z.record(z.string(), z.object({ if: z.string() })) });
const conditionOf = async (file: string, job: string) =>
  workflow.parse({ jobs: { [job]: parse(await readFile(`examples/workflows/${file}`, 'utf8')).jobs[job] } }).jobs[job]!.if;

let evaluate: Evaluate;
beforeAll(async () => {
  evaluate = await loadEvaluator();
}, 30_000);

describe('The second stage for forks', () => {
  const run = (changes: object = {}) => ({
    github: {
      repository: 'acme/shop',
      event: { workflow_run: { event: 'pull_request', head_repository: { full_name: 'mallory/shop' }, ...changes } },
    },
  });

  it.each([
    ['a fork’s pull request', run(), true],
    ['the repository’s own pull request', run({ head_repository: { full_name: 'acme/shop' } }), false],
    ['a push', run({ event: 'push' }), false],
  ])('looks at %s', async (_what, context, expected) => {
    expect(runs(evaluate(await conditionOf('forks-second-stage.yml', 'look'), context))).toBe(expected);
  });

  it.each([
    ['[]', false],
    ['[{"prompt":"prompts/reply.md"}]', true],
  ])('evaluates where the look left %s', async (results, expected) => {
    const condition = await conditionOf('forks-second-stage.yml', 'evaluate');
    expect(runs(evaluate(condition, { needs: { look: { outputs: { results } } } }))).toBe(expected);
  });
});

describe('The workflow for commands', () => {
  const comment = (body: string, issue: object = { pull_request: { url: 'x' } }) => ({ github: { event: { comment: { body }, issue } } });

  it.each([
    ['a command on a pull request', comment('/ratchet help'), true],
    ['the same on an issue', comment('/ratchet help', {}), false],
    ['talk', comment('see /ratchet help'), false],
  ])('starts on %s', async (_what, context, expected) => {
    expect(runs(evaluate(await conditionOf('commands.yml', 'command'), context))).toBe(expected);
  });
});

const step = z.object({ id: z.string().optional(), uses: z.string().optional() });
const whole = z.object({
  on: z.union([z.string().transform((name) => ({ [name]: null })), z.record(z.string(), z.unknown())]),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.union([z.string(), z.boolean()]) }),
  jobs: z.record(
    z.string(),
    z.object({
      outputs: z.record(z.string(), z.string()).default({}),
      strategy: z.object({ matrix: z.record(z.string(), z.array(z.unknown())) }).optional(),
      steps: z.array(step),
    }),
  ),
});
const dispatch = z.object({ inputs: z.record(z.string(), z.unknown()).default({}) });
const metadata = z.object({ outputs: z.record(z.string(), z.unknown()) });
const shas = { tip: 'a'.repeat(40), head: 'b'.repeat(40) };
const named = (names: Iterable<string>) => Object.fromEntries([...names].map((name) => [name, `a ${name}`]));

/** All that GitHub would tell a workflow's expressions on such an event, by the workflow's own word: its inputs, secrets, matrix, outputs. */
async function contextOf(text: string, eventName: EventName, changes: Partial<Pick<EventFacts, 'pull' | 'shas'>> = {}): Promise<object> {
  const { on, jobs } = whole.parse(parse(text));
  const facts = { owner: 'acme', name: 'shop', baseBranch: 'main', headBranch: 'edit', pull: 7, commentCount: 0, shas, ...changes };
  const { payload: event, ref, sha } = eventOf(eventName, facts);
  const outputs = named(Object.keys(metadata.parse(parse(await readFile('action.yml', 'utf8'))).outputs));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const own = steps.filter(({ id, uses = '' }) => id !== undefined && /^\.\/$|\/prompt-ratchet@/.test(uses));
  const matrices = Object.values(jobs).map(({ strategy }) => strategy?.matrix ?? {});
  return {
    github: { event_name: eventName, event, ref, sha, repository: 'acme/shop' },
    secrets: named([...text.matchAll(/secrets\.(\w+)/g)].map((match) => match[1]!)),
    inputs: named(Object.keys(dispatch.parse(on['workflow_dispatch'] ?? {}).inputs)),
    matrix: Object.fromEntries(matrices.flatMap((matrix) => Object.entries(matrix).map(([key, values]) => [key, String(values[0])]))),
    strategy: { 'job-total': '4' },
    steps: Object.fromEntries(own.map(({ id }) => [id!, { outputs }])),
    needs: Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, { outputs: named(Object.keys(job.outputs)) }])),
  };
}

function eventsOf(text: string): EventName[] {
  const { on } = whole.parse(parse(text));
  return eventNames.filter((name) => name in on);
}

describe('Every workflow that is shown or run', () => {
  let all: Map<string, string>;
  beforeAll(async () => {
    all = await workflows();
  });

  it('speaks in its expressions of nothing that is not there on its events', async () => {
    const empty: string[] = [];
    let count = 0;
    for (const [place, text] of all) {
      for (const eventName of eventsOf(text)) {
        const context = await contextOf(text, eventName);
        for (const [expression] of text.matchAll(/\$\{\{.*?\}\}/g)) {
          count++;
          if (evaluate(expression, context) === '') empty.push(`${place}: ${expression} on ${eventName}`);
        }
      }
    }
    expect(empty).toEqual([]);
    expect(count).toBeGreaterThan(50);
    expect(evaluate('github.event.comment.idd', await contextOf(all.get('examples/workflows/commands.yml')!, 'issue_comment'))).toBe('');
  });

  it('lets a run be replaced by the next one of its own pull request, and by no other', async () => {
    for (const [place, text] of all) {
      const { concurrency } = whole.parse(parse(text));
      const group = async (eventName: EventName, pull: number, head = 'b') => {
        const context = await contextOf(text, eventName, { pull, shas: { ...shas, head: head.repeat(40) } });
        return concurrency.group.replaceAll(/\$\{\{.*?\}\}/g, (expression) => evaluate(expression, context));
      };
      const events = eventsOf(text);
      if (events.includes('pull_request'))
        expect([place, await group('pull_request', 7, 'c')]).toEqual([place, await group('pull_request', 7)]);
      for (const eventName of events.filter((name) => name === 'pull_request' || name === 'merge_group'))
        expect([place, await group(eventName, 8)]).not.toEqual([place, await group(eventName, 7)]);
    }
  });
});
