import { hunksBetween } from '../../src/prompts/hunks.ts';
import type { Report } from '../../src/report/model.ts';
import { patchOf } from '../../src/report/search/diff.ts';
import type { EvidenceReport, OptimizeReport, SearchReport, SuggestionReport } from '../../src/report/search/model.ts';
import { about, arm, edit, effect, prompt } from './reports.ts';

const path = 'prompts/support.md';
const before = 'You answer customers of a bookshop.\n\nAnswer in two sentences.\n';
const after = 'You answer customers of a bookshop.\n\nSay which order it is about, then answer in two sentences.\n';

const suggestion = (changes: Partial<SuggestionReport> = {}): SuggestionReport => ({
  text: after,
  hash: '3b5d5c3712955042212316173ccf37be8001aa91f1a4b1a5d4f1e1c1b2a3d4e5',
  isNew: false,
  hunks: hunksBetween(before, after),
  patch: patchOf(path, before, after),
  changes: [{ operator: 'reflect', why: '12 of 15 wrong answers name no order; @support asked for it.' }],
  tokens: { before: 52, after: 61 },
  usdPer1000: { before: 0.41, after: 0.43 },
  ...changes,
});

const evidence: EvidenceReport = {
  claim: 'better',
  gain: 0.071,
  effect: effect({ estimate: 0.1, lower: 0.0312, upper: 0.1701, level: 0.95, alpha: 0.025, wins: 15, losses: 3, ties: 102 }),
  p: 0.0038,
  look: { number: 1, alpha: 0.025 },
};

const plan = {
  path,
  search: 80,
  confirm: 120,
  budget: { calls: 600, usd: 2 },
  worst: { calls: 597, usd: 0.91 },
  reserve: { calls: 240, usd: 0.37 },
  detectable: 0.083,
  look: evidence.look,
  because: [],
};

const search = (changes: Partial<SearchReport> = {}): SearchReport => ({
  finding: 'verified',
  because: [],
  stopped: { rule: 'dry', rounds: 2 },
  seed: 1,
  plan,
  spent: { calls: 541, usd: 0.83 },
  candidates: 14,
  rounds: 5,
  evidence,
  suggestion: suggestion(),
  ...changes,
});

const nothing: SearchReport = {
  finding: 'none',
  because: [{ rule: 'nothing-better', candidates: 14 }],
  stopped: { rule: 'dry', rounds: 2 },
  seed: 1,
  plan,
  spent: { calls: 301, usd: 0.46 },
  candidates: 14,
  rounds: 5,
};

/** A file that is not there yet, written from a signature. */
const first = suggestion({
  isNew: true,
  hunks: hunksBetween('', after),
  patch: patchOf(path, '', after),
  tokens: { before: 0, after: 61 },
});

/** A proposer's words and a prompt's text that mean to break out of wherever they are put. */
const hostileText = `${before}\`\`\`\n</details>\n<script>alert(1)</script>\n::error::gone\n\u001b[31m@octo-org/all\u202e\n`;
const hostileWhy = '</details> @octo-org/all ![p](https://evil.example/p.png)\n::error::gone \u001b[31m`` | done';

const refused = { finding: 'none', seed: 1, spent: { calls: 0 }, candidates: 0, rounds: 0 } as const;

