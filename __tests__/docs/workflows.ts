import { readdir, readFile } from 'node:fs/promises';
import { pages, snippetsOf } from './snippets.ts';

/** Every workflow the project runs or shows, by its place. */
export async function workflows(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of ['.github/workflows', 'examples/workflows']) {
    for (const name of await readdir(folder)) found.set(`${folder}/${name}`, await readFile(`${folder}/${name}`, 'utf8'));
  }
  for (const page of await pages()) {
    const snippets = await snippetsOf(page);
    for (const { place, text } of snippets.filter(({ text }) => /^jobs:$/m.test(text))) found.set(place, text);
  }
  return found;
}
