import fc from 'fast-check';
import { groupBy } from '../../src/search/group.ts';
import { splitRows } from '../../src/search/split.ts';
import { examples } from './examples.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 120 });
const tags = fc.constantFrom<readonly string[]>([], ['email'], ['chat'], ['chat', 'terse']);
const rows = ids.chain((names) =>
  fc
    .array(tags, { minLength: names.length, maxLength: names.length })
    .map((given) => names.map((id, at) => examples(1, { id, input: id, tags: given[at]! })[0]!)),
);

describe('the split into search rows and confirm rows', () => {
  it('deals every row out once, 40 % of them to the search, in the eval set’s order', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { search, confirm } = splitRows(some);
        const order = some.map(({ id }) => id);
        expect([...search, ...confirm].sort()).toEqual(order.toSorted());
        expect(search).toEqual(order.filter((id) => search.includes(id)));
        expect(Math.abs(search.length - 0.4 * some.length)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  it('gives every combination of tags that is not tiny its share', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const search = new Set(splitRows(some).search);
        for (const tag of ['', 'email', 'chat', 'chat,terse']) {
          const members = some.filter((row) => [...row.tags].sort().join() === tag);
          const chosen = members.filter(({ id }) => search.has(id)).length;
          if (members.length >= 5) expect(Math.abs(chosen - 0.4 * members.length)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is the same whatever the order of the rows, the answers and the expected labels', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (some, keys) => {
        const order = new Map(some.map((row) => [row, keys.next().value]));
        const mixed = some.toSorted((one, other) => order.get(one)! - order.get(other)!).map((row) => ({ ...row, expected: 'other' }));
        expect(new Set(splitRows(mixed).search)).toEqual(new Set(splitRows(some).search));
      }),
    );
  });

  it('moves few rows when a row is added', () => {
    const some = examples(200);
    const before = new Set(splitRows(some).search);
    for (const id of ['new', 'newer', 'newest']) {
      const after = new Set(splitRows([...some, examples(1, { id, input: id })[0]!]).search);
      expect(some.filter((row) => before.has(row.id) !== after.has(row.id)).length).toBeLessThanOrEqual(1);
    }
  });

  it('parts no cluster and no two rows that ask the same', () => {
    const some = examples(60).map((row, at) => ({ ...row, ...(at < 30 ? { cluster: `c${at % 7}` } : { input: `same ${at % 9}` }) }));
    const search = new Set(splitRows(some).search);
    const kinds = groupBy(some, ({ cluster, input }) => cluster ?? input);
    for (const members of kinds.values()) expect(new Set(members.map(({ id }) => search.has(id))).size).toBe(1);
    expect(Math.abs(search.size - 24)).toBeLessThanOrEqual(3);
  });

  it('is the one it always was', () => {
    expect(splitRows(examples(20)).search).toMatchInlineSnapshot(`
[
  "r5",
  "r6",
  "r7",
  "r12",
  "r14",
  "r15",
  "r16",
  "r19",
]
`);
  });
});
