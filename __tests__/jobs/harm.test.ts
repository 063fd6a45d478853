import { lazily, type Sequence, sliced } from '../../src/domain/sequence.ts';
import type { SubjectTrial } from '../../src/evaluate/plan.ts';
import { isHarmful, isStopLook } from '../../src/gate/design.ts';
import { pairTrials } from '../../src/gate/pairs.ts';
import { harmedBy } from '../../src/jobs/harm.ts';
import { randomStream } from '../../src/stats/random.ts';

const outcome = { kind: 'answer', text: '', finish: 'stop', latencyMs: 0 } as const;
const rules = { alpha: 0.05, margin: 0.05 };
const design = { stopAlpha: 0.01, looks: [{ repeats: 1, alpha: 0.04 }] };

const examplesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `e${i}`, vars: {}, messages: [], tags: [], source: { file: 'a.jsonl', line: i + 1 } }));

/** Both sides' trials of so many examples, in an order of their own; undefined: no score. */
function trialsOf(count: number, score: (arm: 'base' | 'head', example: number) => number | undefined): SubjectTrial[] {
  return Array.from({ length: count }, (_, nth) => (nth * 7) % count).flatMap((example) =>
    (['base', 'head'] as const).map((arm): SubjectTrial => {
      const value = score(arm, example);
      const place = { subject: 's', arm, example, exampleId: `e${example}`, repeat: 0, outcome };
      return value === undefined ? place : { ...place, score: { value, pass: value === 1, reason: '' } };
    }),
  );
}

const watching = (count: number) =>
  harmedBy([{ subject: { name: 's' }, evalSet: { examples: examplesOf(count) }, rules, design, models: { base: 'm', head: 'm' } }])!;

const first = (trials: Sequence<SubjectTrial>, count: number) => sliced(trials, 0, 2 * count);

/** After how many examples a run is ended; undefined: never. */
function endOf(count: number, trials: readonly SubjectTrial[]): number | undefined {
  const harmed = watching(count);
  for (let so = 1; so <= count; so++) if (harmed('s', so, count, first(trials, so))) return so;
  return undefined;
}

/** The same, each look going through all examples so far. */
function slowEndOf(count: number, trials: readonly SubjectTrial[]): number | undefined {
  for (let so = 1; so < count; so++) {
    if (!isStopLook(so, count)) continue;
    const asked = new Set([...first(trials, so)].map(({ example }) => example));
    const { pairs, missing } = pairTrials(examplesOf(count), first(trials, so), (example) => asked.has(example));
    if (missing.length <= 0.02 * so && isHarmful(pairs, { ...rules, alpha: 0.04 }, 0.01)) return so;
  }
  return undefined;
}

describe('the looks for early harm', () => {
  it.each([
    ['no drop', 0, 0],
    ['a small drop', 0.1, 0],
    ['a large drop', 0.4, 0],
    ['a large drop and few failures', 0.4, 0.01],
    ['a large drop and many failures', 0.4, 0.2],
  ])('end a run where going through all examples would: %s', (_, drop, failing) => {
    for (let seed = 0; seed < 5; seed++) {
      const stream = randomStream(String(seed), 'harm');
      const trials = trialsOf(400, (arm) => {
        if (stream.uniform() < failing) return undefined;
        return stream.uniform() < (arm === 'base' ? 0.9 : 0.9 - drop) ? 1 : 0;
      });
      expect(endOf(400, trials)).toBe(slowEndOf(400, trials));
    }
  });

  it('begin anew where answers were replaced', () => {
    const harmed = watching(200);
    const [fine, bad] = [trialsOf(200, () => 1), trialsOf(200, (arm) => (arm === 'base' ? 1 : 0))];
    for (let so = 1; so <= 100; so++) expect(harmed('s', so, 200, first(fine, so))).toBe(false);
    let end = 1;
    while (!harmed('s', end, 200, first(bad, end))) end += 1;
    expect(end).toBe(endOf(200, bad));
  });

  it('look at each answer once as long as nothing tells of harm', () => {
    const trials = trialsOf(3000, () => 1);
    let looks = 0;
    const counted = lazily(trials.length, (at) => {
      looks += 1;
      return trials[at]!;
    });
    const harmed = watching(3000);
    for (let so = 1; so <= 3000; so++) harmed('s', so, 3000, first(counted, so));
    expect(looks).toBeLessThanOrEqual(2 * trials.length);
  });
});
