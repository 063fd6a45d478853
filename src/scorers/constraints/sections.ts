import * as z from 'zod';
import { singleSpaced } from '../../metrics/spaces.ts';
import { quote } from '../quote.ts';
import { defineConstraint, unless } from './definition.ts';
import { type Heading, headingsOf } from './markdown.ts';

const title = z.string().trim().min(1).max(1_000);
const level = z.int().min(1).max(6);

export const sections = defineConstraint({
  name: 'sections',
  summary: 'The answer has every required Markdown heading, at any level or at a given one.',
  schema: z.strictObject({
    headings: z
      .array(z.union([title, z.strictObject({ title, level: level.describe('1 for `#`, 2 for `##` and so on.') })]))
      .min(1)
      .max(1_000)
      .describe('Titles, each as a text or as `{ title, level }`; upper and lower case, emphasis and a colon at the end do not count.'),
    inOrder: z.boolean().default(false).describe('Whether they must come in the order given; other headings may stand between them.'),
  }),
  bind({ headings, inOrder }) {
    const wanted = headings.map((one) => (typeof one === 'string' ? { title: one } : one));
    return ({ text }) => {
      const found = headingsOf(text);
      const missing = wanted.find((one) => !found.some((heading) => fits(heading, one)));
      if (missing) return unless(`lacks the heading ${named(missing)}`);
      return unless(inOrder ? outOfOrder(found, wanted) : undefined);
    };
  },
});

interface Wanted {
  readonly title: string;
  readonly level?: number;
}

function fits(heading: Heading, { title, level }: Wanted): boolean {
  return (level === undefined || level === heading.level) && even(heading.text) === even(title);
}

function even(text: string): string {
  return singleSpaced(text.toLowerCase()).trim().replace(/:$/, '').trim();
}

function outOfOrder(found: readonly Heading[], wanted: readonly Wanted[]): string | undefined {
  let from = 0;
  for (const one of wanted) {
    const at = found.findIndex((heading, place) => place >= from && fits(heading, one));
    if (at < 0) return `has the heading ${named(one)} in the wrong order`;
    from = at + 1;
  }
  return undefined;
}

function named({ title, level }: Wanted): string {
  return level === undefined ? quote(title) : `${quote(title)} at level ${level}`;
}
