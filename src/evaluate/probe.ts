import type { Failure } from '../domain/trial.ts';
import { failureOf, type Session, type Settled } from './session.ts';
import { stopAtProbe } from './stop.ts';

/** Examples that may be rejected before the shape itself is taken to be. */
const candidatesPerShape = 3;

/**
 * Asks the first question of every model and set of parameters, one after the other. A wrong key, an unknown model and a dead
 * server are found here at the price of one call, and so are refused parameters, before the two sides could differ by them. The same goes
 * for whom the grading of the answer consults.
 */
export async function probe(session: Session): Promise<void> {
  for (const candidates of firstOfEachShape(session)) {
    const failure = await probeShape(session, candidates);
    if (failure !== undefined) session.stop(stopAtProbe(failure));
    if (session.stopped !== undefined) return;
  }
}

/** One answer clears a shape. A rejection may concern one example alone (too long, say), so others get a chance. */
async function probeShape(session: Session, candidates: readonly number[]): Promise<Failure | undefined> {
  let rejection: Failure | undefined;
  for (const index of candidates) {
    const settled = await session.settle(index);
    const failure = failureOf(settled);
    if (failure === undefined || !mayConcernOneExample(failure, settled)) return failure;
    rejection ??= failure;
  }
  return rejection;
}

/** A judge that makes no sense of one answer may make sense of others, and a recording that lacks one may have the rest. */
function mayConcernOneExample({ reason }: Failure, { grading }: Settled): boolean {
  return reason === 'rejected' || reason === 'not-recorded' || (grading !== undefined && reason === 'bad-reply');
}

/** Indices of questions about different examples, for each shape; those that need a call come first. */
function firstOfEachShape(session: Session): number[][] {
  const { questions } = session;
  const shapes = Array.from({ length: questions.shapes }, () => ({ unknown: new Map<string, number>(), any: new Map<string, number>() }));
  let open = shapes.length;
  for (let index = 0; index < questions.length && open > 0; index++) {
    const { unknown, any } = shapes[questions.shapeOf(index)]!;
    if (unknown.size === candidatesPerShape) continue;
    const { exampleId } = questions.at(index)!;
    for (const found of session.isUnknown(index) ? [unknown, any] : [any]) {
      if (found.size < candidatesPerShape && !found.has(exampleId)) found.set(exampleId, index);
    }
    if (unknown.size === candidatesPerShape) open -= 1;
  }
  return shapes.map(({ unknown, any }) => [...new Set([...unknown.values(), ...any.values()])].slice(0, candidatesPerShape));
}
