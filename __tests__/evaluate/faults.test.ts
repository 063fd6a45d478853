import { doublings, failing, faults, rightly, rightScores, runAgainst, scoresOf, withoutTimeout } from '../support/faulty.ts';
import { apiError } from '../support/model-server.ts';

describe('a server that fails one request in five', () => {
  it('in every known way changes none of 10,000 scores, and the ledger counts no fewer calls than the server', async () => {
    const [few, many] = [doublings(250), doublings(5_000)];
    const clean = await runAgainst(rightly, few, withoutTimeout);
    expect(clean).toMatchObject({ calls: 500, counted: 500 });
    expect(scoresOf(clean)).toEqual(rightScores(few));
    const broken = await runAgainst(failing('10,000 calls'), many, { concurrency: 64 });
    expect(scoresOf(broken)).toEqual(rightScores(many));
    expect(broken.calls).toBeGreaterThan(12_000);
    expect(broken.counted).toBeLessThanOrEqual(broken.calls);
    expect(broken.stopped).toBeUndefined();
  }, 300_000);

  it('never receives more calls than the cap', async () => {
    const capped = await runAgainst(failing('capped server', faults.slice(0, 5)), doublings(120), { caps: { calls: 250 } });
    expect(capped.stopped).toMatchObject({ reason: 'budget', cap: 'calls', allowed: 250 });
    expect(capped.counted).toBeLessThanOrEqual(250);
    expect(capped.calls).toBe(250);
  }, 60_000);
});

describe('a wrong key', () => {
  it('stops the run after one call with a sentence that does not hold it', async () => {
    const wrongKey = apiError(401, { message: 'Incorrect API key provided: sk-1.', code: 'invalid_api_key' });
    const { stopped, counted } = await runAgainst(() => wrongKey, doublings(500), withoutTimeout);
    expect(stopped).toEqual({ reason: 'bad-input', sentence: expect.stringContaining('refused the API key') });
    expect(stopped?.sentence).not.toContain('sk-1');
    expect(counted).toBe(1);
  });
});
