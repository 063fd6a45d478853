import { type FieldForm, hole, type WantedField } from '../field-form.ts';
import { type Found, findValue } from '../find-value.ts';
import { decimalMarkIn } from '../numerals.ts';
import type { Asked } from './skill.ts';

/** What stands in the place of a value that was not found, where the prompt does not say what should. */
const words = 'not stated';

/**
 * Fills in the form that the prompt gives with what it finds in the text: values are copied, a day or a number is put in order where the
 * prompt says so, and nothing is made up. Undefined where the prompt gives no form, or asks for one of several labels instead.
 */
export function copyFields({ reading, text }: Asked): string | undefined {
  const { form, labels, instructions } = reading;
  if (form === undefined || (form.fields.length < 3 && labels.some(({ name }) => !isField(name, form)))) return undefined;
  const decimal = decimalMarkIn(instructions);
  const others = (field: WantedField) => form.fields.filter((other) => other !== field);
  const found = new Map(form.fields.map((field) => [field.key, findValue(text, field, others(field), decimal)]));
  return form.template === undefined ? object(form, found) : filled(form.template, form, found);
}

const isField = (name: string, { fields }: FieldForm): boolean => fields.some(({ key }) => key.toLowerCase() === name.toLowerCase());

type Values = ReadonlyMap<WantedField['key'], Found | undefined>;

function object({ whenAbsent }: FieldForm, found: Values): string {
  const absent = whenAbsent === 'null' ? null : words;
  const members = [...found].filter(([, value]) => value !== undefined || whenAbsent !== 'left out');
  return JSON.stringify(Object.fromEntries(members.map(([key, value]) => [key, value ?? absent])));
}

/** The template line by line; one whose only hole stays empty goes where the prompt says so. */
function filled(template: string, { whenAbsent }: FieldForm, found: Values): string {
  return template
    .split('\n')
    .filter((line) => whenAbsent !== 'left out' || isFillable(line, found))
    .map((line) => line.replace(new RegExp(hole, 'gu'), (_, key: string) => String(found.get(key) ?? words)))
    .join('\n')
    .trim();
}

function isFillable(line: string, found: Values): boolean {
  const keys = [...line.matchAll(new RegExp(hole, 'gu'))].map(([, key]) => key!);
  return keys.length === 0 || keys.some((key) => found.get(key) !== undefined);
}
