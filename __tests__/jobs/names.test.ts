import { placeIn } from '../../src/jobs/names.ts';

describe('placeIn', () => {
  it.each([
    ['working tree', 'in the working tree'],
    ['this folder', 'in this folder'],
    ['../old', 'in ../old'],
    ['0123456789abcdef0123456789abcdef01234567', 'at 0123456'],
  ])('of %s reads "%s"', (revision, phrase) => {
    expect(placeIn({ revision })).toBe(phrase);
  });
});
