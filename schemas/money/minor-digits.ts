/**
 * Digits of a currency's minor unit where they are not two (ISO 4217, list one). Intl's own follow what people use in shops, which
 * is not what amounts are kept in. As short as can be: it goes to every page with a price.
 */
const none = /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|X[AO]F|XPF/;
const three = /BHD|IQD|JOD|KWD|LYD|OMR|TND/;

/** 0 for JPY, 3 for KWD, 4 for CLF, else 2; whether there is such a code is not asked. */
export const minorDigits = (currency: string): number =>
  none.test(currency) ? 0 : three.test(currency) ? 3 : /CLF|UYW/.test(currency) ? 4 : 2;
