import type { Example } from '../../src/domain/evalset.ts';

/** So many examples, alike but for their ids and inputs. */
export function examples(count: number, given: Partial<Example> = {}): Example[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `r${at}`,
    input: `question ${at}`,
    vars: {},
    messages: [],
    tags: [],
    source: { file: 'evals/x.jsonl', line: at + 1 },
    ...given,
  }));
}
