// A chat-completions server with a fixed latency, in a process of its own: `node server.ts LATENCY_MS`. It prints its base URL.
// `GET /counts` tells how many completions it served and how long they took by its own clock; `POST /counts` begins anew.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerTo } from './workload.ts';

const latencyMs = Number(process.argv[2] ?? 0);
let counts = { calls: 0, serviceMs: 0 };

const server = createServer((request, response) => {
  if (request.url === '/counts') return tell(request, response);
  const start = performance.now();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: { content: string }[] };
    const body = completion(answerTo(messages.map(({ content }) => content).join('\n')));
    const send = (): void => {
      counts.calls += 1;
      counts.serviceMs += performance.now() - start;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
    };
    if (latencyMs > 0) setTimeout(send, latencyMs);
    else send();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/v1`);
});

function tell(request: IncomingMessage, response: ServerResponse): void {
  const told = JSON.stringify(counts);
  if (request.method === 'POST') counts = { calls: 0, serviceMs: 0 };
  response.writeHead(200, { 'content-type': 'application/json' }).end(told);
}

function completion(content: string): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'bench',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 60, completion_tokens: 12, total_tokens: 72 },
  });
}
