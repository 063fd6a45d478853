import { chrf } from './chrf.ts';
import { citations } from './citations.ts';
import { contains } from './contains.ts';
import { contextPrecision, contextRecall } from './contexts.ts';
import type { ScorerDefinition } from './definition.ts';
import { exact } from './exact.ts';
import { fields } from './fields.ts';
import { ownFunction } from './function.ts';
import { label } from './label.ts';
import { labels } from './labels.ts';
import { number } from './number.ts';
import { pairwise } from './pairwise.ts';
import { regex } from './regex.ts';
import { rouge } from './rouge.ts';
import { rubric } from './rubric.ts';
import { squadExact, tokenF1 } from './squad.ts';

/** Every scorer an eval set can name, by kind. */
export const scorerTable: Readonly<Record<string, ScorerDefinition>> = Object.fromEntries(
  [
    exact,
    contains,
    regex,
    label,
    labels,
    number,
    fields,
    squadExact,
    tokenF1,
    rouge,
    chrf,
    contextPrecision,
    contextRecall,
    citations,
    rubric,
    pairwise,
    ownFunction,
  ].map((definition) => [definition.kind, definition]),
);
