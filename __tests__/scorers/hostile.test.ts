import fc from 'fast-check';
import type { Example } from '../../src/domain/evalset.ts';
import type { Answer } from '../../src/domain/trial.ts';
import { gather } from '../../src/metrics/gather.ts';
import { metricNamed } from '../../src/metrics/table.ts';
import { metersOf } from '../../src/scorers/score.ts';
import { answer, scorerOf } from './fixtures.ts';
import { asking, hostileRow, hostileSpec, kinds } from './hostile-cases.ts';
import { hostile } from './hostile-texts.ts';

/** What the others make of hostile texts: hostile-consulting.test.ts. */
const alone = kinds.filter((kind) => !asking.includes(kind));

function isSound(
  kind: string,
  score: (answer: Answer, example: Example) => ReturnType<ReturnType<typeof scorerOf>>,
  text: string,
): boolean {
  const { value, pass, reason, observed } = score(answer(text), hostileRow(kind));
  const seen = Object.values(observed ?? {}).flatMap((numbers) => Array.from(numbers));
  return (
    value >= 0 &&
    value <= 1 &&
    typeof pass === 'boolean' &&
    reason !== '' &&
    reason.length < 2000 &&
    seen.every((one) => typeof one === 'number')
  );
}

function expectInRange(name: string, value: number): void {
  const [least, greatest] = metricNamed(name)!.range;
  if (Number.isNaN(value)) return;
  expect([name, value, value >= least && value <= greatest]).toEqual([name, value, true]);
}

describe.each(alone)('%s', (kind) => {
  const specs = [hostileSpec(kind, kind === 'pairwise' ? {} : { confidence: { field: 'sure' } })];

  it.each(hostile)('gives a score for %s', (_, text) => {
    expect(isSound(kind, scorerOf(specs), text)).toBe(true);
  });

  it('gives a score for any text, and metrics in their range', () => {
    const score = scorerOf(specs);
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.json()), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(texts, (all) => {
        expect(all.every((text) => isSound(kind, score, text))).toBe(true);
        const runs = all.map((text, index) => ({ arm: 'head' as const, example: index, score: score(answer(text), hostileRow(kind)) }));
        const { means, pooled, pool } = gather(runs, all.length, metersOf({ scorers: specs }));
        const whole = pool(new Uint32Array(all.length).fill(1)).head ?? [];
        for (const { name, values } of means) for (const value of values.head ?? []) expectInRange(name, value);
        for (const [k, value] of Array.from(whole).entries()) expectInRange(pooled[k]!, value);
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});
