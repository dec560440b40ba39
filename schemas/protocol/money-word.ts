/** Where a session's strings have the amounts and lengths of its prefetch. */
/** Key of an amount's text among the strings of a session. */
export const moneyWord = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  `money.${amount}.${currency}`;
