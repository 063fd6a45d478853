import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScratch } from '../../src/edges/scratch.ts';
import { randomStream } from '../../src/stats/random.ts';

const recordOf = (number: number, bytes: number): Buffer => Buffer.alloc(bytes, number % 251);

describe('scratch room on disk', () => {
  it('leaves little behind for each record that is picked out of many', async () => {
    const scratch = openScratch();
    const offsets = Array.from({ length: 20_000 }, (_, number) => scratch.append(recordOf(number, 1_000))!);
    const before = process.memoryUsage().arrayBuffers;
    const picked = Array.from({ length: 500 }, (_, nth) => scratch.read(offsets[(nth * 7_919) % 19_000]!));
    expect(picked).toHaveLength(500);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('gives back every record, in any order, however large, written or not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scratch-'));
    const stream = randomStream('scratch', 'sizes');
    const scratch = openScratch(folder);
    const sizes = Array.from({ length: 3_000 }, (_, number) => (number === 1_500 ? 3_000_000 : stream.below(3_000)));
    const offsets = sizes.map((bytes, number) => scratch.append(recordOf(number, bytes))!);
    const anywhere = Array.from({ length: 3_000 }, () => stream.below(3_000));
    for (const number of [...offsets.keys(), 2_999, 0, 1_500, 1_499, ...anywhere]) {
      expect(Buffer.compare(scratch.read(offsets[number]!), recordOf(number, sizes[number]!))).toBe(0);
    }
    await rm(folder, { recursive: true });
  });

  it('leaves no file behind, and makes none where nothing is kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scratch-'));
    openScratch(folder);
    const used = openScratch(folder);
    for (let number = 0; number < 3; number++) used.append(recordOf(number, 1_000_000));
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('refuses what finds no room, and gives back what it took before', () => {
    const scratch = openScratch('/nowhere/at/all');
    const taken = scratch.append(recordOf(7, 1_000));
    const refused = Array.from({ length: 3 }, () => scratch.append(recordOf(8, 1_000_000)));
    expect(refused.at(-1)).toBeUndefined();
    expect(Buffer.compare(scratch.read(taken!), recordOf(7, 1_000))).toBe(0);
  });
});
