import type { OperatorName } from '../../src/domain/operator.ts';
import { draftsFor } from '../../src/search/drafts.ts';
import { applyEdits } from '../../src/search/edits/edit.ts';
import { refusalOf } from '../../src/search/filters/table.ts';
import { distinctiveWords, wordsOf } from '../../src/search/operators/distinctive.ts';
import type { Proposal, Seen, Situation } from '../../src/search/operators/operator.ts';
import { defaultOperators, operatorTable } from '../../src/search/operators/table.ts';
import { randomStream } from '../../src/stats/random.ts';
import { examples } from './examples.ts';

const prompt = `{{role "system"}}
Sort the mail.

- bills: money of any kind.
- parcels: things on their way

{{role "user"}}
{{input}}
`;

const inputs: readonly (readonly [string, string])[] = [
  ['the invoice was charged twice', 'bills'],
  ['your invoice shows the wrong amount', 'bills'],
  ['charged the wrong amount again', 'bills'],
  ['the courier lost my package', 'parcels'],
  ['where is the package and its courier', 'parcels'],
  ['package was soaked when it came', 'parcels'],
];

/** Rows of two labels; those for which `fails` holds got no point, and the reason says why. */
function seenRows(fails: (at: number) => boolean, more: Partial<Seen['outcome']> = {}): Seen[] {
  return inputs.map(([input, expected], at) => ({
    example: examples(1, { id: `r${at}`, input, expected, tags: at % 2 === 0 ? ['email'] : ['chat'] })[0]!,
    outcome: fails(at)
      ? { score: 0, reason: `expected ${expected}`, answer: 'mail', ...more }
      : { score: 1, reason: `is ${expected}`, answer: expected },
  }));
}

function situation(seen: readonly Seen[], more: Partial<Situation> = {}): Situation {
  return {
    parent: prompt,
    seen,
    attempt: 0,
    stream: randomStream('operators', 'test'),
    countTokens: (text) => text.split(/\s+/).length,
    ...more,
  };
}

const proposalOf = (name: OperatorName, given: Situation) => operatorTable[name].propose(given);

/** The new version that a proposal without a proposer makes. */
function textOf(proposal: Proposal | undefined): string {
  if (proposal?.kind === 'text') return proposal.text;
  if (proposal?.kind !== 'edits') throw new Error(`no version, but ${proposal?.kind}`);
  const applied = applyEdits(prompt, proposal.edits);
  if ('misfit' in applied) throw new Error(applied.misfit.what);
  return applied.text;
}

/** What a proposer is asked. */
function askedBy(proposal: Proposal | undefined): string {
  if (proposal?.kind !== 'ask') throw new Error(`nothing is asked, but there is ${proposal?.kind}`);
  return proposal.messages.map(({ content }) => content).join('\n');
}

describe('the reflective edit', () => {
  it('shows three failures of different kinds and one success, with what was expected, what came and why', () => {
    const asked = askedBy(proposalOf('reflect', situation(seenRows((at) => at !== 5))));
    const shown = inputs.filter(([input]) => asked.includes(`"input":"${input}"`)).map(([input]) => input);
    expect(shown).toHaveLength(4);
    expect(shown).toContain('package was soaked when it came');
    expect(asked).toContain('Expected: "bills"\nAnswered: mail\nScore: 0. expected bills');
    expect(asked).toContain('Expected: "parcels"\nAnswered: mail');
    expect(asked).toContain(prompt.trim());
  });

  it('shows other failures to another stream', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      seenRows(() => true).map((one) => ({ ...one, example: { ...one.example, input: `${at}` } })),
    ).flat();
    const ask = (name: string) => askedBy(proposalOf('reflect', situation(many, { stream: randomStream('operators', name) })));
    expect(ask('a')).not.toBe(ask('b'));
    expect(ask('a')).toBe(ask('a'));
  });

  it('has nothing to say where nothing fails', () => {
    expect(proposalOf('reflect', situation(seenRows(() => false)))).toBeUndefined();
  });
});

describe('the rule for a cluster of failures', () => {
  it('asks about what most failures share, then about the next', () => {
    const seen = seenRows((at) => at < 3);
    expect(askedBy(proposalOf('cluster-rule', situation(seen)))).toContain('The expected answer "bills"');
    expect(askedBy(proposalOf('cluster-rule', situation(seen, { attempt: 1 })))).toContain("The scorer's words");
  });

  it('finds a tag that fails', () => {
    const seen = seenRows((at) => at % 2 === 0, { reason: '' });
    expect(askedBy(proposalOf('cluster-rule', situation(seen)))).toContain('The tag "email"');
  });

  it('has nothing to say where failures share nothing', () => {
    expect(proposalOf('cluster-rule', situation(seenRows((at) => at === 0)))).toBeUndefined();
  });
});

