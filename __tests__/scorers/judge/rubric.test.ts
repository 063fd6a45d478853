import * as z from 'zod';
import { presets } from '../../../src/scorers/judge/presets.ts';
import { rubricOptions } from '../../../src/scorers/judge/rubric.ts';
import { failure } from '../../support/scripted-model.ts';
import { answer, example } from '../fixtures.ts';
import { rubric, scripted, verdict } from './consults.ts';

const judge = { model: 'small' };

describe('a rubric', () => {
  it('scores the weighted mean of its levels, the worst 0 and the best 1', async () => {
    const { grade } = rubric({ criteria: [{ preset: 'clarity', weight: 3 }, 'safety'], judge });
    const { consult, asked } = scripted((request) => verdict(request, { clarity: 4, safety: 1 }));
    expect(await grade(answer('hm'), example(), consult)).toEqual({
      value: (3 * 0.75 + 0) / 4,
      pass: false,
      reason: 'clarity 4/5 "because of clarity"; safety 1/3 "because of safety"',
      criteria: [
        { name: 'clarity', value: 0.75 },
        { name: 'safety', value: 0 },
      ],
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [0.75, true],
    [0.76, false],
  ])('passes from its pass mark on: %d', async (passMark, pass) => {
    const { grade } = rubric({ criteria: ['clarity'], passMark, judge });
    const { consult } = scripted((request) => verdict(request, { clarity: 4 }));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({ value: 0.75, pass });
  });

  it('asks at temperature 0, for the reason before the level, by a schema that servers can enforce strictly', async () => {
    const { grade } = rubric({ criteria: ['clarity', 'safety'], judge: { ...judge, maxOutputTokens: 300 } });
    const { consult, asked } = scripted((request) => verdict(request, { clarity: 4, safety: 1 }));
    await grade(answer('hm'), example(), consult);
    const { model, params, output } = asked[0]!.request;
    expect({ model, params }).toEqual({ model: 'small', params: { temperature: 0, maxOutputTokens: 300 } });
    const { properties, required } = output!.schema!;
    expect(required).toEqual(['mark', 'clarity', 'safety']);
    expect(JSON.stringify(properties)).toContain(
      '"clarity":{"type":"object","additionalProperties":false,"required":["reason","level"],"properties":{"reason"',
    );
  });

  it('shows question, context, reference and answer, and nothing of which version answered', () => {
    const { question } = rubric({ criteria: ['factual-grounding'], judge });
    const row = { ...example('42'), vars: { context: ['one', 'two'], product: 'tent' } };
    const [system, user] = question(answer('the answer'), row).messages;
    expect(system?.content).toMatch(/^You grade one answer by a rubric\.[\s\S]*## factual_grounding\nDoes the CONTEXT/);
    expect(user?.content.replace(/[0-9a-f]{16}/g, 'MARK')).toMatchInlineSnapshot(`
"The mark is MARK.

===== QUESTION MARK =====
| product: tent
| question
===== END QUESTION MARK =====

===== CONTEXT MARK =====
| [1] one
| [2] two
===== END CONTEXT MARK =====

===== REFERENCE MARK =====
| 42
===== END REFERENCE MARK =====

===== ANSWER MARK =====
| the answer
===== END ANSWER MARK =====

Grade the ANSWER by every criterion of the rubric."
`);
  });

  it('keeps the first message the same from answer to answer, so that servers can cache it', () => {
    const { question } = rubric({ criteria: ['clarity', 'tone'], judge });
    const [one, other] = ['a', 'b'].map((text) => question(answer(text), example(text)).messages);
    expect(one![0]).toEqual(other![0]);
    expect(one![1]).not.toEqual(other![1]);
  });

  it('cannot be held to a context that is not there', () => {
    const { requires } = rubric({ criteria: ['factual-grounding'], context: 'document', judge });
    expect(requires(example())).toBe('it has no "document" among its "vars" to hold the answer to');
    expect(requires({ ...example(), vars: { document: 'text' } })).toBeUndefined();
  });

  it('takes criteria with levels and rules of a team’s own', async () => {
    const { grade, question } = rubric({
      criteria: [
        { name: 'Terms of refund', question: 'Are the terms stated?', levels: ['no', 'yes'], rules: ['30 days'] },
        { preset: 'policy', rules: ['no medical advice'] },
        { name: '条件', question: '?', levels: ['a', 'b', 'c'] },
      ],
      judge,
    });
    expect(question(answer(''), example()).messages[0].content).toContain(
      '## terms_of_refund\nAre the terms stated?\n- 30 days\nLevel 1: no\nLevel 2: yes',
    );
    const { consult } = scripted((request) => verdict(request, { terms_of_refund: 2, policy: 3, criterion_3: 2 }));
    const score = await grade(answer('hm'), example(), consult);
    expect(score).toMatchObject({
      criteria: [
        { name: 'Terms of refund', value: 1 },
        { name: 'policy', value: 1 },
        { name: '条件', value: 0.5 },
      ],
    });
  });
});

describe('rules of a rubric', () => {
  const check = { name: 'short', check: { length: { words: { max: 2 } } } };

  it('decide without a judge, at once', () => {
    const { grade, judge: nobody } = rubric({
      criteria: [check, { name: 'no comma', check: { 'punctuation:no_comma': {} }, weight: 3 }],
    });
    const { consult, asked } = scripted(() => '');
    expect(grade(answer('three short words'), example(), consult)).toMatchObject({ value: 0.75, pass: true });
    expect(nobody).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('count beside what a judge grades', async () => {
    const { grade } = rubric({ criteria: ['clarity', check], judge });
    const { consult } = scripted((request) => verdict(request, { clarity: 5 }));
    expect(await grade(answer('three short words'), example(), consult)).toMatchObject({
      value: 0.5,
      reason: 'clarity 5/5 "because of clarity"; short: has 3 words, at most 2 are allowed',
    });
  });
});

describe('a judge whose reply is no verdict', () => {
  const { grade } = rubric({ criteria: ['clarity'], judge });

  it('is asked once more, saying why and quoting nothing', async () => {
    const { consult, asked } = scripted((request, count) => (count === 0 ? 'Level five, obviously.' : verdict(request, { clarity: 3 })));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({ value: 0.5 });
    expect(asked).toHaveLength(2);
    expect(asked[1]!.request.messages[1]!.content).toMatch(
      /An earlier reply to this was not used: it holds no JSON object\. Reply with the JSON object alone, its "mark" [0-9a-f]{16}\.$/,
    );
    expect(JSON.stringify(asked[1]!.request)).not.toContain('obviously');
  });

  it('is a failure the second time, and never a score', async () => {
    const { consult, asked } = scripted(() => 'Level five, obviously.');
    expect(await grade(answer('hm'), example(), consult)).toEqual({
      kind: 'failure',
      reason: 'bad-reply',
      sentence: 'The judge "small" gave no verdict, asked twice: of its reply, it holds no JSON object.',
      retryable: false,
    });
    expect(asked).toHaveLength(2);
  });

  it('fails as its server does', async () => {
    const { consult, asked } = scripted(() => failure('quota'));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({ kind: 'failure', reason: 'quota' });
    expect(asked).toHaveLength(1);
  });
});

describe('a panel', () => {
  it('gives the median of its levels, with the reason nearest to it', async () => {
    const levels: Record<string, number> = { a: 1, b: 4, c: 5 };
    const { grade } = rubric({ criteria: ['clarity'], judge: { panel: ['a', 'b', 'c'] } });
    const { consult, asked } = scripted((request) => verdict(request, { clarity: levels[request.model]! }));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({ value: 0.75, reason: 'clarity 4/5 "because of clarity"' });
    expect(asked.map(({ request }) => request.model)).toEqual(['a', 'b', 'c']);
  });

  it('of two may come to rest between levels', async () => {
    const { grade } = rubric({ criteria: ['clarity'], judge: { panel: ['a', 'b'] } });
    const { consult } = scripted((request) => verdict(request, { clarity: request.model === 'a' ? 2 : 5 }));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({
      value: 0.625,
      reason: expect.stringMatching(/^clarity 3\.5\/5/),
    });
  });

  it('is no panel without one of its members, and asks nobody further', async () => {
    const { grade } = rubric({ criteria: ['clarity'], judge: { panel: ['a', 'b', 'c'] } });
    const { consult, asked } = scripted((request) => (request.model === 'b' ? failure('server-error') : verdict(request, { clarity: 5 })));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({ kind: 'failure', reason: 'server-error' });
    expect(asked).toHaveLength(2);
  });

  it('of one asked several times draws anew each time, and anew for another grading', async () => {
    const { grade } = rubric({ criteria: ['clarity'], judge: { model: 'a', repeats: 3 } });
    const { consult, asked } = scripted((request, count) => verdict(request, { clarity: 1 + (count % 5) }));
    expect(await grade(answer('hm'), example(), consult)).toMatchObject({ value: 0.25 });
    await grade(answer('hm'), example(), consult, 1);
    expect(asked.map(({ repeat }) => repeat)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('options of a rubric', () => {
  it('mean the same parsed twice, and can be written down as JSON Schema', () => {
    const parsed = rubricOptions.parse({ criteria: ['clarity', { preset: 'tone', rules: ['warm'] }, { name: 'x', check: { json: {} } }] });
    expect(rubricOptions.parse(parsed)).toEqual(parsed);
    expect(z.toJSONSchema(rubricOptions, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  it.each([
    [{ criteria: [] }, /criteria/],
    [{ criteria: ['clearness'] }, /criteria/],
    [{ criteria: ['policy'] }, /says nothing without rules/],
    [{ criteria: [{ preset: 'policy' }] }, /says nothing without rules/],
    [{ criteria: ['clarity', 'clarity'] }, /named twice/],
    [{ criteria: ['clarity', { name: 'Clarity', question: '?', levels: ['a', 'b'] }] }, /named twice/],
    [{ criteria: [{ name: 'x', question: '?', levels: ['one'] }] }, /levels/],
    [{ criteria: [{ name: '__proto__', question: '?', levels: ['a', 'b'] }] }, /no name of a criterion/],
    [{ criteria: [{ name: 'x', check: { jason: {} } }] }, /no constraint \\"jason\\"/],
    [{ criteria: [{ name: 'x', check: { length: {} } }] }, /needs characters, words or tokens/],
    [{ criteria: [{ name: 'x', check: { json: {}, language: {} } }] }, /a check is one key/],
    [{ criteria: ['clarity'], judge: { model: 'a', panel: ['a', 'b'] } }, /both a model and a panel/],
    [{ criteria: ['clarity'], judge: { panel: ['a', 'a'] } }, /named twice/],
    [{ criteria: ['clarity'], passMark: 0 }, /passMark/],
  ])('refuse %j', (options, message) => {
    expect(JSON.stringify(rubricOptions.safeParse(options).error?.issues)).toMatch(message);
  });

  it.each(Object.entries(presets))('have the preset %s with anchors for each level', (name, preset) => {
    expect(name).toMatch(/^[a-z-]+$/);
    expect(preset.levels.length).toBeGreaterThanOrEqual(2);
    for (const text of [preset.summary, preset.question, ...preset.levels]) expect(text).toMatch(/^[A-Z].*[.?]$/);
  });
});
