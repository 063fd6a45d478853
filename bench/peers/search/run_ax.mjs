// Runs AxGEPA, as published, on simulated worlds behind the benchmark's server. Half of the rows train, half validate.
import { AxGEPA, ai, ax } from '@ax-llm/ax';
import { answerLines, feedbackOn } from './lines.mjs';

await answerLines(async ({ seed, url, cap }) => {
  const model = (name) => ai({ name: 'openai', apiKey: 'none', apiURL: `${url}/v1`, config: { model: name, stream: false } });
  const { incumbent, inputs } = await (await fetch(`${url}/task`)).json();
  const program = ax('customerRequest:string -> agentVerdict:string');
  program.setInstruction(incumbent);
  const rows = shuffled(inputs, seed).map((input) => ({ customerRequest: input, agentVerdict: 'done' }));
  const half = Math.floor(rows.length / 2);
  const optimizer = new AxGEPA({
    studentAI: model('task'),
    teacherAI: model('proposer'),
    numTrials: cap,
    earlyStoppingTrials: cap,
    minibatch: true,
    minibatchSize: 3,
    seed,
  });
  const found = await optimizer.compile(program, rows.slice(0, half), ({ prediction }) => Number(prediction?.agentVerdict === 'done'), {
    validationExamples: rows.slice(half),
    maxMetricCalls: cap,
    feedbackFn: ({ prediction, example }) => feedbackOn(example.customerRequest, prediction?.agentVerdict),
  });
  const best = found.optimizedProgram?.componentMap?.['root::instruction'] ?? incumbent;
  return { seed, best, announces: best !== incumbent };
});

/** Fisher and Yates' shuffle by a linear congruential generator (Numerical Recipes). */
function shuffled(some, seed) {
  const order = [...some];
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let last = order.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const chosen = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[chosen]] = [order[chosen], order[last]];
  }
  return order;
}
