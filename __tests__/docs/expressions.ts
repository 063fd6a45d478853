import { build } from 'esbuild';

interface Value {
  coerceString(): string;
}

interface FunctionDefinition {
  readonly name: string;
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly call: () => object;
}

/** The part of GitHub's own evaluator that is used, whose types are no more than that. */
interface Library {
  Lexer: new (text: string) => { lex(): { tokens: readonly object[] } };
  Parser: new (tokens: readonly object[], contexts: readonly string[], functions: readonly FunctionDefinition[]) => { parse(): object };
  Evaluator: new (expression: object, context: object, functions: ReadonlyMap<string, FunctionDefinition>) => { evaluate(): Value };
  data: {
    Dictionary: new (...pairs: readonly { key: string; value: object }[]) => object;
    StringData: new (text: string) => object;
    BooleanData: new (value: boolean) => object;
  };
}

/** What an expression comes to, as text, with or without `${{ }}`; nothing for what is not there. The context's leaves are texts. */
export type Evaluate = (expression: string, context: object) => string;

/** Of a job whose forerunners went well: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions */
const status = { always: true, success: true, failure: false, cancelled: false };

/** GitHub's own evaluator, bundled into one for the same reason as its parser. */
export async function loadEvaluator(): Promise<Evaluate> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@actions/expressions'", resolveDir: 'node_modules/@actions/workflow-parser' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  const library: Library = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`);
  const { Lexer, Parser, Evaluator, data } = library;
  const dictionary = (value: object): object =>
    new data.Dictionary(
      ...Object.entries(value).map(([key, own]: [string, unknown]) => ({
        key,
        value: typeof own === 'object' && own !== null ? dictionary(own) : new data.StringData(String(own)),
      })),
    );
  const functions = Object.entries(status).map(
    ([name, value]): FunctionDefinition => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }),
  );
  const byName = new Map(functions.map((one) => [one.name, one]));
  return (expression, context) => {
    const text = /^\$\{\{(.*)\}\}$/s.exec(expression.trim())?.[1] ?? expression;
    const { tokens } = new Lexer(text).lex();
    const parsed = new Parser(tokens, Object.keys(context), functions).parse();
    return new Evaluator(parsed, dictionary(context), byName).evaluate().coerceString();
  };
}

/** Whether a job or step with that outcome of its `if` runs. */
export const runs = (outcome: string): boolean => outcome !== 'false' && outcome !== '' && outcome !== '0';
