import { amountOf } from './budget.ts';
import type { Markup } from './markup.ts';
import type { Run } from './model.ts';
import { counted, duration, grouped, usd } from './numbers.ts';

/** A web address that Markdown and terminals take whole. */
const address = /^https?:\/\/[\w.:/%?=&~+-]{1,500}$/;

/** Facts of the run that differ from run to run though inputs and answers are the same, in one line. */
function facts(run: Run, { code }: Markup): readonly string[] {
  const askedAt = (endpoint: string | undefined): string => (endpoint === undefined ? '' : ` to ${code(endpoint)}`);
  const judging = ({ calls, costUsd, endpoint }: NonNullable<Run['consulted']>): string =>
    `judge: ${counted(calls, 'call')}${askedAt(endpoint)}${costUsd === undefined ? '' : `, ${usd(costUsd)}`}`;
  return [
    duration(run.durationMs),
    counted(run.calls, 'call') + (isReplayed(run) ? '' : askedAt(run.endpoint)),
    run.consulted === undefined ? '' : judging(run.consulted),
    run.earlier === undefined ? '' : `${grouped(run.earlier)} of them before it was cut off`,
    run.cached === undefined ? '' : `${counted(run.cached, 'answer')} from ${sourceOf(run, code)}`,
    run.reused > 0 ? `${counted(run.reused, 'answer')} reused` : '',
    run.spared === undefined ? '' : `${counted(run.spared, 'call')} spared by stopping early`,
    run.inputTokens + run.outputTokens > 0 ? `${grouped(run.inputTokens)} tokens in, ${grouped(run.outputTokens)} out` : '',
    run.costUsd === undefined ? 'cost unknown' : usd(run.costUsd),
    ...pullRequestFacts(run),
    latency(run),
  ].filter(Boolean);
}

/** Whether a recording was all that might be asked. */
const isReplayed = ({ recording, endpoint }: Run): boolean => recording !== undefined && recording === endpoint;

/** Where the answers come from that nobody was asked for: what a recording lacks may be in the cache. */
function sourceOf(run: Run, code: Markup['code']): string {
  if (run.recording === undefined) return 'the cache';
  const recording = `the recording ${code(run.recording)}`;
  return isReplayed(run) ? recording : `${recording} or the cache`;
}

/** Of the whole run, and what all but the slowest answers took on either side. */
function latency({ latencyMs, latencyP95Ms: sides }: Run): string {
  if (latencyMs === undefined) return '';
  const slow = sides === undefined ? duration(latencyMs.p95) : `${duration(sides.base)} → ${duration(sides.head)}`;
  return `latency p50 ${duration(latencyMs.p50)}, p95 ${slow}`;
}

const capNames = ['calls', 'inputTokens', 'outputTokens', 'costUsd', 'minutes'] as const;

/** How much of each cap on the whole pull request is used. */
function pullRequestFacts({ pullRequest }: Run): string[] {
  if (pullRequest === undefined) return [];
  const { spent, caps, earlierUnknown } = pullRequest;
  const used = capNames.flatMap((name) => {
    const cap = caps[name];
    return cap === undefined ? [] : [`${spent[name] === undefined ? 'unknown' : amountOf(name, spent[name])} of ${amountOf(name, cap)}`];
  });
  return [`this pull request so far: ${used.join(', ')}${earlierUnknown ? ' (earlier spend unknown)' : ''}`];
}

/** No longer than this, so that the room it takes does not depend on the run. */
export const runLineRoom = 2000;

/** What the run took, in small print, with links to it and to its answers. */
export function runLineMarkdown(run: Run, markup: Markup): string {
  const link = (name: string, url: string | undefined) => (url !== undefined && address.test(url) ? [`[${name}](<${url}>)`] : []);
  const links = [...link('run', run.runUrl), ...link('every answer', run.artifactUrl)];
  return `<sub>${[...facts(run, markup), ...links, `Prompt Ratchet ${markup.code(run.version)}`].join(' · ')}</sub>`;
}

/** The same for where there is no Markdown. */
export function runLinePlain(run: Run, markup: Markup): string {
  const link = run.runUrl !== undefined && address.test(run.runUrl) ? [run.runUrl] : [];
  return [...facts(run, markup), ...link, `Prompt Ratchet ${markup.code(run.version)}`].join(' · ');
}
