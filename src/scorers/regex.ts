import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import { defineScorer } from './definition.ts';
import { commonOptions, patternSource } from './options.ts';
import { compile, matches } from './pattern.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';

export const regex = defineScorer({
  kind: 'regex',
  summary: 'Passes if `pattern`, or `expected` read as a pattern where none is given, matches somewhere in the answer.',
  schema: z.strictObject({
    ...commonOptions,
    pattern: patternSource.optional().describe('Pattern to look for (RE2 syntax: no lookahead, no backreferences); default: `expected`.'),
  }),
  bind(options) {
    const read = answerReader(options);
    const given = options.pattern === undefined ? undefined : compile(options.pattern, options.flags);
    const compiled = (example: Example) => given ?? fromExpected(example, options.flags);
    return {
      requires(example) {
        const outcome = compiled(example);
        return 'problem' in outcome ? outcome.problem : undefined;
      },
      score({ text }, example) {
        const outcome = compiled(example);
        if ('problem' in outcome) return { value: 0, pass: false, reason: outcome.problem };
        const answer = read(text);
        const pass = matches(outcome.pattern, answer);
        const source = quote(outcome.pattern.pattern());
        return { value: pass ? 1 : 0, pass, reason: pass ? `matches ${source}` : `does not match ${source}: ${quote(answer)}` };
      },
    };
  },
});

function fromExpected({ expected }: Example, flags: string): ReturnType<typeof compile> {
  if (expected === undefined) return { problem: 'it has no "expected", and the scorer has no "pattern"' };
  if (typeof expected !== 'string' || expected === '') return { problem: '"expected" must be a pattern' };
  return compile(expected, flags);
}
