import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { CallFunction, Consult } from '../../src/domain/ports.ts';
import { comparePair } from '../../src/scorers/judge/pair.ts';
import { pairwiseOf, pairwiseOptions } from '../../src/scorers/judge/pairwise.ts';
import { graderOf } from '../../src/scorers/score.ts';
import { answer, example, spec } from './fixtures.ts';
import { asking, hostileSpec } from './hostile-cases.ts';
import { hostile } from './hostile-texts.ts';
import { scripted, verdict } from './judge/consults.ts';

const rubric = graderOf({ scorers: [spec('rubric', { criteria: ['clarity'], judge: { model: 'small' } })] });
const { criteria, judge: judges } = pairwiseOf(pairwiseOptions.parse(hostileSpec('pairwise').options));

const nobody: Consult = () => Promise.reject(new Error('nobody is to be asked'));
const graded = (call: CallFunction, text: string) =>
  graderOf({ scorers: [spec('function', { module: 'mine.mjs' })] }, call)(answer(text), example(), nobody);

/** What a program can say that is JSON. */
const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Runs of one character are cut to the same length for a judge: two stand for them. */
const texts = hostile.filter(([what]) => !/^\d+ MB of (?!words|emoji)/.test(what));

it('what is asked for scores is a judge or a function', () => {
  expect(asking).toEqual(['rubric', 'function']);
});

describe.each(texts)('%s', (_, text) => {
  it('as an answer goes to the judge at a bounded length, and has the level it gives', async () => {
    const { consult, asked } = scripted((request) => verdict(request, { clarity: 3 }));
    expect(await rubric(answer(text), { ...example(), input: text }, consult)).toMatchObject({ value: 0.5 });
    expect(asked[0]!.request.messages[1]!.content.length).toBeLessThan(1_500_000);
  });

  it('as a judge’s reply is no verdict, and never a score', async () => {
    const said = scripted(() => text);
    expect(await rubric(answer('yes'), example(), said.consult)).toMatchObject({ kind: 'failure', reason: 'bad-reply' });
    expect(await comparePair(judges!, criteria, [], { first: 'a', second: 'b' }, said.consult)).toMatchObject({ kind: 'failure' });
  });

  it('as one of two answers is compared', async () => {
    const { consult } = scripted((request) =>
      JSON.stringify({ mark: JSON.parse(verdict(request, {})).mark, reason: text.slice(0, 5_000), better: 'A' }),
    );
    expect(await comparePair(judges!, criteria, [], { first: text, second: 'b' }, consult)).toMatchObject({ second: 0.5 });
  });

  it('as an answer goes to a function whole, and as its reply is a failure or a score with a short reason', async () => {
    const call: CallFunction = async (_fn, request) => ({ reply: { score: request['answer'] === text ? 1 : 0, reason: text } });
    expect(await graded(call, text)).toMatchObject({ value: 1 });
    const value = parsed(text);
    if (value === undefined) return;
    const replies: readonly JsonObject[] = [{ score: value }, { error: value }, { score: 1, reason: value }];
    for (const reply of replies) {
      const outcome = await graded(async () => ({ reply }), 'yes');
      expect(outcome).toMatchObject({ kind: 'failure', reason: 'function' });
      expect(JSON.stringify(outcome).length).toBeLessThan(500);
    }
  });
});
