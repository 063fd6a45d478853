import type * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import type { JsonObject } from '../domain/json.ts';
import type { CallFunction, GradeAnswer } from '../domain/ports.ts';
import type { Meter } from '../metrics/meter.ts';
import { checkedOptions } from './checked.ts';
import { withConfidence } from './confidence.ts';

/** As GradeAnswer, with a way to run a scorer function of the user's own. */
export type Grade = (...asked: [...Parameters<GradeAnswer>, call: CallFunction]) => ReturnType<GradeAnswer>;

/** A scorer whose options are fixed. */
export interface BoundScorer {
  /** Why this example cannot be scored, as a clause such as `it has no "expected"`. Undefined: it can. */
  requires(example: Example): string | undefined;
  /** Only for examples that can be scored. */
  readonly score: Grade;
  /** Whether scoring may ask a model or run a program: such scorers come last, and only where they can still change the score. */
  readonly consults?: boolean;
  /** What makes metrics of the `observed` of its scores; absent where it observes nothing. */
  readonly meters?: readonly Meter[];
  /** Loads what scoring needs beyond this program's first part; to be awaited once before the first answer. */
  readonly ready?: () => Promise<void>;
}

type Complete = (options: JsonObject, examples: Iterable<Example>) => JsonObject;

/** A kind of scorer as an eval set can name it. */
export interface ScorerDefinition {
  readonly kind: string;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** Metrics that it gives besides accuracy and score. */
  readonly metrics: readonly string[];
  /** What its options must be; parsing what was parsed changes nothing. */
  readonly schema: z.ZodObject;
  /** The options with what they leave to the examples; absent: they leave nothing. Completing what is complete changes nothing. */
  readonly complete?: Complete;
  /** UserError if the options break the schema. */
  bind(options: JsonObject): BoundScorer;
}

/** A definition whose `bind` is typed by its own schema, in the form that fits the table. */
export function defineScorer<Schema extends z.ZodObject>(definition: {
  readonly kind: string;
  readonly summary: string;
  readonly metrics?: readonly string[];
  readonly schema: Schema;
  readonly complete?: Complete;
  readonly bind: (options: z.output<Schema>) => BoundScorer;
}): ScorerDefinition {
  const { kind, summary, metrics = [], schema, complete, bind } = definition;
  return {
    kind,
    summary,
    metrics,
    schema,
    ...(complete && { complete }),
    bind(options) {
      const checked = checkedOptions(kind, schema, options);
      return withConfidence(bind(checked), checked);
    },
  };
}
