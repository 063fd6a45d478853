import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasPeer, root } from './contestants.ts';

const folder = join(root, 'bench', 'peers');

/** Installs what we are measured beside, in a folder of its own, unless it is there: about 90 s and 1.4 GB. Whether it is there now. */
export function installPeer(): boolean {
  if (hasPeer()) return true;
  console.log('installing promptfoo in bench/peers (about 90 s, 1.4 GB)…');
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    console.log('promptfoo could not be installed: its part is left out.');
  }
  return hasPeer();
}

export function versions(): Readonly<Record<string, string>> {
  const { version, dependencies = {} } = packageOf(root);
  const known = { 'prompt-ratchet': version, openai: dependencies['openai'] ?? '', undici: dependencies['undici'] ?? '' };
  return hasPeer() ? { ...known, promptfoo: packageOf(join(folder, 'node_modules', 'promptfoo')).version } : known;
}

const packageOf = (path: string) =>
  JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version: string; dependencies?: Record<string, string> };
