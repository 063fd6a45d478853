import type { SignatureField, TaskSignature } from '../domain/signature.ts';

/** A first version of a prompt, made from its signature. */
export interface Draft {
  readonly text: string;
  readonly why: string;
}

/**
 * Prompt files for a task that has none, the plainest first: that one is what the others, and whatever a search makes of them, are compared with.
 * They differ in what they spell out, so that the examples decide what is worth its words.
 */
export function draftsFor(signature: TaskSignature): readonly [Draft, ...(readonly Draft[])] {
  const { task } = signature;
  const described = [task, inputList(signature), outputContract(signature)];
  return [
    { text: promptFile(signature, [task]), why: 'The task alone.' },
    { text: promptFile(signature, [task, outputContract(signature)]), why: 'The task and the form of its answer.' },
    { text: promptFile(signature, described), why: 'The task, what it is given, and the form of its answer.' },
    { text: promptFile(signature, [...described, CAREFUL]), why: 'The same, with care asked for.' },
  ];
}

const CAREFUL =
  'Go by what is given and by nothing else. Where it leaves something open, choose what fits best rather than explaining the choice.';

function promptFile(signature: TaskSignature, paragraphs: readonly string[]): string {
  return `{{role "system"}}\n${paragraphs.filter((text) => text !== '').join('\n\n')}\n\n{{role "user"}}\n${question(signature)}\n`;
}

function question({ inputs }: TaskSignature): string {
  const [only] = inputs;
  if (inputs.length === 1) return `{{${only!.name}}}`;
  return inputs.map(({ name }) => `${spoken(name)}: {{${name}}}`).join('\n');
}

function inputList({ inputs }: TaskSignature): string {
  const described = inputs.filter(({ description }) => description !== undefined);
  return described.length === 0
    ? ''
    : ['You are given:', ...described.map(({ name, description }) => `- ${spoken(name)}: ${description}`)].join('\n');
}

/** What form an answer has. One output stands alone, several make a JSON object. */
function outputContract({ outputs }: TaskSignature): string {
  const [only] = outputs;
  if (only === undefined) return '';
  if (outputs.length === 1) return `${only.description === undefined ? '' : `${sentence(only.description)} `}${soleForm(only)}`;
  return ['Reply with one JSON object and nothing else. Its keys:', ...outputs.map(keyLine)].join('\n');
}

function soleForm({ name, type = 'text' }: SignatureField): string {
  if (isChoice(type)) return `Reply with exactly one of these and nothing else: ${type.join(', ')}.`;
  if (type === 'number') return 'Reply with the number alone: digits, no unit and no other text.';
  if (type === 'boolean') return 'Reply with true or false and nothing else.';
  if (type === 'text') return `Reply with the ${spoken(name)} and nothing else.`;
  return `Reply with the ${spoken(name)} as JSON and nothing else.`;
}

function keyLine({ name, description, type = 'text' }: SignatureField): string {
  const kind = isChoice(type) ? `one of ${type.join(', ')}` : type;
  return `- ${JSON.stringify(name)} (${kind})${description === undefined ? '' : `: ${description}`}`;
}

function isChoice(type: NonNullable<SignatureField['type']>): type is readonly string[] {
  return typeof type !== 'string';
}

function spoken(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
