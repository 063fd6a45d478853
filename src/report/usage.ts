import type { ArmUsage, PromptReport } from './model.ts';
import { grouped, usd } from './numbers.ts';

/** From one side to the other; one figure where both are shown alike, or there is one side. */
function step(base: string | undefined, head: string): string {
  return base === undefined || base === head ? head : `${base} → ${head}`;
}

const cost = (arm: ArmUsage | undefined): string | undefined => (arm?.usdPer1000 === undefined ? undefined : usd(arm.usdPer1000));
const tokens = (count: number): string => grouped(Math.round(count));

/** `1,000 calls: 0.82 USD → 0.95 USD; 118 → 140 tokens in, 30 → 31 out each.` Empty where servers do not say. */
export function usageSentence({ usage }: PromptReport): string {
  if (usage === undefined) return '';
  const { base, head } = usage;
  const money = head.usdPer1000 === undefined ? '' : `1,000 calls: ${step(cost(base), cost(head)!)}; `;
  const of = (side: 'inputTokens' | 'outputTokens') => step(base && tokens(base[side]), tokens(head[side]));
  return `${money}${money === '' ? 'A call: ' : ''}${of('inputTokens')} tokens in, ${of('outputTokens')} out${money === '' ? '' : ' each'}.`;
}
