import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyCheckout } from '../../../src/edges/functions/checkout.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-checkout-'));
  await writeFile(join(folder, 'mine.mjs'), 'export default () => 1;\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (text: string) => ({ path: 'mine.mjs', hash: createHash('sha256').update(text).digest('hex') });
const asIs = file('export default () => 1;\n');

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', ...args], { cwd: folder, encoding: 'utf8' });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'One');
  return git('rev-parse', 'HEAD').trim();
}

describe('scorer functions run', () => {
  it('from a checkout of the commit, with the files as they are there', async () => {
    await expect(verifyCheckout(folder, [asIs], commit())).resolves.toBeUndefined();
  });

  it('from a folder that itself decides', async () => {
    await expect(verifyCheckout(folder, [asIs])).resolves.toBeUndefined();
  });

  it.each([
    [
      'of another commit',
      () => void commit(),
      /tip, aaaaaaa, and the workspace is one of [0-9a-f]{7}\. Before this step check that branch out/,
    ],
    ['that is none', () => {}, /and the workspace is none \(git says: "fatal: not a git repository/],
  ])('not from a checkout %s', async (_title, prepare, sentence) => {
    prepare();
    await expect(verifyCheckout(folder, [asIs], 'a'.repeat(40))).rejects.toThrow(sentence);
  });

  it('not with a file that was changed, is missing, or is a link', async () => {
    await expect(verifyCheckout(folder, [file('export default () => 0;\n')])).rejects.toThrow(
      /^mine\.mjs: the file is not what the base branch has/,
    );
    await expect(verifyCheckout(folder, [{ ...asIs, path: 'gone.mjs' }])).rejects.toThrow(/^gone\.mjs: the file is not in the checkout/);
    await symlink(join(folder, 'mine.mjs'), join(folder, 'link.mjs'));
    await expect(verifyCheckout(folder, [{ ...asIs, path: 'link.mjs' }])).rejects.toThrow(/^link\.mjs: the file is not in the checkout/);
  });
});
