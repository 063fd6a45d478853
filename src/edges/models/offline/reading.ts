import type { ModelRequest } from '../../../domain/trial.ts';
import { type FieldForm, readFieldForm } from './field-form.ts';
import { readExamples, type WorkedExample } from './read-examples.ts';
import { type Format, readFormat } from './read-format.ts';
import { type LabelSet, readLabels } from './read-labels.ts';
import { readConversation } from './read-question.ts';

/** All that this model knows: what it could read out of one request. */
export interface Reading extends LabelSet {
  readonly instructions: string;
  readonly question: string;
  readonly examples: readonly WorkedExample[];
  /** Absent where the prompt does not say how to answer. */
  readonly format?: Format;
  /** Absent where the prompt asks for fewer than two fields. */
  readonly form?: FieldForm;
}

/** What a request says, and nothing that it does not. */
export function read({ messages, output }: ModelRequest): Reading {
  const conversation = readConversation(messages);
  const labelSet = readLabels(conversation.instructions, conversation.turns);
  const names = labelSet.labels.map(({ name }) => name);
  const examples = readExamples(conversation.instructions, conversation.turns, names);
  const format = readFormat(conversation, names, examples.length > 0, output);
  const form = readFieldForm(conversation.instructions, output);
  const { instructions, question } = conversation;
  return { ...labelSet, instructions, question, examples, ...(format && { format }), ...(form && { form }) };
}
