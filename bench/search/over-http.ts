import type { Outcome } from '../../src/search/row.ts';
import { type SearchPorts, search } from '../../src/search/search.ts';
import type { Cell } from './cells.ts';
import type { Journal } from './journal.ts';
import { betOf, setupFor } from './ours.ts';
import { endRun, type PeerRun } from './peers.ts';
import { reasonFor } from './proposer.ts';
import { rounded, seedOf, worldOf } from './runs.ts';
import type { WorldServer } from './server.ts';
import type { World } from './world.ts';
import { instructionsOf } from './world.ts';

/** Our search as one more client of the server that counts: what it finds there is what it finds in process. */
export async function oursOverHttp(cell: Cell, server: WorldServer, journal: Journal): Promise<readonly PeerRun[]> {
  const runs: PeerRun[] = [];
  for (let at = 0; at < cell.seeds; at++) {
    const run = await journal.run(`over HTTP, ${JSON.stringify({ ...cell, seeds: at })}`, () => runOne(cell, at, server));
    if (run === undefined) break;
    runs.push(run);
  }
  return runs;
}

async function runOne(cell: Cell, at: number, server: WorldServer): Promise<PeerRun> {
  const url = `${server.url}/${[cell.world, seedOf(at), cell.rows, 'ours'].map(encodeURIComponent).join('/')}`;
  const world = worldOf(cell, at);
  const { finding, state } = await search(setupFor(world, cell.calls), portsOf(world, url));
  const calls = await endRun(url);
  return {
    gain: rounded(world.gainOf(betOf(state))),
    calls,
    announces: finding.label === 'verified',
    ...(finding.label === 'verified' && { claimed: rounded(finding.evidence!.gain) }),
  };
}

function portsOf(world: World, url: string): SearchPorts {
  const ask = async (model: string, messages: readonly object[]): Promise<string> => {
    const body = JSON.stringify({ model, messages });
    const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return JSON.parse(await reply.text()).choices[0].message.content;
  };
  return {
    evaluate: async (trials, _allowance, settled) => {
      for (const [at, { text, row }] of trials.entries()) {
        const number = Number(row.slice(1));
        const messages = [
          { role: 'system', content: instructionsOf(text) },
          { role: 'user', content: world.inputOf(number) },
        ];
        settled(at, { calls: 1, usd: 0 }, outcomeOf(world, number, await ask('task', messages)));
      }
    },
    propose: async (requests, _allowance, settled) => {
      for (const [at, { messages }] of requests.entries())
        settled(at, { calls: 1, usd: 0 }, { kind: 'answer', text: await ask('proposer', messages), finish: 'stop', latencyMs: 0 });
    },
    record: () => {},
  };
}

function outcomeOf(world: World, row: number, answer: string): Outcome {
  const readable = answer === 'done' || answer === 'refused';
  const score = answer === 'done' ? 1 : 0;
  return { score, reason: reasonFor(world, row, { score, readable }), answer, ...(!readable && { unreadable: true }) };
}
