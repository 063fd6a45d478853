import * as fc from 'fast-check';
import { boundGroup, groupTable, type Part } from '../../src/scorers/groups.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

/** A part with a name that a reader is told. */
type Told = Part & { readonly reason: string };

const part = (value: number, pass: boolean, weight = 1): Told => ({ value, pass, weight, reason: `${value}` });
const joined = (name: string, parts: readonly Told[], options = {}) => {
  const { value, pass, deciding } = boundGroup(groupTable[name]!, options).join(parts);
  return [value, pass, deciding.map(({ reason }) => reason).join()];
};

describe('a group makes of its members', () => {
  const good = part(1, true);
  const fair = part(0.6, true);
  const poor = part(0.2, false);
  const bad = part(0, false);

  it.each([
    ['mean', [good, fair], {}, [0.8, true, '1,0.6']],
    ['mean', [good, poor], {}, [0.6, false, '0.2']],
    ['mean', [good, part(0.2, false, 3)], {}, [0.4, false, '0.2']],
    ['mean', [good, poor], { passMark: 0.6 }, [0.6, true, '0.2']],
    ['mean', [part(0.1, false), part(0.2, false)], { passMark: 0.15 }, [0.15000000000000002, true, '0.1,0.2']],
    ['mean', [good, fair], { passMark: 0.9 }, [0.8, false, '1,0.6']],
    ['all', [good, fair], {}, [0.8, true, '1,0.6']],
    ['all', [good, poor, bad], {}, [0, false, '0.2,0']],
    ['any', [poor, fair], {}, [0.6, true, '0.6']],
    ['any', [poor, bad], {}, [0.2, false, '0.2,0']],
    ['any', [part(0.9, false), fair], {}, [0.9, true, '0.6']],
    ['min', [good, fair], {}, [0.6, true, '0.6']],
    ['min', [good, poor], {}, [0.2, false, '0.2']],
    ['min', [good, poor], { passMark: 0.2 }, [0.2, true, '0.2']],
    ['min', [good, fair], { passMark: 0.7 }, [0.6, false, '0.6']],
  ])('%s: %j %j', (name, parts, options, expected) => {
    expect(joined(name, parts, options)).toEqual(expected);
  });

  const value = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const drawn = fc.record({ value, pass: fc.boolean(), weight: fc.integer({ min: 1, max: 9 }), reason: fc.constant('') });
  const parts = fc.array(drawn, { minLength: 1, maxLength: 6 });

  it.each(Object.keys(groupTable))('%s: a score in [0, 1] that no better member lowers, and 1 where all are perfect', (name) => {
    const { join } = boundGroup(groupTable[name]!, {});
    fc.assert(
      fc.property(parts, fc.nat(), value, (before, at, raised) => {
        const after = before.map((each, i) =>
          i === at % before.length ? { ...each, pass: true, value: Math.max(each.value, raised) } : each,
        );
        const [was, is] = [join(before), join(after)];
        expect(was.value).toBeGreaterThanOrEqual(0);
        expect(was.value).toBeLessThanOrEqual(1 + 1e-12);
        expect(is.value).toBeGreaterThanOrEqual(was.value - 1e-12);
        expect(Number(is.pass)).toBeGreaterThanOrEqual(Number(was.pass));
        expect(join(before.map((each) => ({ ...each, value: 1, pass: true })))).toMatchObject({ value: 1, pass: true });
      }),
    );
  });

  it.each([
    ['all', {}],
    ['any', {}],
    ['min', {}],
    ['min', { passMark: 0.5 }],
  ])('%s %j: once settled, nothing that follows changes value or pass', (name, options) => {
    const { isSettled, join } = boundGroup(groupTable[name]!, options);
    let settled = 0;
    fc.assert(
      fc.property(parts, parts, (so, further) => {
        if (!isSettled(so)) return;
        settled += 1;
        const [was, is] = [join(so), join([...so, ...further])];
        expect([is.value, is.pass]).toEqual([was.value, was.pass]);
      }),
    );
    expect(settled).toBeGreaterThan(0);
  });
});

describe('groups inside each other', () => {
  const has = (word: string) => spec('contains', { values: [word] });
  const group = (kind: string, members: readonly ReturnType<typeof has>[], options = {}, weight = 1) => ({
    kind,
    options,
    weight,
    members,
  });
  const score = scorerOf([group('any', [has('red'), group('all', [has('dark'), has('blue')])]), has('car')]);

  it('count as one member each', () => {
    expect(score(answer('a red car'), example())).toMatchObject({ value: 1, pass: true });
    expect(score(answer('a dark blue car'), example())).toMatchObject({ value: 1, pass: true });
    expect(score(answer('a blue car'), example())).toMatchObject({ value: 0.5, pass: false });
  });

  it('say in brackets what decided inside them', () => {
    expect(score(answer('a blue car'), example()).reason).toBe(
      'any (contains: does not contain "red": "a blue car"; all (contains: does not contain "dark": "a blue car"))',
    );
    expect(score(answer('a red one'), example()).reason).toBe('contains: does not contain "car": "a red one"');
    const marked = scorerOf([group('mean', [has('red'), has('car')], { passMark: 0.6 })]);
    expect(marked(answer('a car'), example())).toEqual({
      value: 0.5,
      pass: false,
      reason: '0.5 is below the pass mark 0.6 (contains: does not contain "red": "a car")',
    });
  });

  it('hand on which label a member saw', () => {
    const labelled = scorerOf([group('all', [has('!'), spec('label', { labels: ['red', 'blue'] })])]);
    expect(labelled(answer('red!'), example('red')).observed).toEqual({ 'label ["red","blue"]': [0, 0] });
    expect(labelled(answer('blue!'), example('red')).observed).toEqual({ 'label ["red","blue"]': [0, 1] });
  });
});
