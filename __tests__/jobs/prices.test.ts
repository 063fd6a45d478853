import { check } from '../../src/jobs/check.ts';
import type { World } from '../../src/jobs/world.ts';
import { renderComment } from '../../src/report/index.ts';
import { requestOf, worldOf } from '../support/in-memory.ts';
import { answer, scriptedModel } from '../support/scripted-model.ts';
import { shop } from '../support/shop.ts';

const list = { name: 'a table 1.0', date: '2026-09-23' };

/** A check of the shop under these settings, where a table prices what `listed` names at a dollar and two. */
async function checked(settings: string, listed: readonly string[]) {
  const base = { ...shop(20), 'prompt-ratchet.yml': settings };
  const pull = { base, head: { ...base, 'prompts/reply.md': 'Answer, please.\n' } };
  const asked: string[][] = [];
  const listedPrices: World['listedPrices'] = async (models) => {
    asked.push([...models]);
    const known = models.filter((model) => listed.includes(model));
    return known.length === 0
      ? undefined
      : { ...list, prices: Object.fromEntries(known.map((model) => [model, { inputPer1M: 1, outputPer1M: 2 }])) };
  };
  const model = scriptedModel({ reply: () => answer('x', { usage: { inputTokens: 10, outputTokens: 2 } }) });
  return { ...(await check(requestOf(pull), { ...worldOf(pull, model), listedPrices })), asked, model };
}

describe('a price', () => {
  it('that no settings name is taken from the table, and the report says so', async () => {
    const { report, run } = await checked('model: { name: m, maxOutputTokens: 9 }\ncaps: { costUsd: 1 }\n', ['m']);
    expect(run.costUsd).toBeCloseTo((40 * (10 * 1 + 2 * 2)) / 1e6, 12);
    expect(report.prices).toEqual([{ model: 'm', inputPer1M: 1, outputPer1M: 2, list }]);
    expect(renderComment(report, run)).toContain('Prices for a million tokens: `m` 1.00 USD in, 2.00 USD out (a table 1.0 of 2026-09-23).');
  });

  it('in the settings stands above the table, which is not even asked then', async () => {
    const settings = 'model: { name: m, maxOutputTokens: 9 }\nprices: { m: { inputPer1M: 5, outputPer1M: 6 } }\n';
    const { report, run, asked } = await checked(settings, ['m']);
    expect(asked).toEqual([]);
    expect(report.prices).toEqual([{ model: 'm', inputPer1M: 5, outputPer1M: 6 }]);
    expect(renderComment(report, run)).toContain('`m` 5.00 USD in, 6.00 USD out (settings).');
  });

  it('that nobody knows is refused under a cap in USD, without a call', async () => {
    const { report, model } = await checked('model: { name: m, maxOutputTokens: 9 }\ncaps: { costUsd: 1 }\n', []);
    expect(report).toMatchObject({ verdict: 'bad-input', exitCode: 3 });
    expect(report).not.toHaveProperty('prices');
    expect(model.asked).toEqual([]);
  });

  it('that nobody knows leaves the cost unknown where none is capped', async () => {
    const { report, run } = await checked('model: { name: m }\n', []);
    expect(run).not.toHaveProperty('costUsd');
    expect(report.exitCode).toBe(0);
  });
});
