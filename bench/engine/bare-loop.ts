// What a careful user would write without a tool: a loop over the `openai` client, its fetch pooled. `node bare-loop.ts BASE_URL ROWS CONCURRENCY`
import OpenAI from 'openai';
import { Agent, fetch as pooledFetch } from 'undici';
import { prompts, row } from './workload.ts';

const [baseURL = '', rows = '0', concurrency = '1'] = process.argv.slice(2);
const dispatcher = new Agent({ connections: Number(concurrency) });
const client = new OpenAI({
  baseURL,
  apiKey: 'none',
  maxRetries: 0,
  fetch: ((url: string, init: object) => pooledFetch(url, { ...init, dispatcher })) as unknown as typeof fetch,
});

let passed = 0;
const questions = tasks();
await Promise.all(Array.from({ length: Number(concurrency) }, work));
console.log(`${passed} of ${2 * Number(rows)} passed`);
await dispatcher.close();

async function work(): Promise<void> {
  for (const { content, expected } of questions) {
    const completion = await client.chat.completions.create({ model: 'bench', messages: [{ role: 'user', content }] });
    if (completion.choices[0]?.message.content?.includes(expected)) passed += 1;
  }
}

function* tasks(): Generator<{ content: string; expected: string }> {
  for (let index = 0; index < Number(rows); index++) {
    const { question, expected } = row(index);
    for (const prompt of Object.values(prompts)) yield { content: prompt.replace('{{question}}', question), expected };
  }
}
