import { replyTo } from './asking.ts';

const parsed = async (instructions: string, text: string): Promise<unknown> => JSON.parse(await replyTo(instructions, text));

const form = 'Reply with JSON in this form: {"name": "…", "day": "…", "total": 0.00}';

describe('copying fields', () => {
  it.each<[string, string, string]>([
    ['in lines', 'Name: Ann Lee\nDay: Monday\nTotal: 12.50 EUR', '12.5'],
    ['in a sentence of parts', 'Name: Ann Lee. Day: Monday; Total: 12.50 EUR', '12.5'],
    ['in a table', '| Name | Ann Lee |\n|---|---|\n| Day | Monday |\n| Total | 12.50 |', '12.5'],
    ['in Markdown', '- **Name:** Ann Lee\n- **Day:** Monday\n- **Total:** 12.50', '12.5'],
    ['with longer labels', 'Name of guest: Ann Lee\nDay of arrival: Monday\nTotal with tax: 12.50', '12.5'],
    ['on the line below its label', 'Name:\nAnn Lee\nDay:\nMonday\nTotal:\n12.50', '12.5'],
  ])('takes what carries a label of that name %s', async (_, text, total) => {
    expect(await parsed(form, text)).toEqual({ name: 'Ann Lee', day: 'Monday', total: Number(total) });
  });

  it('finds what is not called by the field’s name once the prompt says what it is called', async () => {
    const text = 'Guest: Ann Lee\nArrival: Monday\nTo pay: 12.50';
    expect(await parsed(form, text)).toEqual({ name: 'not stated', day: 'not stated', total: 'not stated' });
    const told = `${form}\n\n- name: stands after "Guest"\n- day: stands after "Arrival"\n- total: stands after “To pay”`;
    expect(await parsed(told, text)).toEqual({ name: 'Ann Lee', day: 'Monday', total: 12.5 });
  });

  it('prefers the name that the prompt quotes first', async () => {
    const told = 'JSON: {"a": "…", "b": 0}\n- b: stands after "Amount due" or "Sum"';
    expect(await parsed(told, 'A: x\nSum: 5\nAmount due: 4')).toEqual({ a: 'x', b: 4 });
  });

  it.each([
    ['is 1,240.50 EUR', 1240.5],
    ['comes to 99', 99],
    [': 1.240,50', 1240.5],
  ])('finds a number beside its name in prose: total %s', async (words, total) => {
    expect(await parsed(form, `Dear Ann, the total ${words}. Yours`)).toMatchObject({ total });
  });

  it.each([
    ['3 March 2026', '2026-03-03'],
    ['March 3rd, 2026', '2026-03-03'],
    ['03.03.2026', '2026-03-03'],
    ['12/03/2026', '2026-03-12'],
    ['2026-03-12', '2026-03-12'],
  ])('writes the day %s in the order that the prompt shows, and else as it stands', async (day, iso) => {
    expect(await parsed('JSON: {"name": "…", "day": "YYYY-MM-DD"}', `Name: Ann\nDay: ${day}`)).toEqual({ name: 'Ann', day: iso });
    expect(await parsed('JSON: {"name": "…", "day": "…"}', `Name: Ann\nDay: ${day}`)).toEqual({ name: 'Ann', day });
  });

  it.each([
    ['Use null for what is missing.', { name: 'Ann', day: null, total: null }],
    ['If it is missing, leave it out.', { name: 'Ann' }],
    ['', { name: 'Ann', day: 'not stated', total: 'not stated' }],
  ])('makes nothing up: %j', async (rule, expected) => {
    expect(await parsed(`${form}\n\n${rule}`, 'Name: Ann')).toEqual(expected);
  });

  it('is given its fields by a schema, or by a listing', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' }, total: { type: 'number' } } };
    const text = 'Name: Ann\nTotal: 1,200';
    expect(JSON.parse(await replyTo('Extract.', text, { format: 'json', schema }))).toEqual({ name: 'Ann', total: 1200 });
    expect(await parsed('Extract JSON with the fields name and total.', text)).toEqual({ name: 'Ann', total: '1,200' });
  });

  it('takes the only address of a text, and the only day where one day is asked for', async () => {
    const told = 'JSON: {"mail": "…", "day": "YYYY-MM-DD"}\n- mail: their email address';
    expect(await parsed(told, 'It broke on 4 May 2026, write to ann@example.com.')).toEqual({ mail: 'ann@example.com', day: '2026-05-04' });
  });

  it('fills in a template, without the lines that stay empty if told so', async () => {
    const template = 'Write a note of this form:\n\n## Name\n<name>\n## Day\n<day>';
    expect(await replyTo(template, 'Name: Ann')).toBe('## Name\nAnn\n## Day\nnot stated');
    expect(await replyTo(`${template}\n\nWhat is missing: leave the line out.`, 'Name: Ann')).toBe('## Name\nAnn\n## Day');
  });

  it('leaves labels to who can choose one, whatever the form of the answer', async () => {
    const told = 'Labels: spam, ham. Reply with {"label": "…", "why": "…"}';
    expect(JSON.parse(await replyTo(told, 'This is spam'))).toEqual({ label: 'spam' });
  });

  it.each(['Name:', '|a|b|\n', '. a', '  ', 'name ', '1.', '1,111', '"', 'A-1 ', 'a@b.', '3 May 2026 ', '{"a":1,', '<a>'])(
    'comes back from very many %j',
    async (part) => {
      const text = part.repeat(40_000 / part.length);
      expect(typeof (await replyTo(form, text))).toBe('string');
      expect(typeof (await replyTo(`${form}\n${text}`, 'Name: Ann'))).toBe('string');
    },
  );
});