describe('the repair of the output contract', () => {
  it('asks for a form where answers could not be read, or broke a constraint', () => {
    expect(askedBy(proposalOf('contract', situation(seenRows((at) => at < 2, { unreadable: true }))))).toContain('because of their form');
    expect(askedBy(proposalOf('contract', situation(seenRows((at) => at < 2, { broken: 'json' }))))).toContain('Answered: mail');
  });

  it('has nothing to say where answers are merely wrong', () => {
    expect(proposalOf('contract', situation(seenRows(() => true)))).toBeUndefined();
  });
});

describe('the shortening', () => {
  it('asks for the same in fewer words, once there is something to save', () => {
    const long = `Sort the mail. ${'Take care of every single one. '.repeat(40)}`;
    expect(
      askedBy(
        proposalOf(
          'compress',
          situation(
            seenRows(() => false),
            { parent: long },
          ),
        ),
      ),
    ).toContain('Make it shorter');
    expect(proposalOf('compress', situation(seenRows(() => false)))).toBeUndefined();
  });
});

describe('the merge of two versions', () => {
  const one = prompt.replace('Sort the mail.', 'Sort the mail into boxes.');
  const other = prompt.replace('things on their way', 'things on their way.\n- other: the rest');

  it('holds both changes, without a model', () => {
    const merged = textOf(proposalOf('merge', situation([], { mates: { base: prompt, one, other } })));
    expect(merged).toBe(one.replace('things on their way', 'things on their way.\n- other: the rest'));
  });

  it('asks where both changed the same line', () => {
    const third = prompt.replace('Sort the mail.', 'Sort all mail.');
    expect(askedBy(proposalOf('merge', situation([], { mates: { base: prompt, one, other: third } })))).toContain('Sort all mail.');
  });

  it('has nothing to say without two versions, or where one holds the other', () => {
    expect(proposalOf('merge', situation([]))).toBeUndefined();
    expect(proposalOf('merge', situation([], { mates: { base: prompt, one, other: prompt } }))).toBeUndefined();
  });
});

describe('the label definitions', () => {
  it('extend the lines that define the labels by words that tell their rows apart', () => {
    const text = textOf(proposalOf('label-definitions', situation(seenRows(() => true))));
    expect(text).toContain('- bills: money of any kind, amount, charged, invoice, wrong.');
    expect(text).toContain('- parcels: things on their way, package, courier\n');
  });

  it('make a list where there is none', () => {
    const parent = 'Sort the mail.\n';
    const proposal = proposalOf(
      'label-definitions',
      situation(
        seenRows(() => true),
        { parent },
      ),
    );
    expect(proposal).toMatchObject({ edits: [{ find: '', replace: expect.stringContaining('- bills: amount, charged, invoice') }] });
  });

  it('leave out words that speak for several labels', () => {
    const rows = Object.entries({ bills: 'the card', parcels: 'the courier', mail: 'hello', notes: 'thanks' }).flatMap(
      ([expected, input]) =>
        [0, 1, 2].map((at) => ({
          example: examples(1, { id: `${expected}${at}`, input, expected })[0]!,
          outcome: { score: 0, reason: `expected ${expected}`, answer: 'x' },
        })),
    );
    const text = textOf(proposalOf('label-definitions', situation(rows, { parent: 'Sort it.\n' })));
    expect(text).toContain('- bills: card\n');
    expect(text).toContain('- parcels: courier');
  });

  it('try more words, then fewer, then stop', () => {
    const attempts = [0, 1, 2, 3].map((attempt) =>
      proposalOf(
        'label-definitions',
        situation(
          seenRows(() => true),
          { attempt },
        ),
      ),
    );
    expect(attempts.map((proposal) => proposal !== undefined)).toEqual([true, true, true, false]);
  });

  it('have nothing to say where answers are no labels', () => {
    const free = seenRows(() => true).map((one) => ({
      ...one,
      example: { ...one.example, expected: `${one.example.input}, said kindly` },
    }));
    expect(proposalOf('label-definitions', situation(free))).toBeUndefined();
  });

  it('choose words as the log odds with a prior do', () => {
    const texts = (...some: string[]) => some.map(wordsOf);
    expect(distinctiveWords(texts('red fox', 'red dog', 'red the', 'fox the'), texts('blue the', 'dog the', 'blue the', 'grey'))).toEqual([
      'red',
      'fox',
    ]);
  });
});

describe('the format line', () => {
  const unreadable = seenRows((at) => at < 3, { unreadable: true });
  const expecting = (...expected: Seen['example']['expected'][]) =>
    unreadable.map((one, at) => ({ ...one, example: { ...one.example, expected: expected[at % expected.length]! } }));

  it.each([
    ['labels', unreadable, 'Reply with exactly one of these and nothing else: bills, parcels.'],
    ['numbers', expecting(1, 2.5), 'Reply with the number alone: digits, no unit and no other text.'],
    ['yes or no', expecting(true, false), 'Reply with true or false and nothing else.'],
    ['objects', expecting({ b: 1, a: 2 }, { a: 1, b: 2, c: 3 }), 'Reply with one JSON object and nothing else. Its keys: "a", "b".'],
  ])('states the form of %s at the end of the instructions', (_title, seen, sentence) => {
    expect(textOf(proposalOf('format-line', situation(seen)))).toContain(`things on their way\n\n${sentence}\n\n{{role "user"}}`);
  });

  it('has nothing to say where answers can be read, or where it has been said', () => {
    expect(proposalOf('format-line', situation(seenRows(() => true)))).toBeUndefined();
    const parent = 'Reply with exactly one of these and nothing else: bills, parcels.';
    expect(proposalOf('format-line', situation(unreadable, { parent }))).toBeUndefined();
    expect(proposalOf('format-line', situation(expecting('a poem'.repeat(20))))).toBeUndefined();
  });
});

