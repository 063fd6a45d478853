import type { Consult } from '../../../src/domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../../../src/domain/trial.ts';
import type { rubricOptions } from '../../../src/scorers/judge/rubric.ts';
import { type Rubric, rubricOf, rubricOptions as schema } from '../../../src/scorers/judge/rubric.ts';

/** A consult that answers by a script and remembers what it was asked. */
export interface ScriptedConsult {
  readonly consult: Consult;
  readonly asked: { readonly request: ModelRequest; readonly repeat: number }[];
}

export function scripted(reply: (request: ModelRequest, count: number) => string | Answer | Failure): ScriptedConsult {
  const asked: ScriptedConsult['asked'] = [];
  const consult: Consult = async (request, repeat = 0) => {
    const said = reply(request, asked.push({ request, repeat }) - 1);
    return typeof said === 'string' ? { kind: 'answer', text: said, finish: 'stop', latencyMs: 0 } : said;
  };
  return { consult, asked };
}

/** The mark that a request's second message names. */
export const markIn = ({ messages }: ModelRequest): string => /^The mark is (\w+)\./.exec(messages[1]!.content)![1]!;

/** A verdict as a good judge writes it. */
export const verdict = (request: ModelRequest, levels: Readonly<Record<string, number>>): string =>
  JSON.stringify({
    mark: markIn(request),
    ...Object.fromEntries(Object.entries(levels).map(([key, level]) => [key, { reason: `because of ${key}`, level }])),
  });

export const rubric = (options: Parameters<typeof rubricOptions.parse>[0]): Rubric => rubricOf(schema.parse(options));
