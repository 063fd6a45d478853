import type { Message, ModelParams } from '../../../../src/domain/prompt.ts';
import type { Answer } from '../../../../src/domain/trial.ts';
import { offlineModel } from '../../../../src/edges/models/offline/model.ts';

const model = offlineModel();

async function ask(instructions: string, question: string, params: ModelParams = {}): Promise<Answer> {
  const messages: Message[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: question },
  ];
  const outcome = await model.ask({ model: 'offline', params, messages }, new AbortController().signal);
  if (outcome.kind === 'failure') throw new Error(outcome.sentence);
  return outcome;
}

const described = `Sort the ticket into one queue:
- billing: invoices, charges on the card, paying
- delivery: parcels that are late, lost or at the wrong address
- access: passwords, signing in, locked profiles`;
const listed = 'Sort the ticket into one of these queues: billing, delivery, access.';
const howToAnswer = 'Answer with the name of the queue only.';

const tickets: readonly (readonly [string, string])[] = [
  ['My card was charged twice for one order', 'billing'],
  ['I need an invoice with our VAT number', 'billing'],
  ['How can I pay in two parts?', 'billing'],
  ['The parcel should have come on Monday and is still not here', 'delivery'],
  ['You sent it to my old address', 'delivery'],
  ['It says delivered but it must be lost', 'delivery'],
  ['I forgot my password', 'access'],
  ['Signing in fails since this morning', 'access'],
  ['My profile is locked after three attempts', 'access'],
];

async function accuracy(instructions: string): Promise<number> {
  const answers = await Promise.all(tickets.map(([text]) => ask(instructions, text)));
  return answers.filter(({ text }, index) => text === tickets[index]![1]).length / tickets.length;
}

describe('the offline model', () => {
  it('scores higher with a prompt that describes the labels than with one that only lists them', async () => {
    expect(await accuracy(`${described}\n\n${howToAnswer}`)).toBe(1);
    expect(await accuracy(`${listed} ${howToAnswer}`)).toBeCloseTo(4 / 9, 10);
  });

  it('scores higher with worked examples', async () => {
    const shown =
      'Ticket: I paid twice with my card\nQueue: billing\n\nTicket: Where is my parcel?\nQueue: delivery\n\nTicket: I cannot sign in\nQueue: access';
    expect(await accuracy(`${listed} ${howToAnswer}\n\n${shown}`)).toBeGreaterThan(await accuracy(`${listed} ${howToAnswer}`));
  });

  it('scores 0 with a prompt that does not say how to answer, and names more than one label in its prose', async () => {
    expect(await accuracy(described)).toBe(0);
    expect((await ask(described, tickets[0]![0])).text).toMatch(/case for billing, but (?:delivery|access) cannot be ruled out/);
  });

  it('says that it was given no answers to choose from, without repeating the question', async () => {
    const { text } = await ask('You are a helpful assistant.', 'refund billing');
    expect(text).toMatch(/not told which answers there are/);
    expect(text).not.toMatch(/refund|billing/);
  });

  it('knows nothing beyond the prompt: a label no word leads to is never chosen over the first', async () => {
    expect((await ask(`Labels: blue, green. ${howToAnswer}`, 'What colour is grass?')).text).toBe('blue');
    expect((await ask(`Labels: blue, green. ${howToAnswer} In doubt say green.`, 'What colour is the sky?')).text).toBe('green');
  });

  it('answers in the form the prompt asks for', async () => {
    const question = 'I forgot my password';
    expect((await ask(`${described}\n\nReply in JSON with the key "queue".`, question)).text).toBe('{"queue":"access"}');
    expect((await ask(`${described}\n\nAnswer with the label only, in upper case.`, question)).text).toBe('ACCESS');
    expect((await ask(`${described}\n\nEnd with 'The answer is X.'`, question)).text).toMatch(/^Thank you.*\nThe answer is access\.$/s);
  });

  it('gives equal answers to equal requests, at no latency', async () => {
    const [first, second] = [await ask(described, 'My card was charged'), await ask(described, 'My card was charged')];
    expect(second).toEqual(first);
    expect(first.latencyMs).toBe(0);
  });

  it('is cut off at the token limit and stops at stop sequences', async () => {
    const whole = await ask(described, 'My card was charged');
    const cut = await ask(described, 'My card was charged', { maxOutputTokens: 4 });
    expect(whole.finish).toBe('stop');
    expect(cut).toMatchObject({ text: 'Thank you, I', finish: 'length', usage: { outputTokens: 4 } });
    expect(await ask(described, 'My card was charged', { stopSequences: ['read', ', I'] })).toMatchObject({
      text: 'Thank you',
      finish: 'stop',
    });
    expect(await ask(`${described} ${howToAnswer}`, 'My card was charged', { maxOutputTokens: 1 })).toMatchObject({
      text: 'billing',
      finish: 'stop',
    });
  });

  it('counts words and signs as tokens', async () => {
    expect((await ask('Labels: a, b.', 'Nice: ünïcode_words!')).usage).toMatchObject({ inputTokens: 6 + 4 });
  });

  it('does not answer once the run was stopped', async () => {
    expect(await model.ask({ model: 'offline', params: {}, messages: [] }, AbortSignal.abort())).toMatchObject({
      kind: 'failure',
      reason: 'cancelled',
    });
  });

  it('answers without messages, and is closed without a word', async () => {
    expect(await model.ask({ model: 'offline', params: {}, messages: [] }, new AbortController().signal)).toMatchObject({ kind: 'answer' });
    expect([model.endpoint, model.refusedParameters('offline'), await model.close()]).toEqual(['offline', [], undefined]);
  });

  it.each([
    ['one long line', 'a '],
    ['brackets', '[<{('],
    ['bullets', '- a: b\n'],
    ['fields', 'Q: x\nA: y\n'],
    ['colons', ':\n'],
    ['tags', '<ticket></ticket>'],
    ['tables', '|a|b|\n'],
    ['quotes', '"'],
    ['spaces after "one of"', ' '],
    ['commas', 'a,'],
    ['wrapped lines', 'word,\n'],
  ])('comes back from very many %s', async (_, part) => {
    const text = `Labels: one of${part.repeat(200_000 / part.length)}a`;
    expect((await ask(text, 'Hello')).kind).toBe('answer');
    const messages: Message[] = [{ role: 'user', content: text }];
    expect((await model.ask({ model: 'offline', params: {}, messages }, new AbortController().signal)).kind).toBe('answer');
  });
});