describe('the worked example', () => {
  it('shows the failure that most others resemble, then the next', () => {
    const text = (attempt: number) =>
      textOf(
        proposalOf(
          'worked-example',
          situation(
            seenRows(() => true),
            { attempt },
          ),
        ),
      );
    expect(text(0)).toContain('Message: charged the wrong amount again\nAnswer: bills');
    expect(text(1)).not.toBe(text(0));
  });

  it('does not show what could be taken for a placeholder, or is shown already', () => {
    const hostile = seenRows(() => true).map((one) => ({ ...one, example: { ...one.example, input: '{{secret}}' } }));
    expect(proposalOf('worked-example', situation(hostile))).toBeUndefined();
    const parent = inputs.map(([input]) => input).join('\n');
    expect(
      proposalOf(
        'worked-example',
        situation(
          seenRows(() => true),
          { parent },
        ),
      ),
    ).toBeUndefined();
  });
});

describe('the selection of examples', () => {
  it('shows the most typical row of every label', () => {
    const text = textOf(proposalOf('example-selection', situation(seenRows(() => false))));
    expect(text).toContain('Some examples:\n\nMessage: charged the wrong amount again\nAnswer: bills\n\nMessage: where is');
    expect(text.match(/Answer: /g)).toHaveLength(2);
  });

  it('shows more of them at the next attempt', () => {
    expect(
      textOf(
        proposalOf(
          'example-selection',
          situation(
            seenRows(() => false),
            { attempt: 1 },
          ),
        ),
      ).match(/Answer: /g),
    ).toHaveLength(4);
  });
});

it('no operator that quotes rows runs unless it is asked for', () => {
  expect(defaultOperators).not.toContain('worked-example');
  expect(defaultOperators).not.toContain('example-selection');
  expect(defaultOperators).toContain('reflect');
});

describe('the first drafts of a prompt that does not exist', () => {
  const signature = {
    task: 'Sort a message into a box.',
    inputs: [{ name: 'message', description: 'what a customer wrote' }],
    outputs: [{ name: 'box', type: ['bills', 'parcels'] }],
  };
  const [plainest, ...drafts] = draftsFor(signature);
  const draft = (attempt: number, parent = plainest.text) => proposalOf('first-draft', situation([], { parent, signature, attempt }));

  it('begin with the task alone, and spell out more and more', () => {
    expect(plainest.text).toBe('{{role "system"}}\nSort a message into a box.\n\n{{role "user"}}\n{{message}}\n');
    expect(drafts.map(({ text }) => text.length)).toEqual(drafts.map(({ text }) => text.length).sort((one, other) => one - other));
    expect(drafts[1]!.text).toContain('- message: what a customer wrote');
    expect(drafts[0]!.text).toContain('Reply with exactly one of these and nothing else: bills, parcels.');
  });

  it('are offered one after the other, then what the proposer makes of the plainest', () => {
    expect(drafts.map((_, attempt) => draft(attempt))).toEqual(drafts.map((one) => ({ kind: 'text', ...one })));
    expect(askedBy(draft(drafts.length))).toContain('"task": "Sort a message into a box."');
    expect(draft(drafts.length + 1)).toBeUndefined();
  });

  it('keep the placeholders of the plainest, and can be read', () => {
    const ground = {
      path: 'p.md',
      incumbent: plainest.text,
      countTokens: () => 1,
      isCopied: () => false,
      protect: [],
      known: new Set<string>(),
    };
    for (const { text } of drafts) expect(refusalOf({ text, quotesRows: false }, ground)).toBeUndefined();
  });

  it('ask for one JSON object where there are several outputs', () => {
    const outputs = [
      { name: 'box', type: ['bills', 'parcels'] },
      { name: 'urgent', type: 'boolean' as const, description: 'by noon' },
    ];
    const inputs = [{ name: 'subject' }, { name: 'message_text' }];
    const texts = draftsFor({ ...signature, inputs, outputs }).map(({ text }) => text);
    expect(texts[0]).toContain('subject: {{subject}}\nmessage text: {{message_text}}');
    expect(texts[1]).toContain('Its keys:\n- "box" (one of bills, parcels)\n- "urgent" (boolean): by noon');
  });

  it('have nothing to say for a prompt that is there', () => {
    expect(proposalOf('first-draft', situation(seenRows(() => true)))).toBeUndefined();
    expect(draft(0, 'Another prompt.')).toBeUndefined();
  });
});
