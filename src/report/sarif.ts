import { createHash } from 'node:crypto';
import { plain } from './markup.ts';
import type { FlipReport, PromptReport, Report } from './model.ts';
import { score } from './numbers.ts';
import { type Place, placesOf } from './places.ts';
import { promptSentence, worstFirst } from './verdict-sentence.ts';

/** GitHub takes at most 25,000 results of a run and shows 5,000 of them. */
const MOST_RESULTS = 5000;
const MOST_LOCATIONS = 10;

const rules = [
  {
    id: 'regressed-example',
    shortDescription: { text: 'An example that the changed prompt gets worse than the base' },
    fullDescription: {
      text: 'The old and the new prompt were asked the same example, and the new one scored lower. One such example may be chance: the verdict on all of them decides.',
    },
    defaultConfiguration: { level: 'warning' },
  },
  {
    id: 'blocked-prompt',
    shortDescription: { text: 'A prompt that the check blocks' },
    fullDescription: { text: 'The changed prompt regressed, missed a threshold, could not be measured or could not be read.' },
    defaultConfiguration: { level: 'error' },
  },
] as const;

type RuleId = (typeof rules)[number]['id'];

/** Where a report comes from and where its paths begin. */
export interface SarifOrigin {
  /** This tool's version. */
  readonly version: string;
  /** Where the report's paths begin in the repository, with a trailing slash or empty. */
  readonly root: string;
}

/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): each blocked prompt, and each regressed
 * example, at the prompt's changed lines. Depends on the report alone.
 */
export function sarifJson(report: Report, { version, root }: SarifOrigin): string {
  const results = worstFirst(report.prompts).flatMap((prompt) => resultsOf(prompt, root));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Prompt Ratchet', version, rules } },
        columnKind: 'utf16CodeUnits',
        results: results.slice(0, MOST_RESULTS),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultsOf(prompt: PromptReport, root: string) {
  const locations = placesOf(prompt, root).slice(0, MOST_LOCATIONS).map(locationOf);
  const regressed = prompt.examples.filter(({ change }) => change === 'regressed');
  return [
    ...(prompt.passed ? [] : [result('blocked-prompt', 'error', promptSentence(prompt, plain), locations, [prompt.path])]),
    ...regressed.map((flip) =>
      result('regressed-example', prompt.passed ? 'note' : 'warning', flipSentence(prompt, flip), locations, [prompt.path, flip.id]),
    ),
  ];
}

function flipSentence({ path }: PromptReport, { id, base, head, flaky }: FlipReport): string {
  const chance = flaky ? ' Its runs disagree, so that this may be chance.' : '';
  return `Example ${plain.code(id)} of ${plain.code(path)} regressed: score ${score(base.score)} → ${score(head.score)}.${chance}`;
}

/** `identity`: what stays the same while the finding does, whatever its lines and scores. */
function result(
  ruleId: RuleId,
  level: 'error' | 'warning' | 'note',
  text: string,
  locations: readonly object[],
  identity: readonly string[],
) {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([ruleId, ...identity]))
    .digest('hex');
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    level,
    message: { text: withoutLinks(text) },
    locations,
    partialFingerprints: { 'promptRatchet/v1': fingerprint.slice(0, 32) },
  };
}

/** Brackets in a message are links (section 3.11.6) unless they are escaped. */
function withoutLinks(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

function locationOf({ path, startLine, endLine }: Place) {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine, endLine } } };
}
