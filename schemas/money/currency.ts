/** The currencies of ISO 4217, list one. */
import { minorDigits } from './minor-digits.ts';

const CODES =
  'BHD BIF CLF CLP DJF GNF IQD ISK JOD JPY KMF KRW KWD LYD OMR PYG RWF TND UGX UYI UYW VND VUV XAF XOF XPF AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const known = new Set(CODES.split(' '));

/** Every currency code known here. */
export const currencies: readonly string[] = [...known].sort();

/** Whether the text is a currency code known here, in capitals. */
export const isCurrency = (code: string): boolean => known.has(code);

/** Digits of the minor unit: 0 for JPY, 2 for EUR, 3 for KWD, 4 for CLF; RangeError for an unknown code. */
export const exponentOf = (currency: string): number => {
  if (!known.has(currency)) throw new RangeError(`Unknown currency: ${currency}. Use an ISO 4217 code.`);
  return minorDigits(currency);
};
