import type { JsonObject } from '../../src/domain/json.ts';
import type { CallFunction } from '../../src/domain/ports.ts';
import type { Failure } from '../../src/domain/trial.ts';
import { functionOf, ownFunction } from '../../src/scorers/function.ts';
import { graderOf } from '../../src/scorers/score.ts';
import { answer, example, spec } from './fixtures.ts';

const mine = { module: 'scorers/mine.mjs' };
const graded = (call: CallFunction, options: JsonObject = mine) =>
  graderOf({ scorers: [spec('function', options)] }, call)(answer('yes'), example('yes'), () =>
    Promise.reject(new Error('nobody is to be asked')),
  );
const replying =
  (reply: JsonObject): CallFunction =>
  async () => ({ reply });

describe('function', () => {
  it.each<[JsonObject, object]>([
    [{ score: 0.25 }, { value: 0.25, pass: false, reason: 'scorers/mine.mjs says 0.25' }],
    [{ score: 0.5 }, { value: 0.5, pass: true }],
    [{ score: true }, { value: 1, pass: true }],
    [
      { score: false, pass: true },
      { value: 0, pass: true },
    ],
    [
      { score: 1, pass: false, reason: 'not yet' },
      { value: 1, pass: false, reason: 'not yet' },
    ],
  ])('takes %j for a score', async (reply, score) => {
    expect(await graded(replying(reply))).toMatchObject(score);
  });

  it('passes from the pass mark on', async () => {
    expect(await graded(replying({ score: 0.5 }), { ...mine, passMark: 0.8 })).toMatchObject({ pass: false });
  });

  it('keeps reasons short', async () => {
    expect(await graded(replying({ score: 1, reason: 'x'.repeat(1e6) }))).toMatchObject({ reason: 'x'.repeat(1_000) });
  });

  it.each<[JsonObject, RegExp]>([
    [{ score: 1.5 }, /no score from 0 to 1: "\{"score":1\.5\}"/],
    [{ score: -1 }, /no score/],
    [{ score: null }, /no score/],
    [{ score: 'high' }, /no score/],
    [{}, /no score from 0 to 1: "\{\}"/],
    [{ score: 1, pass: 'yes' }, /no score/],
    [{ error: 'cannot read it', score: 1 }, /it reported "cannot read it"/],
    [{ error: { code: 3 } }, /it reported "\{"code":3\}"/],
  ])('takes %j for a failure, never for zero', async (reply, sentence) => {
    const failure = { kind: 'failure', reason: 'function', retryable: false, sentence: expect.stringMatching(sentence) };
    expect(await graded(replying(reply))).toEqual(failure);
  });

  it('hands on a failure of the program', async () => {
    const failure: Failure = { kind: 'failure', reason: 'function', sentence: 'It hung.', retryable: false };
    expect(await graded(async () => failure)).toBe(failure);
    expect(await graderOf({ scorers: [spec('function', mine)] })(answer('x'), example(), async () => failure)).toMatchObject({
      sentence: 'The scorer function scorers/mine.mjs gave no score: functions do not run here.',
    });
  });

  it('tells the program the answer, its end and the row without its place', async () => {
    const asked: unknown[] = [];
    await graded(async (_fn, request) => {
      asked.push(request);
      return { reply: { score: 1 } };
    });
    const row = { id: 'row', input: 'question', vars: {}, messages: [], expected: 'yes', tags: [] };
    expect(asked).toEqual([{ answer: 'yes', finish: 'stop', example: row }]);
  });

  it('names the program', () => {
    expect(functionOf(mine)).toMatchObject({
      name: 'scorers/mine.mjs',
      program: { kind: 'module', exported: 'default' },
      timeoutMs: 30_000,
    });
    expect(functionOf({ command: ['python3', 'a.py', '-v'], files: ['b.py'] })).toMatchObject({ name: 'python3 a.py', files: ['b.py'] });
  });

  it.each<[JsonObject, RegExp]>([
    [{}, /either a module or a command/],
    [{ module: 'a.mjs', command: ['b'] }, /either a module or a command/],
    [{ module: 'a.py' }, /no JavaScript module/],
    [{ module: '../a.mjs' }, /not one below the working directory/],
    [{ module: '/a.mjs' }, /not one below the working directory/],
    [{ module: 'file:///a.mjs' }, /not one below/],
    [{ module: 'a.mjs', files: ['./b.mjs'] }, /not one below/],
    [{ command: [] }, /command/],
    [{ command: ['x'], timeoutMs: 0 }, /timeoutMs/],
    [{ command: ['x'], concurrency: 65 }, /concurrency/],
  ])('refuses %j', (options, message) => {
    expect(() => ownFunction.bind(options)).toThrow(message);
  });
});
