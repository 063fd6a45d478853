import { createHash } from 'node:crypto';

/** The one text of a value that JSON can carry, members that are undefined left out: keys in the order of their UTF-16 units, no blanks (RFC 8785, JSON Canonicalization Scheme). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${membersOf(value).map(memberText).join(',')}}`;
}

type Member = readonly [key: string, value: unknown];

function membersOf(value: object): Member[] {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.sort(([a], [b]) => (a < b ? -1 : 1));
}

const memberText = ([key, member]: Member): string => `${JSON.stringify(key)}:${canonicalJson(member)}`;

/** SHA-256 (hex) of a value's canonical text. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The `contentHash` of `value` with one member more, named `key`: a list whose elements come one by one. */
export class ListHash {
  readonly #sha = createHash('sha256');
  readonly #after: readonly Member[];
  #isFirst = true;

  constructor(value: object, key: string) {
    const members = membersOf(value);
    const before = members.filter(([name]) => name < key);
    this.#after = members.slice(before.length);
    this.#sha.update(`{${before.map((member) => `${memberText(member)},`).join('')}${JSON.stringify(key)}:[`);
  }

  add(element: unknown): void {
    this.#sha.update(this.#isFirst ? canonicalJson(element) : `,${canonicalJson(element)}`);
    this.#isFirst = false;
  }

  digest(): string {
    return this.#sha.update(`]${this.#after.map((member) => `,${memberText(member)}`).join('')}}`).digest('hex');
  }
}
