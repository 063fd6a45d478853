import fc from 'fast-check';
import { helpText, parseCommand } from '../../../src/action/commands/grammar.ts';

describe('A command in a comment', () => {
  it.each([
    ['/ratchet', { verb: 'help' }],
    ['/ratchet help', { verb: 'help' }],
    ['/ratchet   rerun  \r\nplease', { verb: 'rerun' }],
    ['/ratchet apply\n', { verb: 'apply' }],
    ['/ratchet optimize', { verb: 'optimize' }],
    ['/ratchet optimize 400', { verb: 'optimize', calls: 400 }],
    ['/ratchet accept "the new tone is wanted"', { verb: 'accept', reason: 'the new tone is wanted' }],
    ['/ratchet accept “typed on a phone”', { verb: 'accept', reason: 'typed on a phone' }],
  ])('is read: %j', (body, command) => {
    expect(parseCommand(body)).toEqual({ kind: 'command', command });
  });

  it.each([
    'hello',
    '',
    ' /ratchet rerun',
    '    /ratchet rerun',
    '\n/ratchet rerun',
    '> /ratchet rerun',
    '`/ratchet rerun`',
    '```\n/ratchet rerun\n```',
    'please\n/ratchet rerun',
    '<!-- -->/ratchet rerun',
    '/ratchets rerun',
    '/ratchet\u00a0rerun',
    '\ufeff/ratchet rerun',
    '/Ratchet rerun',
  ])('is none where it is quoted, indented, later, or something else: %j', (body) => {
    expect(parseCommand(body)).toEqual({ kind: 'none' });
  });

  it.each([
    '/ratchet merge',
    '/ratchet constructor',
    '/ratchet rerun now',
    '/ratchet optimize lots',
    '/ratchet optimize 0',
    '/ratchet optimize -5',
    '/ratchet accept',
    '/ratchet accept because',
    '/ratchet accept ""',
    '/ratchet accept "a"',
    '/ratchet accept "one" "two"',
    '/ratchet accept "turned \u202e round"',
    `/ratchet accept "${'x'.repeat(201)}"`,
    `/ratchet ${'rerun '.repeat(100_000)}`,
  ])('is answered with a sentence where it cannot be understood: %.60j', (body) => {
    expect(parseCommand(body)).toEqual({ kind: 'malformed', sentence: expect.stringMatching(/\.$/) });
  });

  it('is only the first of 100,000', () => {
    expect(parseCommand('/ratchet help\n'.repeat(100_000))).toEqual({ kind: 'command', command: { verb: 'help' } });
  });

  it('is found in any text without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        ['none', 'malformed', 'command'].includes(parseCommand(`/ratchet ${text}`).kind),
      ),
    );
  });

  it('is listed by help, each of them', () => {
    for (const verb of ['rerun', 'accept', 'optimize', 'apply', 'help']) expect(helpText).toContain(`/ratchet ${verb}`);
  });
});
