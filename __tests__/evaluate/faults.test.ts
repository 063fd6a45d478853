import { doublings, failing, faults, rightly, runAgainst, scoresOf } from '../support/faulty.ts';
import { apiError } from '../support/model-server.ts';

const examples = 500;
const plan = doublings(examples);

describe('a server that fails one request in five', () => {
  // 10,000 calls of the same: `node bench/faults.ts`.
  it('in every known way changes no score, and the ledger counts no fewer calls than the server', async () => {
    // However busy this computer is, no call takes a minute of ours.
    const clean = await runAgainst(rightly, plan, { timeoutMs: 6_000_000 });
    const broken = await runAgainst(failing('server'), plan, { concurrency: 32 });
    expect(clean).toMatchObject({ calls: 2 * examples, counted: 2 * examples });
    expect(scoresOf(broken)).toEqual(scoresOf(clean));
    expect(broken.calls).toBeGreaterThan(2 * examples);
    expect(broken.counted).toBeLessThanOrEqual(broken.calls);
    expect(broken.stopped).toBeUndefined();
  }, 60_000);

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
    const { stopped, counted } = await runAgainst(() => wrongKey, plan);
    expect(stopped).toEqual({ reason: 'bad-input', sentence: expect.stringContaining('refused the API key') });
    expect(stopped?.sentence).not.toContain('sk-1');
    expect(counted).toBe(1);
  });
});
