import * as z from 'zod';
import { calls, costUsd, minutes, tokens } from './values.ts';

const runCaps = {
  calls: calls.optional(),
  inputTokens: tokens.optional(),
  outputTokens: tokens.optional(),
  costUsd: costUsd.optional(),
  minutes: minutes.optional(),
};

const pullRequestCaps = {
  calls: runCaps.calls.describe('Most requests that all runs on one pull request may send together.'),
  inputTokens: runCaps.inputTokens.describe('Most tokens that they may send.'),
  outputTokens: runCaps.outputTokens.describe('Most tokens that all their answers may have.'),
  costUsd: runCaps.costUsd.describe('Most that they may cost, in US dollars.'),
  minutes: runCaps.minutes.describe('Longest that their calls may take.'),
};

/** What one run may use. */
export const capsSchema = z.strictObject({
  calls: runCaps.calls.describe('Most requests one run may send, retries included.'),
  inputTokens: runCaps.inputTokens.describe('Most tokens one run may send, counted at their upper bound before each request.'),
  outputTokens: runCaps.outputTokens.describe('Most tokens all answers of one run may have; needs a limit on each answer.'),
  costUsd: runCaps.costUsd.describe('Most that one run may cost, in US dollars; needs prices.'),
  minutes: runCaps.minutes.describe('Longest that the calls of one run may take together; what is under way then is cut short.'),
  inputTokensPerTrial: tokens.optional().describe('Most tokens of one question, counted at their upper bound: every byte a token.'),
  outputTokensPerTrial: tokens
    .optional()
    .describe('Most tokens of one answer: the limit that is sent where a prompt sets none, or a higher one.'),
  candidates: z.int().min(1).max(1000).optional().describe('Most versions that one search may try.'),
  perPullRequest: z
    .strictObject(pullRequestCaps)
    .optional()
    .describe('The same for all runs on one pull request together, as its comment remembers them.'),
  onReached: z
    .enum(['fail', 'warn'])
    .default('fail')
    .describe('What a cap that was reached does to the check. The verdict is *could not measure* either way.'),
});
