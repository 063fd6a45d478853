import { build } from 'esbuild';

interface Value {
  coerceString(): string;
}

/** The part of GitHub's own evaluator that is used, whose types are no more than that. */
interface Library {
  Lexer: new (text: string) => { lex(): { tokens: readonly object[] } };
  Parser: new (tokens: readonly object[], contexts: readonly string[], functions: readonly object[]) => { parse(): object };
  Evaluator: new (expression: object, context: object) => { evaluate(): Value };
  data: {
    Dictionary: new (...pairs: readonly { key: string; value: object }[]) => object;
    StringData: new (text: string) => object;
  };
}

/** What a condition comes to, as GitHub decides whether a job runs. The context's leaves are texts. */
export type Evaluate = (condition: string, context: object) => boolean;

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
  return (condition, context) => {
    const text = /^\$\{\{(.*)\}\}$/s.exec(condition.trim())?.[1] ?? condition;
    const { tokens } = new Lexer(text).lex();
    const expression = new Parser(tokens, Object.keys(context), []).parse();
    const outcome = new Evaluator(expression, dictionary(context)).evaluate().coerceString();
    return outcome !== 'false' && outcome !== '' && outcome !== '0';
  };
}
