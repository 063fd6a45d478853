import * as z from 'zod';
import { anyJson, explain } from '../documents/check.ts';
import { refuseAny } from '../documents/limits.ts';
import { type Located, part, problemAt } from '../documents/located.ts';
import { parseYaml } from '../documents/yaml.ts';
import type { ConstraintSpec, EvalSet, ScorerSpec, WrittenStages } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import { everyScorer } from '../scorers/overrides.ts';
import { constraintList, documentedConstraints, readConstraints } from './constraints.ts';
import { documentedOverrides, overridesSchema, readOverrides, type WrittenOverride } from './overrides.ts';
import { defaultScorers, documentedScorers, readScorers, scorerList, takesLabels } from './scorers.ts';
import { signatureSchema } from './signature.ts';
import { idleThreshold, thresholdsSchema } from './thresholds.ts';

/** What an eval set's own file says: which files or rows its examples are in, and all that decides what an answer is worth. */
export interface EvalSetHeader extends Pick<EvalSet, 'margin' | 'slices' | 'thresholds' | 'repeats' | 'signature'> {
  readonly file: string;
  /** Paths below the repository's root, and the line that names each. */
  readonly rowFiles: readonly NamedFile[];
  /** The same for rows that only judges are held to. */
  readonly calibrationFiles: readonly NamedFile[];
  /** Rows that stand in the file itself. */
  readonly rows: readonly Located[];
  readonly scorers: readonly ScorerSpec[];
  readonly constraints: readonly ConstraintSpec[];
  readonly overrides: readonly WrittenOverride[];
  readonly stages?: WrittenStages;
}

interface NamedFile {
  readonly path: string;
  readonly line: number;
}

const rowFile = z
  .string()
  .min(1)
  .regex(/\.(jsonl|csv|json|yaml|yml)$/, explain('this is no file of examples', 'Name a .jsonl, .csv, .json, .yaml or .yml file.'))
  .refine((path) => !/^\/|\\|^[A-Za-z][\w+.-]*:/.test(path), {
    error: explain('the path is not relative', 'Write it from the folder of this file, with forward slashes.'),
  });

const stagesSchema = z.union(
  [
    z.literal('passRate'),
    z
      .array(z.string().trim().min(1))
      .min(1)
      .refine((tags) => new Set(tags).size === tags.length, { error: explain('a tag stands twice', 'Name each once.') }),
  ],
  { error: explain('this is no order of stages', 'Write passRate, or a list of tags such as [hard, long].') },
);

const headerShape = {
  examples: z
    .union([rowFile, z.array(rowFile).min(1), z.array(z.record(z.string(), anyJson)).min(1)])
    .describe('A file of examples, a list of files, or the rows themselves. Paths start from the folder of this file.'),
  labels: z.array(anyJson).min(1).optional().describe('All labels there are, for `label` scorers that name none.'),
  margin: z.number().gt(0).lt(1).optional().describe("The tolerated drop in mean score; default: the settings' one."),
  slices: z
    .array(z.enum(['tags']))
    .default([])
    .describe('What slices are made of, each compared by itself.'),
  stages: stagesSchema
    .optional()
    .describe('Which examples are asked first, for `gate.earlyStop`: `passRate`, or tags in their order, the rest coming last.'),
  thresholds: thresholdsSchema
    .prefault({})
    .describe("What the pull request's version must keep to, whatever it is compared with: a number for each metric."),
  calibration: z
    .union([rowFile, z.array(rowFile).min(1)])
    .optional()
    .describe('Files of answers that people labelled, which judges are held to; labelled rows among the examples count too.'),
  signature: signatureSchema
    .exactOptional()
    .describe('What the task takes and gives: from it `prompt-ratchet optimize` makes a prompt that does not exist yet.'),
  repeats: z.int().min(1).max(100).optional().describe("Runs of each version on each example; default: the settings' number."),
};

const headerSchema = z.strictObject({
  ...headerShape,
  scorers: scorerList.default(['exact']),
  constraints: constraintList.default([]),
  overrides: overridesSchema,
});

const documentedSchema = z.strictObject({
  ...headerShape,
  scorers: documentedScorers().default(['exact']).describe('What scores an answer; several: their weighted mean.'),
  constraints: documentedConstraints()
    .default([])
    .describe('What every answer must keep to; one that breaks any scores 0, whatever the scorers would say.'),
  overrides: documentedOverrides,
});

type Header = z.output<typeof headerSchema>;

