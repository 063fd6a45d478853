import type { Script } from './model-server.ts';

/** Wrong on every other question unless the prompt says to look twice; its proposer says to, right below the question. */
export const learner: Script = ({ body }) => {
  const asked = body.messages.at(-1)!.content;
  if (asked.includes('Reply with one JSON object')) return { content: JSON.stringify(proposal(asked)) };
  const question = Number(/question (\d+)/.exec(asked)?.[1]);
  const isCareful = body.messages.some(({ content }) => content.includes('Look twice'));
  return { content: question % 2 === 0 && !isCareful ? 'no idea' : `answer ${question}` };
};

function proposal(asked: string) {
  const replace = asked.includes('twice') ? 'Be kind.' : 'Look twice.';
  return { edits: [{ find: '', replace }], why: 'It errs on every other question.' };
}
