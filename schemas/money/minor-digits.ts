/**
 * Digits of a currency's minor unit where they are not two (ISO 4217, list one). Intl's own follow what people use in shops, which
 * is not what amounts are kept in. As short as can be: it goes to every page with a price.
 */
const unusual = 'BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPFBHDIQDJODKWDLYDOMRTNDCLFUYW';

/** 0 for the first seventeen, such as JPY, 3 for KWD, 4 for CLF, else 2; whether there is such a code is not asked. */
export const minorDigits = (currency: string): number => {
  const at = unusual.indexOf(currency);
  return at < 0 ? 2 : at < 51 ? 0 : at < 72 ? 3 : 4;
};
