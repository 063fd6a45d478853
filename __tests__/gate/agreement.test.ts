import { agreementOf, distrustOf, type Rated } from '../../src/gate/agreement.ts';

/** An answer that people and judge graded on a scale to 1, passing from 0.6 on. */
const rated = (people: number, judge: number, more: Partial<Rated> = {}): Rated => ({
  people,
  judge,
  peoplePass: people >= 0.6,
  judgePass: judge >= 0.6,
  levels: [],
  ...more,
});

const times = (n: number, make: (index: number) => Rated): Rated[] => Array.from({ length: n }, (_, index) => make(index));

const rule = { leastLabels: 50, leastAgreement: 0.4 };

describe('agreement of judge and people', () => {
  // κ of [[20,5],[10,15]] = .4, 90 % by the same standard error .1269961: statsmodels 0.15.0, cohens_kappa.
  it('gives kappa of pass and fail beside raw agreement and the share of each label', () => {
    const counts = [
      [20, 1, 1],
      [5, 1, 0],
      [10, 0, 1],
      [15, 0, 0],
    ] as const;
    const all = counts.flatMap(([n, people, judge]) => times(n, () => rated(people, judge)));
    const { kappa, raw, passes, labels } = agreementOf(all, 'seed');
    expect(labels).toBe(50);
    expect(kappa?.estimate).toBeCloseTo(0.4, 12);
    expect(kappa?.lower).toBeCloseTo(0.4 - 1.644853627 * 0.1269961, 6);
    expect(raw.estimate).toBeCloseTo(0.7, 12);
    expect(passes).toEqual({ people: 0.5, judge: 0.6 });
  });

  it('is 1 throughout for a judge that grades as people do, and its bias 0', () => {
    const all = times(60, (i) => rated((i % 5) / 4, (i % 5) / 4));
    const { alpha, kappa, rank, raw, bias } = agreementOf(all, 'seed');
    expect([alpha?.estimate, alpha?.lower, kappa?.estimate, rank?.estimate, raw.estimate]).toEqual([1, 1, 1, 1, 1]);
    expect(bias.estimate).toBe(0);
  });

  it('is about 0 for a judge that grades at random', () => {
    const { alpha } = agreementOf(
      times(400, (i) => rated((i % 5) / 4, ((i * 7919) % 13) / 12)),
      'seed',
    );
    expect(Math.abs(alpha!.estimate)).toBeLessThan(0.1);
    expect(alpha!.lower).toBeLessThan(0);
  });

  it('tells a lenient judge by its bias', () => {
    const { bias, alpha } = agreementOf(
      times(60, (i) => rated((i % 4) / 4, (i % 4) / 4 + 0.25)),
      'seed',
    );
    expect(bias).toMatchObject({ estimate: 0.25 });
    expect(alpha!.estimate).toBeLessThan(1);
  });

  // Weighted κ of [[0,4,1],[0,8,0],[0,1,5]] by quadratic weights: .4701 is linear, hence checked in metrics; here the wiring counts.
  it('weighs how far apart levels of a criterion are', () => {
    const levels = (people: number, judge: number) => [{ criterion: 'tone', people, judge, of: 5 }];
    const near = times(50, (i) => rated(0, 0, { levels: levels(1 + (i % 5), Math.min(5, 2 + (i % 5))) }));
    const far = times(50, (i) => rated(0, 0, { levels: levels(1 + (i % 5), 5 - (i % 5)) }));
    const [close, distant] = [agreementOf(near, 'seed').criteria[0]!, agreementOf(far, 'seed').criteria[0]!];
    expect(close).toMatchObject({ criterion: 'tone', labels: 50 });
    expect(close.kappa!.estimate).toBeGreaterThan(0.6);
    expect(distant.kappa!.estimate).toBeLessThan(-0.9);
    expect(close.alpha!.estimate).toBeGreaterThan(0.6);
  });

  it('has a wider interval where answers share origins', () => {
    const answers = (cluster: (i: number) => string) =>
      times(100, (i) => rated((i % 5) / 4, Math.floor(i / 20) === 0 ? 0 : (i % 5) / 4, { cluster: cluster(i) }));
    const width = (all: Rated[]) => {
      const { alpha } = agreementOf(all, 'seed');
      return alpha!.upper - alpha!.lower;
    };
    expect(width(answers((i) => `${Math.floor(i / 20)}`))).toBeGreaterThan(1.5 * width(answers((i) => `${i}`)));
  });

  it('says nothing of what has no value', () => {
    const alike = agreementOf(
      times(60, () => rated(1, 1)),
      'seed',
    );
    expect(alike).not.toHaveProperty('alpha');
    expect(alike).not.toHaveProperty('kappa');
    expect(alike).not.toHaveProperty('rank');
    expect(agreementOf([], 'seed')).toMatchObject({ labels: 0, passes: { people: 0, judge: 0 } });
  });

  it('is the same for the same grades', () => {
    const all = times(60, (i) => rated((i % 5) / 4, ((i + (i % 3)) % 5) / 4));
    expect(agreementOf(all, 'seed')).toEqual(agreementOf(all, 'seed'));
    expect(agreementOf(all, 'seed').alpha).not.toEqual(agreementOf(all, 'other').alpha);
  });
});

describe('a judge may block', () => {
  const good = times(60, (i) => rated((i % 5) / 4, (i % 5) / 4));

  it('where enough labels show enough agreement', () => {
    expect(distrustOf(agreementOf(good, 'seed'), rule)).toBeUndefined();
  });

  it.each([
    ['there are no labels', undefined, { why: 'unlabelled' }],
    ['no labelled answer was graded', agreementOf([], 'seed'), { why: 'unlabelled' }],
    ['labels are few', agreementOf(good.slice(0, 49), 'seed'), { why: 'few-labels', labels: 49, least: 50 }],
    [
      'labels are all alike',
      agreementOf(
        times(60, () => rated(1, 1)),
        'seed',
      ),
      { why: 'uniform-labels', labels: 60 },
    ],
    [
      'agreement may be chance',
      agreementOf(
        times(60, (i) => rated((i % 5) / 4, ((i * 7) % 11) / 10)),
        'seed',
      ),
      { why: 'weak', least: 0.4 },
    ],
  ])('but not where %s', (_, agreement, distrust) => {
    expect(distrustOf(agreement, rule)).toMatchObject(distrust);
  });

  it('by the low end of the interval: agreement that is good by luck is not enough', () => {
    const agreement = agreementOf(
      times(50, (i) => rated((i % 5) / 4, i % 3 === 0 ? 0.5 : (i % 5) / 4)),
      'seed',
    );
    const { estimate, lower } = agreement.alpha!;
    expect(distrustOf(agreement, { ...rule, leastAgreement: (estimate + lower) / 2 })).toMatchObject({ why: 'weak', lower });
    expect(distrustOf(agreement, { ...rule, leastAgreement: lower })).toBeUndefined();
  });
});
