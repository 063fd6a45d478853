import { replyTo } from './asking.ts';

const note = 'Load 77-B of 3 May 2026, 14 crates, seal 40551. Gross 2.4 t, net 2,150.5 kg, tare 249.5 kg. Gate closes 16:30.';
const only = 'Reply with the number only.';

describe('reading a number', () => {
  it.each([
    ['Which number is the net weight?', '2150.5'],
    ['Which number is the gross weight?', '2.4'],
    ['How many crates are there?', '14'],
    ['Which number does the seal have?', '40551'],
    ['Which number is the load in kilograms, not net and not tare?', '2400'],
  ])('takes the one that stands beside the words asked for: %s', async (question, answer) => {
    expect(await replyTo(`${question} ${only}`, note)).toBe(answer);
  });

  it('does better the more the prompt says: what it is called, in which unit', async () => {
    const text = 'Pallets 3, n.w. 1.2 t, brutto 1.3 t';
    expect(await replyTo(`Which number is the load? ${only}`, text)).toBe('3');
    expect(await replyTo(`Which number is the load in kilograms? ${only}`, text)).toBe('1200');
    expect(await replyTo(`Which number is the load in kilograms? It stands beside "brutto". ${only}`, text)).toBe('1300');
  });

  it.each([
    ['1,240 kg', '1240'],
    ['1 240.5 kg', '1240.5'],
    ['1.240,50 kg', '1240.5'],
    ['1,240,500 kg', '1240500'],
    ["1'240 kg", '1240'],
    ['1.240 kg', '1.24'],
    ['−3,5 kg', '-3.5'],
  ])('reads %s', async (text, answer) => {
    expect(await replyTo(`Which number is it in kg? ${only}`, `It is ${text}.`)).toBe(answer);
  });

  it('takes a comma for the decimal mark where the prompt says so', async () => {
    expect(await replyTo(`Which number is it? A decimal comma is used. ${only}`, 'It is 1,240')).toBe('1.24');
    expect(await replyTo(`Which number is it? A decimal comma is used. ${only}`, 'It is 1.240')).toBe('1240');
  });

  it.each([
    ['Reply with the number only, with its unit.', '2150.5 kilograms'],
    ['Reply in JSON with the key "weight".', '{"weight":2150.5}'],
    ["End with 'The answer is X'.", 'The answer is 2150.5'],
  ])('answers in the form asked for: %s', async (rule, answer) => {
    expect(await replyTo(`Which number is the net weight in kilograms? ${rule}`, note)).toBe(answer);
  });

  it('says none where there is no number of that kind, and names no figure where it is not told how to answer', async () => {
    expect(await replyTo(`Which number is the length in metres? ${only}`, 'It weighs 5 kg.')).toBe('none');
    expect(await replyTo('How much is it?', '5 kg or 6 kg')).not.toMatch(/\d/);
  });

  it('calculates nothing', async () => {
    expect(await replyTo(`Which number is the net weight in kilograms? ${only}`, 'Gross 500 kg, tare 20 kg.')).toBe('500');
  });

  it.each(['1,111', '1 ', '5 kg ', '1.', 'not ', 'in kg ', '3 May 2026'])('comes back from very many %j', async (part) => {
    const text = part.repeat(40_000 / part.length);
    expect(typeof (await replyTo(`Which number is it? ${only}`, text))).toBe('string');
    expect(typeof (await replyTo(`Which number is it? ${only} ${text}`, '5'))).toBe('string');
  });
});
