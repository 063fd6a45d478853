import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../golden/', import.meta.url);

/** Gives stored texts of a folder of `golden/`, after writing them anew where `UPDATE_GOLDEN=1` asks for that. */
export function storedIn(folder = ''): (name: string, text: string) => string {
  return (name, text) => {
    const file = new URL(folder + name, root);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(new URL('.', file), { recursive: true });
      writeFileSync(file, text);
    }
    return existsSync(file) ? readFileSync(file, 'utf8') : `no file ${folder}${name}: run with UPDATE_GOLDEN=1`;
  };
}
