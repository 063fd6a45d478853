import type { Tree } from '../../src/domain/ports.ts';
import type { Answer } from '../../src/domain/trial.ts';
import { check } from '../../src/jobs/check.ts';
import { renderComment } from '../../src/report/index.ts';
import { type RandomStream, randomStream } from '../../src/stats/random.ts';

const EXAMPLES = 60;
const REPEATS = 3;

const evalSet = [
  'examples:',
  ...Array.from({ length: EXAMPLES }, (_, i) => `  - { id: e${i}, input: "Is ${i} odd?", expected: "${i % 2 === 1}", tags: [t${i % 3}] }`),
  'scorers: [exact]',
  'slices: [tags]',
  `repeats: ${REPEATS}`,
].join('\n');

const settings = 'model: { name: m }\ngate: { alpha: 0.05, margin: 0.1 }\n';
const files = (prompt: string) => ({ 'prompt-ratchet.yml': settings, 'prompts/odd.md': prompt, 'evals/odd.yml': evalSet });

/** The comment's body (all but its last line, the run's) of one check whose answers arrive in an order of their own. */
async function bodyOf(order: RandomStream): Promise<string> {
  const [base, head] = [files('Say true or false.'), files('Say true or false. Be brief.')];
  const { report, run } = await check(
    { config: 'prompt-ratchet.yml', configNamed: false, inputs: {}, withoutKey: false, withoutFunctions: false, spelled: (input) => input },
    {
      version: '0.0.0',
      clock: { now: () => 0, after: () => () => {}, sleep: () => new Promise(() => {}) },
      signal: new AbortController().signal,
      openRevisions: async () => ({
        base: treeOf('base', base),
        head: treeOf('head', head),
        policy: treeOf('tip', base),
        changes: [{ path: 'prompts/odd.md', status: 'modified' }],
        touchesWorkflows: false,
      }),
      openModel: async () => ({
        endpoint: 'memory',
        refusedParameters: () => [],
        close: async () => {},
        ask: async ({ messages }) => {
          for (let turns = order.below(40); turns > 0; turns--) await Promise.resolve();
          return answerTo(messages.map(({ content }) => content).join('\n'));
        },
      }),
      onPlan: () => {},
      onProgress: () => {},
    },
  );
  const comment = renderComment(report, run);
  return comment.slice(0, comment.lastIndexOf('\n'));
}

/** Right on most examples, and wrong on some that the wording decides. */
function answerTo(prompt: string): Answer {
  const number = Number(/Is (\d+) odd/.exec(prompt)?.[1] ?? 0);
  const wrong = randomStream('answers', prompt).uniform() < 0.15;
  return { kind: 'answer', text: String((number % 2 === 1) !== wrong), finish: 'stop', latencyMs: 1 };
}

function treeOf(revision: string, held: Readonly<Record<string, string>>): Tree {
  return {
    revision,
    list: async () => Object.keys(held).sort(),
    read: async (path) => (Object.hasOwn(held, path) ? held[path] : undefined),
  };
}

/** Share of `times` re-runs whose comment has the bytes of the first, whatever order the answers came in. */
export async function sameBytes(times: number, seed: string): Promise<number> {
  const first = await bodyOf(randomStream(seed, 'arrival 0'));
  if (!first.includes('interval')) throw new Error('the re-run comment holds no verdict');
  let same = 0;
  for (let at = 1; at <= times; at++) if ((await bodyOf(randomStream(seed, `arrival ${at}`))) === first) same += 1;
  return same / times;
}
