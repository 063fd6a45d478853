import type { Message } from '../../../../src/domain/prompt.ts';
import { read } from '../../../../src/edges/models/offline/reading.ts';

const user = (content: string): Message => ({ role: 'user', content });
const system = (content: string): Message => ({ role: 'system', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });
const reading = (...messages: Message[]) => read({ model: 'offline', params: {}, messages });
const names = (instructions: string) => reading(system(instructions), user('Hello')).labels.map(({ name }) => name);

describe('the label set', () => {
  it.each<[string, string, readonly string[]]>([
    ['after a colon', 'Labels: billing, shipping, other', ['billing', 'shipping', 'other']],
    ['in a sentence with or', 'Sort the ticket into one of billing, shipping or other.', ['billing', 'shipping', 'other']],
    ['announced and named', 'Pick one of these queues: billing, shipping, and other. Be quick.', ['billing', 'shipping', 'other']],
    ['with as', 'Classify the review as positive, negative or neutral.', ['positive', 'negative', 'neutral']],
    ['as either', 'Say whether it is either urgent or not urgent.', ['urgent', 'not urgent']],
    ['as quoted answers', 'Answer "yes" if it is a complaint, otherwise answer "no".', ['yes', 'no']],
    ['as an alternative', 'Label each message spam or ham. Be quick.', ['spam', 'ham']],
    ['as a question', 'Is the review positive, mixed, or negative?', ['positive', 'mixed', 'negative']],
    ['with slashes', 'Tone: choose from calm/annoyed/angry', ['calm', 'annoyed', 'angry']],
    ['as a JSON array', 'Allowed labels: ["spam", "not spam"].', ['spam', 'not spam']],
    ['with pipes', 'The category must be one of `bug` | `feature` | `question`.', ['bug', 'feature', 'question']],
    [
      'wrapped over lines',
      'Route every ticket to one of these teams: billing,\nshipping, returns\nor technical support.',
      ['billing', 'shipping', 'returns', 'technical support'],
    ],
    ['in a bulleted list', 'Categories:\n- billing\n- shipping\n- other', ['billing', 'shipping', 'other']],
    ['in a numbered list', 'Choose a queue:\n1. Billing\n2. Shipping', ['Billing', 'Shipping']],
    ['in bold with descriptions', 'Queues\n\n* **billing**: money\n* **returns**: sending back', ['billing', 'returns']],
    ['in bold with the colon inside', '- **billing:** money\n- **returns:** sending back', ['billing', 'returns']],
    ['in code with dashes', '- `billing` - money\n- `returns` — sending back', ['billing', 'returns']],
    ['with brackets', 'Topics:\n- billing (money)\n- returns (sending back)', ['billing', 'returns']],
    ['on plain lines', 'The labels are:\n\nbilling: money\nreturns: sending back', ['billing', 'returns']],
    ['in a table', '| Queue | When |\n|---|---|\n| billing | money |\n| returns | sending back |', ['billing', 'returns']],
    ['by worked examples alone', 'Input: nice\nOutput: positive\n\nInput: awful\nOutput: negative', ['positive', 'negative']],
    ['apart from a remark below the list', 'Queues:\n- billing: money\n- returns: sending back\n\nNote: be quick.', ['billing', 'returns']],
    [
      'by the answers of examples, never by the names of their fields',
      'An example of each queue:\n\nTicket: I paid twice\nQueue: billing',
      ['billing'],
    ],
    ['not in a list of rules', 'Rules:\n- Be polite\n- Keep it short', []],
    ['not in running text', 'You help customers and partners of a shop that sells bread, milk and eggs.', []],
  ])('is read %s', (_, instructions, expected) => {
    expect(names(instructions)).toEqual(expected);
  });

  it('comes with descriptions, wrapped ones too, and with what sentences say about one label', () => {
    const { labels, fallback } = reading(
      system(
        'Queues:\n- billing: charges and\n  invoices\n- returns: sending back\n- other\n\nA parcel that arrived broken goes to returns. If unsure, choose other.',
      ),
      user('Hello'),
    );
    expect(labels).toEqual([
      { name: 'billing', description: 'charges and invoices' },
      { name: 'returns', description: 'sending back A parcel that arrived broken goes to returns.' },
      { name: 'other', description: 'If unsure, choose other.' },
    ]);
    expect(fallback).toBe('other');
  });
});

