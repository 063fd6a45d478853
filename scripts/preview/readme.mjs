// Makes docs/images/comment.png: what the built tool prints where an example's prompt is put back to its weaker version. Needs what
// `npm ci --prefix scripts/preview` installs, and a Chromium on PATH.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { page } from './github.mjs';
import { findBrowser, shoot } from './shoot.mjs';

const root = new URL('../../', import.meta.url).pathname;
const example = (side) => join(root, 'examples/ticket-triage', side);
const folder = mkdtempSync(join(tmpdir(), 'prompt-ratchet-readme-'));
const date = '2026-01-01T00:00:00Z';
const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
const git = (...args) => execFileSync('git', ['-c', 'user.name=mona', '-c', 'user.email=mona@example.com', ...args], { cwd: folder, env });

cpSync(example('head'), folder, { recursive: true });
git('init', '--quiet', '--initial-branch=main');
git('add', '--all');
git('commit', '--quiet', '--message=Add the bot');
git('checkout', '--quiet', '-b', 'edit');
cpSync(join(example('base'), 'prompts/triage.md'), join(folder, 'prompts/triage.md'));
git('commit', '--quiet', '--all', '--message=Shorten the prompt');
const out = join(folder, 'out');
const flags = ['check', '--base=main', '--head=edit', '--settings-from=base', '--no-cache', `--out=${out}`];
const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...flags], { cwd: folder, encoding: 'utf8' });
if (status !== 1) throw new Error(`The check ended with ${status}, and not in a block: ${stderr}`);

const html = await page(readFileSync(join(out, 'report.md'), 'utf8'), false);
const fileOf = () => join(root, 'docs/images/comment.png');
await shoot([{ name: 'comment', html }], { browser: findBrowser(), scheme: 'light', fileOf });
rmSync(folder, { recursive: true });
