import type { Message, OutputFormat } from '../../../../src/domain/prompt.ts';
import type { ModelRequest } from '../../../../src/domain/trial.ts';
import { offlineModel } from '../../../../src/edges/models/offline/model.ts';

const model = offlineModel();

/** What the embedded model says to a request. */
async function reply(request: Omit<ModelRequest, 'model' | 'params'>): Promise<string> {
  const outcome = await model.ask({ model: 'offline', params: {}, ...request }, new AbortController().signal);
  if (outcome.kind === 'failure') throw new Error(outcome.sentence);
  return outcome.text;
}

/** What it says to instructions and a text. */
export function replyTo(instructions: string, text: string, output?: OutputFormat): Promise<string> {
  const messages: Message[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: text },
  ];
  return reply({ messages, ...(output && { output }) });
}
