import { applyPatch } from 'diff';
import { patchOf } from '../../src/report/search/diff.ts';

const many = (word: string) => Array.from({ length: 1100 }, (_, line) => `${word} ${line}\n`).join('');

it.each([
  ['an edit', 'a\nb\nc\n', 'a\nB\nc\nd\n'],
  ['a missing line end', 'a\nb', 'a\nb\nc\n'],
  ['a file that is not there yet', '', 'a\nb\n'],
  ['more changes than a shortest edit is sought for', many('old'), many('new')],
])('the patch of %s makes the one text into the other', (_what, before, after) => {
  const patch = patchOf('prompts/x.md', before, after);
  expect(applyPatch(before, patch)).toBe(after);
  expect(patch.split('\n')[0]).toBe(before === '' ? '--- /dev/null' : '--- a/prompts/x.md');
});
