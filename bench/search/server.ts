import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { ideaOf } from './proposer.ts';
import { replyIn } from './replies.ts';
import { instructionsOf, World } from './world.ts';
import { type WorldName, worlds } from './worlds.ts';

const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(z.object({ text: z.string() }))]) })).min(1),
});

/** What the server itself has seen of one run. */
interface Run {
  readonly world: World;
  task: number;
  proposer: number;
  /** Questions about the incumbent, whose outcomes everybody is given: they are answered and cost nothing. */
  free: number;
}

export interface WorldServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible server for every world at once: `/<world>/<seed>/<rows>/<run>/v1/chat/completions` answers as the model `task` or `proposer`,
 * `/<world>/<seed>/<rows>/<run>/count` tells what it has counted for that run, which is the truth whatever a client counts; DELETE ends the run.
 */
export async function serveWorlds(port = 0): Promise<WorldServer> {
  const runs = new Map<string, Run>();
  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing, runs));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, runs: Map<string, Run>): Promise<void> {
  const [world = '', seed = '', rows = '', name = '', ...rest] = decodeURIComponent(incoming.url ?? '')
    .slice(1)
    .split('/');
  const run = runOf(runs, world, seed, Number(rows), name);
  const send = (status: number, body: object) =>
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (run === undefined) return void send(404, { error: { message: 'there is no such world' } });
  const { task, proposer, free } = run;
  if (rest.join('/') === 'count') {
    if (incoming.method === 'DELETE') runs.delete(keyOf(world, seed, rows, name));
    return void send(200, { calls: task + proposer, task, proposer, free });
  }
  if (rest.join('/') === 'task') return void send(200, taskOf(run.world));
  const parsed = request.safeParse(JSON.parse(await bodyOf(incoming)));
  if (!parsed.success) return void send(400, { error: { message: parsed.error.message } });
  const messages = parsed.data.messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? content : content.map(({ text }) => text).join(''),
  }));
  const isTask = parsed.data.model === 'task';
  const text = isTask ? answerTo(run, messages) : proposalFor(run, messages);
  const words = (some: string) => some.split(/\s+/).length;
  const promptTokens = messages.reduce((sum, { content }) => sum + words(content), 0);
  send(200, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: parsed.data.model,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    usage: { prompt_tokens: promptTokens, completion_tokens: words(text), total_tokens: promptTokens + words(text) },
  });
}

/** What every system is told at the start. */
function taskOf(world: World): object {
  return { incumbent: instructionsOf(world.incumbent), inputs: Array.from({ length: world.rows }, (_, row) => world.inputOf(row)) };
}

interface Said {
  readonly role: string;
  readonly content: string;
}

/** The row is what the last message asks about, the prompt is all that stands before it. */
function answerTo(run: Run, messages: readonly Said[]): string {
  const said = messages.map(({ content }) => content).join('\n');
  const asked = [...said.matchAll(/Request r(\d+) of kind k\d+\./g)].at(-1);
  const before = asked === undefined ? said : said.slice(0, asked.index);
  // AxGEPA puts the instructions that it works on between these, among rules of its own that never change.
  const instructions = /<task_definition>\n([\s\S]*?)\n<\/task_definition>/.exec(before)?.[1] ?? before;
  if (run.world.isIncumbent(instructions)) run.free += 1;
  else run.task += 1;
  const { score, readable } = run.world.answer(instructions, Number(asked?.[1] ?? 0));
  if (!readable) return 'Well, that depends on what you mean.';
  return score === 1 ? 'done' : 'refused';
}

function proposalFor(run: Run, messages: readonly Said[]): string {
  run.proposer += 1;
  const conversation = messages.map(({ content }) => content).join('\n');
  return replyIn(conversation, (some) => ideaOf(run.world, some));
}

function runOf(runs: Map<string, Run>, world: string, seed: string, rows: number, name: string): Run | undefined {
  const key = keyOf(world, seed, String(rows), name);
  if (!Object.hasOwn(worlds, world) || !(rows > 0)) return undefined;
  const run = runs.get(key) ?? { world: new World(worlds[world as WorldName], seed, rows), task: 0, proposer: 0, free: 0 };
  runs.set(key, run);
  return run;
}

const keyOf = (...names: readonly string[]): string => names.join('/');

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
