import { readFileSync } from 'node:fs';
import { listPrices } from '../../../src/edges/prices/index.ts';
import { tableVersion } from '../../../src/edges/prices/listed.ts';

const day = new Date('2026-09-23T12:00:00Z');
const priceOf = async (model: string, baseUrl?: string, at = day) => (await listPrices([model], () => baseUrl, at))?.prices[model];

describe('the table of prices that comes along', () => {
  it('is the version that is installed', () => {
    const { version }: { version: string } = JSON.parse(readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'));
    expect(tableVersion.name).toBe(`@pydantic/genai-prices ${version}`);
    expect(tableVersion.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  // What the table itself says in version 0.1.8, as its `calcPrice` gives it.
  it.each([
    ['gpt-5-mini', undefined, { inputPer1M: 0.25, outputPer1M: 2 }],
    ['gpt-4o', 'https://api.openai.com/v1', { inputPer1M: 2.5, outputPer1M: 10 }],
    ['openai/gpt-4o', 'https://openrouter.ai/api/v1', { inputPer1M: 2.5, outputPer1M: 10 }],
    ['mistral-large-latest', 'https://api.mistral.ai/v1', { inputPer1M: 2, outputPer1M: 6 }],
    [
      'gpt-5.4',
      'https://api.openai.com/v1',
      { inputPer1M: 2.5, outputPer1M: 15, longer: [{ aboveInputTokens: 271_999, inputPer1M: 5, outputPer1M: 22.5 }] },
    ],
  ])('prices %s at %s', async (model, baseUrl, price) => {
    expect(await priceOf(model, baseUrl)).toEqual(price);
  });

  it('gives the highest of the day where a price changes by the hour', async () => {
    const hours = [0, 6, 12, 18].map((hour) => new Date(Date.UTC(2026, 0, 1, hour)));
    const prices = await Promise.all(hours.map((hour) => priceOf('deepseek-chat', 'https://api.deepseek.com/v1', hour)));
    expect(new Set(prices.map((price) => JSON.stringify(price)))).toHaveProperty('size', 1);
    expect(prices[0]!.inputPer1M).toBe(0.27);
  });

  it.each([
    ['a model it does not know', 'parrot', 'https://api.openai.com/v1'],
    ['a model of that name on a server of one’s own', 'gpt-4o', 'https://llm.example.com/v1'],
    ['a model on this computer', 'gpt-4o', 'http://localhost:11434/v1'],
    ['a model at an address in numbers', 'gpt-4o', 'http://10.0.0.7/v1'],
    ['a deployment, which may have any name', 'gpt-4o', 'https://acme.openai.azure.com/openai/v1'],
    ['a model that charges for each request', 'sonar', 'https://api.perplexity.ai'],
    ['an endpoint that is none', 'gpt-4o', 'nowhere'],
  ])('says nothing of %s', async (_, model, baseUrl) => {
    expect(await priceOf(model, baseUrl)).toBeUndefined();
  });
});
