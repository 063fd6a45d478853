// Runs `promptfoo optimize`, as published, on simulated worlds behind the benchmark's server. It has no budget to set.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerLines } from './lines.mjs';

const entry = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/promptfoo/dist/src/entrypoint.js');

const scorer = `
const [, row, kind] = /Request (r\\d+) of kind (k\\d+)\\./.exec(context.vars.input);
if (output === 'done') return { pass: true, score: 1, reason: row + ' right' };
const reason = output === 'refused' ? row + ' wrong: not what requests of kind ' + kind + ' need' : row + ' lost: the answer has no readable form';
return { pass: false, score: 0, reason };
`;

await answerLines(async ({ seed, url }) => {
  const { incumbent, inputs } = await (await fetch(`${url}/task`)).json();
  const folder = await mkdtemp(join(tmpdir(), 'optimize-'));
  const config = {
    prompts: [`${incumbent}\n{{input}}`],
    providers: [{ id: 'openai:chat:task', config: { apiBaseUrl: `${url}/v1`, apiKey: 'none' } }],
    defaultTest: { assert: [{ type: 'javascript', value: scorer }] },
    tests: inputs.map((input) => ({ vars: { input } })),
  };
  await writeFile(join(folder, 'promptfooconfig.json'), JSON.stringify(config));
  const said = await output(folder, url);
  await rm(folder, { recursive: true });
  const best = /Best prompt\n([\s\S]*?)\n[=─━-]{8,}/.exec(said)?.[1]?.trim();
  if (best === undefined) throw new Error(`promptfoo said nothing of a best prompt:\n${said.slice(-2_000)}`);
  const [from, to] = ['Baseline', 'Best'].map((name) => Number(new RegExp(`${name} search: [\\s\\S]*?\\(([\\d.]+)\\)\\n`).exec(said)?.[1]));
  return { seed, best, announces: said.includes('Best candidate improved on the baseline'), claimed: (to - from) / inputs.length };
});

function output(folder, url) {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_API_BASE_URL: `${url}/v1`,
    PROMPTFOO_CACHE_ENABLED: 'false',
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: 'true',
    PROMPTFOO_CONFIG_DIR: folder,
    NO_COLOR: '1',
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, 'optimize', '-c', join(folder, 'promptfooconfig.json')], { cwd: folder, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('close', () => resolve(said));
  });
}
