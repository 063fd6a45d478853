import type { OperatorName } from '../../domain/operator.ts';
import { clusterRule } from './cluster-rule.ts';
import { compress } from './compress.ts';
import { contract } from './contract.ts';
import { exampleSelection } from './example-selection.ts';
import { firstDraft } from './first-draft.ts';
import { formatLine } from './format-line.ts';
import { labelDefinitions } from './label-definitions.ts';
import { merge } from './merge.ts';
import type { Operator } from './operator.ts';
import { reflect } from './reflect.ts';
import { workedExample } from './worked-example.ts';

/** Every operator by its name. */
export const operatorTable: Readonly<Record<OperatorName, Operator>> = {
  reflect,
  'cluster-rule': clusterRule,
  contract,
  compress,
  merge,
  'first-draft': firstDraft,
  'label-definitions': labelDefinitions,
  'format-line': formatLine,
  'worked-example': workedExample,
  'example-selection': exampleSelection,
};

/** Those that run unless a team says otherwise: all that quote no rows. */
export const defaultOperators: readonly OperatorName[] = Object.values(operatorTable)
  .filter(({ quotesRows }) => !quotesRows)
  .map(({ name }) => name);
