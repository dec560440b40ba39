/** Currencies and how many digits their minor unit has (ISO 4217, list one). */

const TWO_DIGITS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const OTHER_DIGITS = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const exponents = new Map<string, number>(TWO_DIGITS.split(' ').map(code => [code, 2]));
for (const [digits, codes] of Object.entries(OTHER_DIGITS)) {
  for (const code of codes.split(' ')) exponents.set(code, Number(digits));
}

/** Every currency code known here. */
export const currencies: readonly string[] = [...exponents.keys()].sort();

/** Whether the text is a currency code known here, in capitals. */
export const isCurrency = (code: string): boolean => exponents.has(code);

/** Digits of the minor unit: 0 for JPY, 2 for EUR, 3 for KWD, 4 for CLF; RangeError for an unknown code. */
export const exponentOf = (currency: string): number => {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new RangeError(`Unknown currency: ${currency}. Use an ISO 4217 code.`);
  return exponent;
};