/** The header in an eval set's YAML text. UserError naming line, key and fix, also for paths out of the repository and unknown scorers. */
export function readEvalSetFile(file: string, text: string): EvalSetHeader {
  const header = parseYaml(file, text, headerSchema);
  const { examples, margin, slices, thresholds, repeats, signature } = header.value;
  const { files: rowFiles, problems } = readRowFiles(header, 'examples');
  const calibration = readRowFiles(header, 'calibration');
  const scoring = readScoring(header);
  refuseAny([...problems, ...calibration.problems, ...scoring.problems]);
  const rows =
    typeof examples === 'string'
      ? []
      : examples.flatMap((row, at) => (typeof row === 'string' ? [] : [part<Json>(header, ['examples', at], row)]));
  const { scorers, constraints, overrides } = scoring;
  const calibrationFiles = calibration.files;
  return {
    file,
    rowFiles,
    calibrationFiles,
    rows,
    scorers,
    constraints,
    overrides,
    margin,
    slices,
    thresholds,
    repeats,
    ...(signature && { signature }),
    ...stagesIn(header),
  };
}

function stagesIn({ value: { stages }, lineOf }: Located<Header>): Pick<EvalSetHeader, 'stages'> {
  if (stages === undefined) return {};
  const lines = stages === 'passRate' ? [lineOf(['stages'])] : stages.map((_, at) => lineOf(['stages', at]));
  return { stages: { order: stages, lines } };
}

/** The header of an eval set that is a file of rows and nothing else. */
export function headerOfRows(file: string): EvalSetHeader {
  return {
    file,
    rowFiles: [{ path: file, line: 1 }],
    calibrationFiles: [],
    rows: [],
    scorers: defaultScorers(file),
    constraints: [],
    overrides: [],
    slices: [],
    thresholds: {},
  };
}

/** JSON Schema (draft 2020-12) of an eval set's file, for editors and the documentation. */
export function evalSetJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(documentedSchema, { io: 'input', unrepresentable: 'any' });
}

/** Everything an answer is judged by, and all that is wrong with it. */
function readScoring(header: Located<Header>): Pick<EvalSetHeader, 'scorers' | 'constraints' | 'overrides'> & { problems: Problem[] } {
  const { labels, thresholds } = header.value;
  const given = labels && part(header, ['labels'], labels);
  const scorers = readScorers(part(header, ['scorers'], header.value.scorers), given);
  const constraints = readConstraints(part(header, ['constraints'], header.value.constraints));
  const { overrides, problems } = readOverrides(part(header, ['overrides'], header.value.overrides), given);
  const all = [...scorers.problems, ...constraints.problems, ...problems];
  const read = { scorers: scorers.specs, constraints: constraints.specs, overrides };
  if (all.length > 0) return { ...read, problems: all };
  const every = everyScorer(read);
  const idle = labels === undefined || every.some(takesLabels) ? [] : [problemAt(header, ['labels'], idleLabels)];
  const baseless = Object.keys(thresholds).flatMap((metric) => {
    const fault = idleThreshold(metric, every);
    return fault === undefined ? [] : [problemAt(header, ['thresholds', metric], fault)];
  });
  const together = isPairwiseBesideOthers(every) ? [problemAt(header, ['scorers'], pairwiseAlone)] : [];
  return { ...read, problems: [...baseless, ...idle, ...together] };
}

/** Answers that are compared are scored by that alone. */
function isPairwiseBesideOthers(every: readonly ScorerSpec[]): boolean {
  return every.length > 1 && every.some(({ kind }) => kind === 'pairwise');
}

const pairwiseAlone = {
  what: '"pairwise" stands beside another scorer',
  fix: 'Give it an eval set of its own; only constraints may stand beside it.',
};

const idleLabels = { what: 'no scorer uses the labels', fix: 'Add "label" to scorers, or remove the labels.' };

function readRowFiles(header: Located<Header>, key: 'examples' | 'calibration'): { files: NamedFile[]; problems: Problem[] } {
  const given = header.value[key] ?? [];
  const named =
    typeof given === 'string'
      ? [{ name: given, at: [key] }]
      : given.flatMap((name, index) => (typeof name === 'string' ? [{ name, at: [key, index] }] : []));
  const resolved = named.map(({ name, at }) => ({ at, line: header.lineOf(at), path: below(header.file, name) }));
  return {
    files: resolved.flatMap(({ path, line }) => (path === undefined ? [] : [{ path, line }])),
    problems: resolved.flatMap(({ path, at }) => (path === undefined ? [problemAt(header, at, outside)] : [])),
  };
}

const outside = { what: 'the path leads out of the repository', fix: 'Remove a ".." from it.' };

/** `path` as seen from the folder of `file`, without `.` and `..`; undefined above the root. */
function below(file: string, path: string): string | undefined {
  const steps: string[] = file.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined;
    if (step !== '..' && step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
