import { sentencesOf } from './sentences.ts';

/** A place in an answer that names a context. */
export interface Citation {
  readonly id: string;
  /** Whether the id is one of the contexts given. */
  readonly exists: boolean;
}

/** What the citations of an answer are worth. */
export interface CitationReport {
  readonly citations: readonly Citation[];
  /** Share of citations whose context exists. Without any: 1 where no context was given or nothing was said, else 0. In [0, 1]. */
  readonly validity: number;
  /** Share of sentences that cite a context that exists; 1 without sentences. In [0, 1]. */
  readonly coverage: number;
  readonly sentences: number;
}

/** A bracket that is no link (`[text](url)`, `[text]: url`) and no image. */
const bracket = /(?<!!)\[([^[\]\n]{1,200})\](?![(:])/g;
const range = /^(\d{1,4})\s?[-–]\s?(\d{1,4})$/;

/** Numbers a range such as `[1-3]` may stand for. */
const LONGEST_RANGE = 50;

/**
 * The citations of a text: `[1]`, `[1, 3]`, `[1-3]`, `[^1]`, `[doc-7]`, where each part of a bracket counts if it is a given id or looks like
 * one: a number, or made like one of the ids (letters for letters, digits for digits). `[sic]`, `[x]` and links are no citations. Case matters.
 */
export function citationsIn(text: string, ids: ReadonlySet<string>): Citation[] {
  return find(text, ids, shapesOf(ids));
}

/** Validity and coverage of an answer's citations. Ids are written as the prompt showed them: for contexts numbered from 1 they are `1`, `2` and so on. */
export function citationReport(answer: string, ids: ReadonlySet<string>): CitationReport {
  const shapes = shapesOf(ids);
  const citations = find(answer, ids, shapes);
  let [sentences, cited] = [0, 0];
  for (const sentence of sentencesOf(answer)) {
    sentences += 1;
    if (find(sentence, ids, shapes).some(({ exists }) => exists)) cited += 1;
  }
  const none = ids.size === 0 || sentences === 0 ? 1 : 0;
  return {
    citations,
    validity: citations.length === 0 ? none : citations.filter(({ exists }) => exists).length / citations.length,
    coverage: sentences === 0 ? 1 : cited / sentences,
    sentences,
  };
}

function find(text: string, ids: ReadonlySet<string>, shapes: ReadonlySet<string>): Citation[] {
  const found: Citation[] = [];
  for (const [, inside = ''] of text.matchAll(bracket)) {
    const whole = inside.trim();
    const parts = ids.has(whole) ? [whole] : whole.split(/[,;]/).flatMap((part) => expanded(part.trim().replace(/^\^/, ''), ids));
    for (const id of parts) if (ids.has(id) || looksLikeId(id, shapes)) found.push({ id, exists: ids.has(id) });
  }
  return found;
}

function expanded(part: string, ids: ReadonlySet<string>): readonly string[] {
  const [, first, last] = ids.has(part) ? [] : (range.exec(part) ?? []);
  const length = Number(last) - Number(first);
  if (!(length > 0 && length < LONGEST_RANGE)) return [part];
  return Array.from({ length: length + 1 }, (_, step) => String(Number(first) + step));
}

function looksLikeId(part: string, shapes: ReadonlySet<string>): boolean {
  return /^\d{1,4}$/.test(part) || (/\d/.test(part) && shapes.has(shapeOf(part)));
}

function shapesOf(ids: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(Array.from(ids, shapeOf));
}

/** Runs of letters as `a`, of digits as `0`, all else as it is: `doc-17` and `src-3` are both `a-0`. */
function shapeOf(id: string): string {
  return id.replace(/\p{L}+/gu, 'a').replace(/\p{N}+/gu, '0');
}
