import { isObject, type JsonObject } from '../../domain/json.ts';
import { jsonIn } from '../../domain/parse-json.ts';
import type { Answer } from '../../domain/trial.ts';
import type { Criterion } from './criterion.ts';

/** A judge's level for a criterion (1-based), and why. The reason is a model's text: hostile. */
export interface Finding {
  readonly level: number;
  readonly reason: string;
}

/** Which of two answers a judge prefers. */
export interface Preference {
  readonly better: 'A' | 'B' | 'neither';
  readonly reason: string;
}

/** Why a reply is no verdict, as a clause that holds nothing of the reply. */
export interface NoVerdict {
  readonly fault: string;
}

/** A judge's level for each criterion, in their order. A reply is one only if it carries the mark, which no answer can know. */
export function readFindings(reply: Answer, mark: string, criteria: readonly Criterion[]): readonly Finding[] | NoVerdict {
  return readVerdict(reply, mark, (verdict) => {
    const findings = criteria.map((criterion) => findingIn(verdict, criterion));
    const missing = criteria.filter((_, index) => findings[index] === undefined).map(({ key }) => key);
    return missing.length > 0
      ? { fault: `it has no valid level for ${missing.join(', ')}` }
      : findings.filter((finding) => finding !== undefined);
  });
}

/** Which answer a judge prefers, read alike. */
export function readPreference(reply: Answer, mark: string): Preference | NoVerdict {
  return readVerdict(reply, mark, (verdict) => {
    const said = Object.hasOwn(verdict, 'better') ? verdict['better'] : undefined;
    const better = (['A', 'B', 'neither'] as const).find((choice) => choice === said);
    return better === undefined
      ? { fault: '"better" is neither "A" nor "B" nor "neither"' }
      : { better, reason: textIn(verdict, 'reason') };
  });
}

type Fields = JsonObject;

/** Of the JSON objects in the reply the one that reads as a verdict; two that read differently are none. */
function readVerdict<T extends object>({ text, finish }: Answer, mark: string, read: (verdict: Fields) => T | NoVerdict): T | NoVerdict {
  if (finish === 'length') return { fault: 'it was cut off at its token limit' };
  if (finish !== 'stop') return { fault: 'the judge refused' };
  const objects = objectsIn(text);
  const marked = objects.filter((fields) => Object.hasOwn(fields, 'mark') && fields['mark'] === mark);
  if (marked.length === 0) return { fault: objects.length === 0 ? 'it holds no JSON object' : 'it does not carry the mark' };
  const verdicts = marked.map(read);
  const valid = new Map(verdicts.filter(isVerdict).map((verdict) => [JSON.stringify(verdict), verdict]));
  if (valid.size > 1) return { fault: 'it holds several verdicts' };
  return [...valid.values()][0] ?? verdicts[0]!;
}

function isVerdict<T extends object>(verdict: T | NoVerdict): verdict is T {
  return !('fault' in verdict);
}

/** Whether a reply was read in vain. */
export function isNoVerdict(verdict: object): verdict is NoVerdict {
  return 'fault' in verdict;
}

function findingIn(verdict: Fields, { key, levels }: Criterion): Finding | undefined {
  const given = Object.hasOwn(verdict, key) ? verdict[key] : undefined;
  if (!isObject(given) || !Object.hasOwn(given, 'level')) return undefined;
  const said = given['level'];
  const level = typeof said === 'string' && /^\d{1,2}$/.test(said) ? Number(said) : said;
  const isLevel = typeof level === 'number' && Number.isInteger(level) && level >= 1 && level <= levels.length;
  return isLevel ? { level, reason: textIn(given, 'reason') } : undefined;
}

function textIn(fields: Fields, key: string): string {
  const text = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof text === 'string' ? text : '';
}

const longestReply = 200_000;
const mostObjects = 20;

/** The outermost JSON objects of a reply: all of it where a server enforces the form, else wherever one stands among prose and code fences. */
function objectsIn(reply: string): readonly Fields[] {
  const text = reply.slice(0, longestReply);
  const found: Fields[] = [];
  let tries = 0;
  for (let at = text.indexOf('{'); at >= 0 && tries < mostObjects; at = text.indexOf('{', at)) {
    tries += 1;
    const end = endOfObject(text, at);
    const value = end === undefined ? undefined : jsonIn(text.slice(at, end));
    if (isObject(value)) found.push(value);
    at = isObject(value) ? end! : at + 1;
  }
  return found;
}

/** Where the braces that open at `start` are closed, those inside JSON strings not counted. */
function endOfObject(text: string, start: number): number | undefined {
  const token = /[{}]|"(?:[^"\\]+|\\.)*"?/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '{') depth += 1;
    if (found[0] === '}') depth -= 1;
    if (depth === 0) return token.lastIndex;
  }
  return undefined;
}