describe('worked examples', () => {
  const labels = 'Labels: positive, negative.';
  const two = [
    { text: 'I like it', label: 'positive' },
    { text: 'It broke', label: 'negative' },
  ];

  it.each<[string, string]>([
    ['Q and A', 'Q: I like it\nA: positive\n\nQ: It broke\nA: negative'],
    ['Q and A on one line', 'Q: I like it A: positive\nQ: It broke A: negative'],
    ['named fields', 'Review: I like it\nSentiment: positive\n\nReview: It broke\nSentiment: Negative.'],
    ['unknown field names', 'Utterance: I like it\nBucket: positive\n\nUtterance: It broke\nBucket: negative'],
    [
      'numbered and bold fields',
      '**Example 1**\n**Input:** I like it\n**Output:** positive\n**Example 2**\n**Input:** It broke\n**Output:** negative',
    ],
    ['arrows', '- I like it -> positive\n- "It broke" → negative'],
    ['quotations', '- "I like it": positive\n- "It broke" is negative.'],
    ['a table', '| Review | Verdict |\n|---|---|\n| I like it | positive |\n| It broke | negative |'],
    ['JSON answers', 'Input: I like it\nOutput: {"label": "positive"}\n\nInput: It broke\nOutput: {"label": "negative"}'],
  ])('are read from %s', (_, shown) => {
    expect(reading(system(`${labels}\n\n${shown}`), user('Hello')).examples).toEqual(two);
  });

  it('are read from earlier turns', () => {
    const { examples } = reading(
      system(labels),
      user('I like it'),
      assistant('positive'),
      user('It broke'),
      assistant('negative'),
      user('Hello'),
    );
    expect(examples).toEqual(two);
  });

  it('keep all lines of their text', () => {
    const { examples } = reading(system(`${labels}\n\nReview: I like it\nStars: 5\n\nvery much\nLabel: positive`), user('Hello'));
    expect(examples).toEqual([{ text: 'I like it\n5\n\nvery much', label: 'positive' }]);
  });

  it('are not made of label descriptions that mention another label', () => {
    expect(reading(system('Labels:\n- billing: charges\n- returns: sending back, billing excluded'), user('Hello')).examples).toEqual([]);
  });
});

describe('the output format', () => {
  const format = (instructions: string, ...more: Message[]) =>
    reading(system(`Labels: good, bad.\n${instructions}`), ...more, user('Hello')).format;

  it.each<[string, ReturnType<typeof format>]>([
    ['Answer with the label only.', { kind: 'bare' }],
    ['Reply with one word.', { kind: 'bare' }],
    ['Return just the name, nothing else.', { kind: 'bare' }],
    ['Respond with the name of the label.', { kind: 'bare' }],
    ['Answer with the label only, in lower case.', { kind: 'bare', letterCase: 'lower' }],
    ['Output only the label in UPPERCASE.', { kind: 'bare', letterCase: 'upper' }],
    ['Reply in JSON with the key "label".', { kind: 'json', key: 'label' }],
    ['Return {"verdict": "<label>"}.', { kind: 'json', key: 'verdict' }],
    ["End with 'The answer is X'.", { kind: 'sentence', before: 'The answer is ', after: '', reasoned: true }],
    ['Reply in the form "Label: <label>".', { kind: 'sentence', before: 'Label: ', after: '', reasoned: false }],
    ['Think step by step. Your reply has the form `Label: [label].`', { kind: 'sentence', before: 'Label: ', after: '.', reasoned: true }],
    ['Finish with a line that starts with "Verdict:".', { kind: 'sentence', before: 'Verdict: ', after: '', reasoned: true }],
    ['Answer in this format:\n\nLabel: <label>', { kind: 'sentence', before: 'Label: ', after: '', reasoned: false }],
    ['Be kind and thorough.', undefined],
    ['', undefined],
  ])('%j', (instructions, expected) => {
    expect(format(instructions)).toEqual(expected);
  });

  it('is taken from earlier answers where nothing is said', () => {
    expect(format('', user('Hi'), assistant('Verdict: good!'))).toEqual({
      kind: 'sentence',
      before: 'Verdict: ',
      after: '!',
      reasoned: false,
    });
    expect(format('', user('Hi'), assistant('good'))).toEqual({ kind: 'bare' });
  });

  it('follows the schema that goes along', () => {
    const output = { format: 'json', schema: { type: 'object', properties: { mood: { type: 'string' } } } } as const;
    expect(read({ model: 'offline', params: {}, messages: [system('Labels: good, bad.'), user('Hello')], output }).format).toEqual({
      kind: 'json',
      key: 'mood',
    });
  });
});

describe('the question', () => {
  it.each<[string, Message[], string]>([
    ['the last user message', [system('Labels: a, b'), user('My parcel:\n\nis lost')], 'My parcel:\n\nis lost'],
    ['between tags', [user('Labels: a, b\n<ticket>\nIt is lost\n</ticket>\nAnswer with the label only.')], 'It is lost'],
    ['between fences', [user('Labels: a, b\n"""\nIt is lost\n"""')], 'It is lost'],
    ['before an open field', [user('Q: one\nA: a\n\nQ: two\nlines\nA:')], 'two\nlines'],
    ['after a field name', [user('Labels: a, b\n\nTicket: It is lost\nand gone\n\nAnswer with the label only.')], 'It is lost\nand gone'],
    ['after a colon', [user('Classify this as a or b:\n\nIt is lost')], 'It is lost'],
    ['on the same line', [user('Say whether this is good or bad: It is lost')], 'It is lost'],
    ['in the last paragraph', [user('Classify as a or b.\n\nIt is lost')], 'It is lost'],
    [
      'behind a field name after a system message',
      [system('Labels: a, b'), user('Ticket: It is lost\n\nAnswer with the label only.')],
      'It is lost',
    ],
    ['with an empty field of its own', [system('Labels: a, b'), user('It is lost.\nOrder number:')], 'It is lost.\nOrder number:'],
  ])('is found %s', (_, messages, expected) => {
    expect(reading(...messages).question).toBe(expected);
  });
});
