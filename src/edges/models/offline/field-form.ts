import type { OutputFormat } from '../../../domain/prompt.ts';
import { isName } from './label.ts';
import { readListing } from './listing.ts';
import { listItemOf } from './text.ts';

/** A field that the prompt asks for, and all it says about it. */
export interface WantedField {
  readonly key: string;
  /** What may stand before its value in a text: its own name, then the words that its description quotes. */
  readonly names: readonly string[];
  readonly kind: 'text' | 'number' | 'date' | 'email';
}

/** What is to be filled in: an object of JSON, or a text with holes such as `<order>`. */
export interface FieldForm {
  readonly fields: readonly WantedField[];
  /** Absent: the answer is JSON. */
  readonly template?: string;
  /** What stands for a value that the text has not: `null` or nothing where the prompt says so, else words. */
  readonly whenAbsent: 'null' | 'left out' | 'words';
}

/** The form of at least two fields that a prompt shows, names or sends along as a schema. */
export function readFieldForm(instructions: string, output?: OutputFormat): FieldForm | undefined {
  const sketches = shownFields(instructions) ?? templateFields(instructions) ?? schemaFields(output) ?? namedFields(instructions);
  if (sketches === undefined || sketches.fields.length < 2) return undefined;
  const { fields, template } = sketches;
  return {
    fields: fields.map((sketch) => wanted(sketch, descriptionOf(sketch.key, instructions))),
    ...(template !== undefined && { template }),
    whenAbsent: whenAbsent(instructions),
  };
}

/** A field's name, and what is shown in the place of its value. */
interface Sketch {
  readonly key: string;
  readonly shown: string;
}

interface Sketches {
  readonly fields: readonly Sketch[];
  readonly template?: string;
}

const mostFields = 60;

/** `{"supplier": "…", "issued": "YYYY-MM-DD", "total": 0.00}`: a flat object. */
function shownFields(text: string): Sketches | undefined {
  const object = /\{\s*"[\w .-]{1,40}"\s*:[^{}]{1,4000}\}/.exec(text)?.[0];
  if (object === undefined) return undefined;
  const members = [...object.matchAll(/"([\w .-]{1,40})"\s*:\s*("[^"]*"|[^,"{}]*)/g)].slice(0, mostFields);
  return { fields: members.map(([, key, shown]) => ({ key: key!, shown: shown! })) };
}

/** A Markdown template: the lines between a line that ends in a colon and the last hole. */
function templateFields(text: string): Sketches | undefined {
  const lines = text.split(/\r?\n/);
  const isHoled = (line: string) => line.length < 400 && hole.test(line);
  const first = lines.findIndex(isHoled);
  if (first < 0) return undefined;
  const lead = lines.slice(0, first).findLastIndex((line) => /:\s*$/.test(line.slice(-10)));
  const template = lines
    .slice(lead + 1, lines.findLastIndex(isHoled) + 1)
    .join('\n')
    .trim();
  const keys = [...template.matchAll(new RegExp(hole, 'gu'))].map(([, key]) => key!);
  return { template, fields: [...new Set(keys)].slice(0, mostFields).map((key) => ({ key, shown: '' })) };
}

export const hole = /<([\p{L}][\p{L}\p{N} _-]{0,39})>/u;

function schemaFields(output: OutputFormat | undefined): Sketches | undefined {
  const properties = output?.schema?.['properties'];
  if (properties === null || typeof properties !== 'object' || Array.isArray(properties)) return undefined;
  return { fields: Object.entries(properties ?? {}).map(([key, shape]) => ({ key, shown: JSON.stringify(shape) })) };
}

/** `JSON with the fields supplier, number and total`. */
function namedFields(text: string): Sketches | undefined {
  if (!/\bjson\b/i.test(text)) return undefined;
  for (const found of text.matchAll(/\b(?:fields|keys|properties)\b:?\s+([^.\n]{3,400})/gi)) {
    const keys = readListing(found[1]!);
    if (keys.length > 1 && keys.every(isName)) return { fields: keys.map((key) => ({ key, shown: '' })) };
  }
  return undefined;
}

/** `- total: what we have to pay, …`. */
function descriptionOf(key: string, instructions: string): string {
  const line = instructions.split(/\r?\n/).find((each) => {
    const plain = (listItemOf(each) ?? '').replace(/[`*"]/g, '').toLowerCase();
    return plain.startsWith(key.toLowerCase()) && /^\s*[:(–—-]/.test(plain.slice(key.length));
  });
  return line ?? '';
}

function wanted({ key, shown }: Sketch, description: string): WantedField {
  const quoted = [...description.matchAll(/"([^"]{1,40})"|“([^”]{1,40})”/g)].map(([, plain, curly]) => plain ?? curly!);
  return { key, names: [...new Set([spaced(key), ...quoted])], kind: kindOf(`${shown} ${description}`, shown) };
}

/** What the prompt says of the value's form; a day is only put in order where it says how. */
function kindOf(said: string, shown: string): WantedField['kind'] {
  if (/YYYY-MM-DD|"format":"date"/.test(said)) return 'date';
  if (/\be-?mail\b/i.test(said)) return 'email';
  const isNumber = /^\s*-?\d/.test(shown) || /"type":"(?:number|integer)"/.test(shown) || /\ba(?:s a)? (?:plain )?number\b/i.test(said);
  return isNumber ? 'number' : 'text';
}

/** `invoiceNumber` and `invoice_number` are the words "invoice number". */
function spaced(key: string): string {
  return key
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}

function whenAbsent(instructions: string): FieldForm['whenAbsent'] {
  if (/\bnull\b/i.test(instructions)) return 'null';
  return /\b(?:leave|leaves|left) (?:it|them|those|fields?|what is missing|the field|the line) (?:out|away)\b|\bomit\b/i.test(instructions)
    ? 'left out'
    : 'words';
}