const searches = {
  verified: search(),
  shorter: search({
    evidence: {
      ...evidence,
      claim: 'shorter',
      gain: 0,
      effect: { ...evidence.effect, estimate: 0.0083, lower: -0.0093, upper: 0.0304, wins: 2, losses: 1, ties: 117 },
    },
    suggestion: suggestion({
      text: before,
      hunks: hunksBetween(after, before),
      patch: patchOf(path, after, before),
      tokens: { before: 61, after: 52 },
    }),
  }),
  promising: search({
    finding: 'promising',
    because: [
      { rule: 'not-shown', p: 0.11, alpha: 0.025 },
      { rule: 'rows-missing', missing: 2, of: 120 },
    ],
  }),
  'suggestions-only': search({
    finding: 'promising',
    because: [
      { rule: 'not-shown', p: 0.1875, alpha: 0.08 },
      { rule: 'few-rows', rows: 12, needed: 20 },
      { rule: 'part-of-rows', rows: 12, of: 120 },
    ],
    stopped: { rule: 'reserve-left' },
    plan: { ...plan, confirm: 12, budget: { calls: 60 }, worst: { calls: 60 }, reserve: { calls: 13 }, detectable: 1 },
    spent: { calls: 58 },
    candidates: 4,
    rounds: 1,
    evidence: {
      ...evidence,
      gain: 0.055,
      effect: effect({ estimate: 0.1667, lower: -0.0768, upper: 0.3971, level: 0.84, alpha: 0.08, wins: 3, losses: 1, ties: 8 }),
      p: 0.1875,
      look: { number: 1, alpha: 0.08 },
    },
  }),
  'looks-unknown': search({ finding: 'promising', because: [{ rule: 'looks-unknown' }] }),
  nothing,
  'not-confirmed': {
    ...nothing,
    because: [{ rule: 'not-confirmed' }],
    evidence: {
      ...evidence,
      gain: -0.071,
      effect: { ...evidence.effect, estimate: -0.1, lower: -0.1701, upper: -0.0312, wins: 3, losses: 15 },
      p: 0.9962,
    },
  },
  interrupted: { ...nothing, because: [{ rule: 'interrupted' }], stopped: { rule: 'provider', failed: 9, asked: 16 } },
  refused: { ...refused, because: [{ rule: 'refused', refusal: { rule: 'too-few-rows', rows: 9 } }] },
  'below-floor': { ...refused, because: [{ rule: 'refused', refusal: { rule: 'below-floor', calls: 21, usd: 0.034 } }] },
  'no-headroom': { ...refused, because: [{ rule: 'refused', refusal: { rule: 'no-headroom', score: 0.9875 } }] },
  'no-price': { ...refused, because: [{ rule: 'refused', refusal: { rule: 'unbounded', model: 'small-model', lacks: 'price' } }] },
  hostile: search({
    suggestion: suggestion({
      text: hostileText,
      hunks: hunksBetween(before, hostileText),
      patch: patchOf(path, before, hostileText),
      changes: [{ operator: 'reflect', why: hostileWhy }],
    }),
  }),
} as const satisfies Readonly<Record<string, SearchReport>>;

/** What was edited lies beside what is suggested, so that the suggestion can stand on the lines of the diff. */
const checked = prompt({
  path,
  verdict: 'no-worse',
  passed: true,
  because: [{ rule: 'lower-above-margin', equivalent: true, worse: false }],
  base: arm(0.82, 200, 0.7608, 0.8673),
  head: arm(0.825, 200, 0.7663, 0.8716),
  effect: effect({ estimate: 0.005, lower: -0.0132, upper: 0.0254, wins: 2, losses: 1, ties: 197 }),
  examples: [],
  edits: [edit({ path, hunks: [{ oldStart: 3, oldLines: ['Answer in 2 sentences.'], newLines: ['Answer in two sentences.'] }] })],
});

/** State → a report of a check after which a better version was searched for. */
export const searchStates: Readonly<Record<string, Report>> = Object.fromEntries(
  Object.entries(searches).map(([name, found]) => [`search-${name}`, about({ ...checked, search: found }, 0)]),
);

const optimized = (changes: Partial<OptimizeReport> = {}): OptimizeReport => ({
  path,
  head: { sha: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d' },
  policy: { sha: '5e6f708192a3b4c5d6e7f8091a2b3c4d1a2b3c4d' },
  exitCode: 0,
  evalSet: { path: 'evals/support.yml', digest: '00aa11bb22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff66007788', examples: 200 },
  model: 'small-model',
  incumbent: arm(0.82, 200, 0.7608, 0.8673),
  search: searches.verified,
  notes: [],
  ...changes,
});

/** Nothing is known of the prompt as it is. */
function unmeasured(changes: Partial<OptimizeReport>): OptimizeReport {
  const { incumbent: _incumbent, ...rest } = optimized(changes);
  return rest;
}

/** State → what a job that only searches came to. */
export const optimizeStates: Readonly<Record<string, OptimizeReport>> = {
  verified: optimized(),
  new: optimized({ search: search({ suggestion: first }) }),
  promising: optimized({ search: searches.promising, notes: ['The model small-model refused `temperature`; it was asked without it.'] }),
  'suggestions-only': optimized({ search: searches['suggestions-only'] }),
  hostile: optimized({ search: searches.hostile }),
  nothing: optimized({ search: nothing }),
  'no-headroom': optimized({ search: searches['no-headroom'] }),
  'below-floor': unmeasured({ search: searches['below-floor'] }),
  unmeasured: unmeasured({
    exitCode: 2,
    problem: 'https://llm.example.com/v1 does not answer (ECONNREFUSED).',
    search: { ...searches.refused, because: [{ rule: 'refused', refusal: { rule: 'unmeasured' } }] },
  }),
};
