import { visible } from '../documents/visible.ts';

/** Attributes in the order in which they are to stand; undefined ones are left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its attributes and children, which are text or elements, as lines that `indent` holds together. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value))}"`],
  );
  const open = `<${name}${written.join('')}`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>\n${children.join('\n').replace(/^(?=.)/gm, '  ')}\n</${name}>`;
}

/** An element that holds text and nothing else: none of its white space is ours. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  const marked = element(name, attributes);
  return text === '' ? marked : `${marked.slice(0, -2)}>${escaped(text)}</${name}>`;
}

/** What XML 1.0 may not carry, and what a reader could not see, stands there by name. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"\n\t]/g, (sign) => entities[sign]!);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };
