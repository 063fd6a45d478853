import { jest } from '@jest/globals';
import { simulation } from '@simulacrum/github-api-simulator';
import * as z from 'zod';
import type { RecordedRequest } from './front.ts';

type Sent = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>;

/** GitHub's own descriptions of its APIs, OpenAPI and GraphQL schema, as judges of requests. */
export interface Contract extends AsyncDisposable {
  /** What is wrong with each request that GitHub does not document so; empty where all is well. */
  faultsOf(requests: readonly Sent[]): Promise<string[]>;
}

const queryFaults = z.object({ errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).optional() })) });

export async function startContract(): Promise<Contract> {
  const complaints = (['error', 'warn'] as const).map((kind) => jest.spyOn(console, kind).mockImplementation(() => {}));
  const simulator = await simulation().listen(0);

  const faultOf = async ({ method, path, query, body }: Sent): Promise<string[]> => {
    const url = `http://127.0.0.1:${simulator.port}${encodedPath(path)}${query}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (path === '/graphql') return invalidQuery(JSON.parse(text)).map((message) => `${method} ${path}: ${message}`);
    return response.status < 400 ? [] : [`${method} ${path}: ${response.status} ${text.slice(0, 300)}`];
  };
  return {
    faultsOf: async (requests) => (await Promise.all(requests.map(faultOf))).flat(),
    [Symbol.asyncDispose]: async () => {
      await simulator.ensureClose();
      for (const complaint of complaints) complaint.mockRestore();
    },
  };
}

/** Only the schema counts: the server behind it holds no repository of ours. */
function invalidQuery(reply: unknown): string[] {
  const { errors } = queryFaults.safeParse(reply).data ?? { errors: [] };
  return errors.filter(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED').map(({ message }) => message);
}

/** The description has the path of a file as one part. */
function encodedPath(path: string): string {
  const [before = '', file] = path.split('/contents/');
  const encoded = before.split('/').map(encodeURIComponent).join('/');
  return file === undefined ? encoded : `${encoded}/contents/${encodeURIComponent(file)}`;
}
