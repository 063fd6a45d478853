import { contains } from './contains.ts';
import type { ScorerDefinition } from './definition.ts';
import { exact } from './exact.ts';
import { ownFunction } from './function.ts';
import { label } from './label.ts';
import { pairwise } from './pairwise.ts';
import { regex } from './regex.ts';
import { rubric } from './rubric.ts';

/** Every scorer an eval set can name, by kind. */
export const scorerTable: Readonly<Record<string, ScorerDefinition>> = Object.fromEntries(
  [exact, contains, regex, label, rubric, pairwise, ownFunction].map((definition) => [definition.kind, definition]),
);
