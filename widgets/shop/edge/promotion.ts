/** Promo codes: which one is meant, whether it is good now, and what it takes off. */
import { type Discount, rateOf } from '../../../schemas/pricing/index.ts';
import { isInShop, type Promotion, type ShopContext } from './context.ts';

export type CodeProblem = 'UNKNOWN_CODE' | 'CODE_EXPIRED' | 'CODE_USED_UP' | 'CODE_NOT_APPLICABLE';

/** As the desk wrote it, or all in capitals or small letters: people type codes off paper. */
export const findPromotion = async (ctx: ShopContext, code: string): Promise<Promotion | undefined> => {
  const typed = code.trim();
  const forms = [...new Set([typed, typed.toUpperCase(), typed.toLowerCase()])];
  const found = await ctx.asSystem().promotion.list({ where: { code: { in: forms }, active: { eq: true } }, limit: 3 });
  return found.find(promotion => promotion.code === typed) ?? found[0];
};

/** `subtotal` in minor units. An end is the first instant at which it is over. */
export const codeProblem = (
  ctx: ShopContext,
  promotion: Promotion | undefined,
  subtotal: number,
): CodeProblem | undefined => {
  if (!promotion) return 'UNKNOWN_CODE';
  const { startsAt, endsAt, used, usageLimit, minSubtotal, kind, amount } = promotion;
  if ((startsAt !== null && ctx.now < startsAt) || (endsAt !== null && ctx.now >= endsAt)) return 'CODE_EXPIRED';
  if (usageLimit !== null && used >= usageLimit) return 'CODE_USED_UP';
  if (minSubtotal !== null && (!isInShop(ctx, minSubtotal) || subtotal < minSubtotal.amount)) {
    return 'CODE_NOT_APPLICABLE';
  }
  return kind === 'fixed' && !isInShop(ctx, amount) ? 'CODE_NOT_APPLICABLE' : undefined;
};

export const discountOf = ({ kind, percent, amount }: Promotion): Discount => {
  if (kind === 'percent') return { kind, rate: rateOf(percent ?? '0') };
  return kind === 'fixed' ? { kind, amount: amount?.amount ?? 0 } : { kind };
};
