import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { constraintTable } from '../../src/scorers/constraints/table.ts';
import { groupTable } from '../../src/scorers/groups.ts';
import { scorerTable } from '../../src/scorers/table.ts';

const MB = 1024 * 1024;
const levels = 100_000;
const completion = (content: string) => `{"choices":[{"finish_reason":"stop","message":{"content":${content}}}]}`;
const saying = (answer: string) => completion(JSON.stringify(answer));
const withLogprobs = (logprobs: string) =>
  `{"choices":[{"finish_reason":"stop","message":{"content":"yes"},"logprobs":{"content":${logprobs}}}]}`;
const deep = '['.repeat(levels) + ']'.repeat(levels);

/** Body by name; what is a failure, and what an answer of how many characters. */
const bodies: Readonly<Record<string, { readonly body: string | Buffer; readonly failure?: RegExp; readonly characters?: number }>> = {
  random: { body: randomBytes(100_000), failure: /what is not JSON/ },
  truncated: { body: saying('yes').slice(0, -9), failure: /what is not JSON/ },
  'nested-body': { body: deep, failure: /JSON that is no chat completion/ },
  'nested-beside': { body: `{"extra":${deep},${saying('yes').slice(1)}`, characters: 3 },
  'nested-usage': { body: `{"usage":${deep},${saying('yes').slice(1)}`, characters: 3 },
  'nested-content': { body: completion(deep), failure: /JSON that is no chat completion/ },
  'nested-answer': { body: saying(deep), characters: 2 * levels },
  'unclosed-answer': { body: saying('{"a":'.repeat(levels)), characters: 5 * levels },
  'ten-megabytes': { body: saying('x'.repeat(10_000_000)), characters: 10_000_000 },
  'ten-megabytes-of-lines': { body: saying('a\n'.repeat(5_000_000)), characters: 10_000_000 },
  'lone-surrogates': { body: completion('"\\ud800 yes \\udc00\\ud800"'), characters: 8 },
  'invalid-utf8': {
    body: Buffer.concat([
      Buffer.from('{"choices":[{"message":{"content":"'),
      Buffer.from([0xff, 0xc0, 0xed, 0xa0, 0x80]),
      Buffer.from('"}}]}'),
    ]),
    characters: 5,
  },
  'not-a-number': { body: completion('NaN'), failure: /what is not JSON/ },
  infinity: { body: completion('1e999'), failure: /JSON that is no chat completion/ },
  'infinite-usage': { body: `{"usage":{"prompt_tokens":1e999,"completion_tokens":-1},${saying('yes').slice(1)}`, characters: 3 },
  'nested-logprobs': { body: withLogprobs(deep), characters: 3 },
  'infinite-logprobs': { body: withLogprobs('[{"token":"yes","logprob":-1e999}]'), characters: 3 },
  'logprobs-of-another-text': { body: withLogprobs('[{"token":"no","logprob":-0.1}]'), characters: 3 },
  'many-logprobs': { body: withLogprobs(`[${'{"token":"","logprob":-1},'.repeat(300_000)}{"token":"yes","logprob":0}]`), characters: 3 },
  'says-not-a-number': { body: saying('NaN'), characters: 3 },
  'says-infinity': { body: saying('{"score": Infinity}'), characters: 19 },
  'nul-bytes': { body: completion('"\\u0000yes\\u0000"'), characters: 5 },
};

/** A completion of a gigabyte, made as it is read. */
async function* gigabyte(made: (bytes: number) => void): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(MB, 'x');
  yield Buffer.from('{"choices":[{"message":{"content":"');
  for (let megabytes = 0; megabytes < 1024; megabytes++) {
    made(chunk.length);
    yield chunk;
  }
  yield Buffer.from('"}}]}');
}

/** What the real edge and all scorers make of these bodies, in a process of its own, and by how much its memory grew. */
async function outcomes(names: readonly string[]) {
  let flooded = 0;
  const server = createServer((request, response) => {
    const name = /^\/([\w-]+)\//.exec(request.url ?? '')?.[1] ?? '';
    request.resume();
    if (name === 'gigabyte')
      pipeline(
        gigabyte((bytes) => (flooded += bytes)),
        response,
      ).catch(() => {});
    else response.end(bodies[name]!.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const child = spawn(process.execPath, [resolve('__tests__/support/hostile-bodies.ts'), ...names.map((name) => `${origin}/${name}`)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect([(await exit)[0], stderr]).toEqual([0, '']);
  server.close();
  const lines: { url?: string; graders?: string[]; grownMb?: number }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { graders, grownMb } = lines.at(-1)!;
  return { lines: lines.slice(0, -1), graders: graders!, grownMb: grownMb!, floodedMb: flooded / MB };
}

it('a body of a gigabyte is cut at 16 MB, a named failure, and never held in memory', async () => {
  const { lines, grownMb, floodedMb } = await outcomes(['gigabyte']);
  const sentence = 'The model server answered with more than 16 MB.';
  expect(lines).toEqual([{ url: 'gigabyte', failure: 'bad-reply', sentence, judges: false }]);
  expect(floodedMb).toBeLessThan(64);
  expect(grownMb).toBeLessThan(256);
}, 120_000);

it('every other hostile body is a score by every scorer, group and constraint or a named failure, and no judge’s verdict, within bounded memory', async () => {
  const { lines, graders, grownMb } = await outcomes(Object.keys(bodies));
  const expected = Object.entries(bodies).map(([url, { failure, characters }]) =>
    failure === undefined
      ? { url, characters, unsound: [], judges: false }
      : { url, failure: 'bad-reply', sentence: expect.stringMatching(failure), judges: false },
  );
  const named = [scorerTable, groupTable, constraintTable].flatMap((table) => Object.keys(table));
  expect(new Set(graders)).toEqual(new Set(named));
  expect(lines).toEqual(expected);
  expect(grownMb).toBeLessThan(1_024);
}, 240_000);
