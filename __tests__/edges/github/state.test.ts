import fc from 'fast-check';
import { bearsMarker, marker } from '../../../src/edges/github/marker.ts';
import { readState, stateMark, withState } from '../../../src/edges/github/state.ts';

const spent = { calls: 120, inputTokens: 48_210, outputTokens: 9_125, costUsd: 1e-7, minutes: 0.75 };
const comment = (mark: string): string => `${marker('prompt-ratchet.yml')}${mark}\n❌ **regressed** <!-- prompt-ratchet-state:1 {} -->\n`;

describe('what a comment keeps for later runs', () => {
  it('is read as it was written, and leaves the marker as it is', () => {
    const body = comment(stateMark({ spent }));
    expect(readState(body)).toEqual({ spent });
    expect(bearsMarker(body, 'prompt-ratchet.yml')).toBe(true);
  });

  it('is out of sight, whatever is in it', () => {
    const hostile = { spent, note: '--> <script>alert(1)</script> <!--' };
    const mark = stateMark(hostile);
    expect(mark.match(/-->/g)).toHaveLength(1);
    expect(readState(comment(mark))).toEqual({ spent });
  });

  it('is replaced without a change to the rest', () => {
    const body = comment(stateMark({ spent }));
    expect(withState(body, {})).toBe(comment('<!-- prompt-ratchet-state:1 {} -->'));
    expect(withState(comment(''), { spent })).toBe(body);
    expect(withState(body.replaceAll('\n', '\r\n'), { spent })).toBe(body.replaceAll('\n', '\r\n'));
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '<!-- prompt-ratchet-state:1 {spent} -->'],
    ['another version', stateMark({ spent }).replace('state:1', 'state:2')],
    ['no object', '<!-- prompt-ratchet-state:1 [1] -->'],
    ['a negative sum', stateMark({ spent: { ...spent, costUsd: -1 } })],
    ['a sum that is no number', stateMark({ spent }).replace('120', '"120"')],
    ['half a call', stateMark({ spent }).replace('120', '0.5')],
    ['a sum beyond all numbers', stateMark({ spent }).replace('0.75', '1e999')],
    ['a missing sum', stateMark({ spent }).replace('"calls":120,', '')],
    ['a flood', `<!-- prompt-ratchet-state:1 {"spent":"${'x'.repeat(10_000)}"} -->`],
  ])('is unknown where there is %s', (_, mark) => {
    expect(readState(comment(mark)).spent).toBeUndefined();
  });

  it('is not read from anywhere but the first line', () => {
    expect(readState(`hello\n${stateMark({ spent })}\n`)).toEqual({});
    expect(readState(`${stateMark({ spent })} hello\n`)).toEqual({});
  });

  it('never throws for what a body holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (text, json) => {
        readState(text);
        readState(`${marker('k')}<!-- prompt-ratchet-state:1 ${json} -->\n${text}`);
      }),
    );
  });
});
