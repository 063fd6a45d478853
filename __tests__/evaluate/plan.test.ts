import fc from 'fast-check';
import type { ModelRequest } from '../../src/domain/trial.ts';
import { planTrials, type Subject } from '../../src/evaluate/plan.ts';
import { questionsOf } from '../../src/evaluate/question-set.ts';
import { requestKey } from '../../src/evaluate/questions.ts';

const request = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'm',
  params: {},
  messages: [{ role: 'user', content }],
  ...more,
});

const subject = (examples: number, more: Partial<Subject> = {}): Subject => ({
  name: 'prompts/a.md',
  seed: 'digest',
  repeats: 1,
  examples: Array.from({ length: examples }, (_, index) => ({
    exampleId: `e${index}`,
    requests: { base: request(`old ${index}`), head: request(`new ${index}`) },
  })),
  ...more,
});

describe('a plan', () => {
  it('holds every arm, example and repeat once', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 4 }), fc.string(), (examples, repeats, seed) => {
        const plan = [...planTrials([subject(examples, { repeats, seed })])];
        const keys = new Set(plan.map(({ arm, exampleId, repeat }) => `${arm} ${exampleId} ${repeat}`));
        expect(plan).toHaveLength(2 * examples * repeats);
        expect(keys.size).toBe(plan.length);
      }),
    );
  });

  it('asks those of a lower rank first, in seeded order among equals', () => {
    const ranked = (ranks: readonly number[], seed = 'digest') => {
      const examples = Array.from(subject(ranks.length).examples, (example, at) => ({ ...example, rank: ranks[at]! }));
      return [...planTrials([subject(0, { examples, seed })])].flatMap(({ arm, example }) => (arm === 'base' ? [example] : []));
    };
    const ranks = Array.from({ length: 100 }, (_, at) => (at * 7) % 3);
    const order = ranked(ranks);
    expect(order.map((example) => ranks[example])).toEqual(ranks.toSorted((one, other) => one - other));
    const drawn = ranked(ranks.map(() => 1));
    expect(order).toEqual([0, 1, 2].flatMap((rank) => drawn.filter((example) => ranks[example] === rank)));
    expect(ranked(ranks, 'other')).not.toEqual(order);
    const plain = [...planTrials([subject(100)])].flatMap(({ arm, example }) => (arm === 'base' ? [example] : []));
    expect(drawn).toEqual(plain);
  });

  it('asks both arms of an example side by side', () => {
    const plan = [...planTrials([subject(50, { repeats: 2 })])];
    for (let index = 0; index < plan.length; index += 2) {
      const [first, second] = [plan[index]!, plan[index + 1]!];
      expect([second.exampleId, second.repeat]).toEqual([first.exampleId, first.repeat]);
      expect(new Set([first.arm, second.arm])).toEqual(new Set(['base', 'head']));
    }
  });

  it('lets either arm go first about equally often', () => {
    const first = [...planTrials([subject(1_000)])].filter(({ arm }, index) => index % 2 === 0 && arm === 'base').length;
    // Four standard deviations of a fair coin.
    expect(Math.abs(first - 500)).toBeLessThan(4 * Math.sqrt(250));
  });

  it('is the same for the same seed and another for another', () => {
    expect([...planTrials([subject(30)])]).toEqual([...planTrials([subject(30)])]);
    expect([...planTrials([subject(30, { seed: 'other' })])]).not.toEqual([...planTrials([subject(30)])]);
  });

  it('finishes one subject before the next begins', () => {
    const plan = [...planTrials([subject(3), subject(3, { name: 'prompts/b.md' })])];
    expect(plan.map((trial) => trial.subject)).toEqual([...Array(6).fill('prompts/a.md'), ...Array(6).fill('prompts/b.md')]);
  });

  it('has one arm for a new prompt', () => {
    const plan = [...planTrials([subject(0, { examples: [{ exampleId: 'e', requests: { head: request('x') } }] })])];
    expect(plan.map(({ arm }) => arm)).toEqual(['head']);
  });
});

describe('questions', () => {
  it('are asked once where base and head say the same', () => {
    const same = { exampleId: 'e', requests: { base: request('x'), head: request('x') } };
    expect([...questionsOf(planTrials([subject(0, { examples: [same] })]))]).toEqual([
      { request: request('x'), repeat: 0, exampleId: 'e', trials: [0, 1] },
    ]);
  });

  it('are asked again at each repeat', () => {
    const same = { exampleId: 'e', requests: { base: request('x'), head: request('x') } };
    expect([...questionsOf(planTrials([subject(0, { examples: [same], repeats: 3 })]))]).toHaveLength(3);
  });

  it.each<[string, Partial<ModelRequest>]>([
    ['the model', { model: 'n' }],
    ['the temperature', { params: { temperature: 0 } }],
    ['the limit', { params: { maxOutputTokens: 1 } }],
    ['top p', { params: { topP: 0.5 } }],
    ['the stop sequences', { params: { stopSequences: ['x'] } }],
    ['the role', { messages: [{ role: 'system', content: 'x' }] }],
    ['a message', { messages: [...request('x').messages, { role: 'assistant', content: '' }] }],
    ['the format', { output: { format: 'json' } }],
    ['the schema', { output: { format: 'json', schema: {} } }],
  ])('differ by %s', (_, more) => {
    expect(requestKey(request('x', more), 0)).not.toBe(requestKey(request('x'), 0));
  });

  it('do not differ by the order of keys', () => {
    const one = request('x', { params: { temperature: 0, topP: 1 } });
    const two = request('x', { params: { topP: 1, temperature: 0 } });
    expect(requestKey(one, 0)).toBe(requestKey(two, 0));
  });
});

describe('the key of a question', () => {
  it('is what it was: caches and committed recordings are found by it', () => {
    const plain = request('x');
    const full: ModelRequest = {
      model: 'm',
      params: { temperature: 0, maxOutputTokens: 5, topP: 0.5, stopSequences: ['END'] },
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'x' },
      ],
      output: { format: 'json', schema: { type: 'object' } },
    };
    expect([requestKey(plain, 0), requestKey(full, 2), requestKey(full, '2.1')]).toEqual([
      '68a7287f3ff494dcc4928958b5e936f279dc817fc3d85e52f6033a639d76a416',
      '7f2784ec3a790592173617b9fd236af2cd60bc7fcbe67b5002ad44aeeea1d62b',
      '68dc291b36a1d4f54cbe06a4274bf84a39e5daebb3798aa49b3414003b206bbf',
    ]);
  });
});
