/** One spelling for a telephone number, so that the same number is found again. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { countryOf } from './zone-country.ts';

/** E.164 with its plus sign; a national number is read as dialled in the zone's country, and one that no numbering plan knows stays as typed. */
export const phoneNumber = (typed: string, zone: string): string => {
  const country = countryOf(zone) as CountryCode | undefined;
  const number = parsePhoneNumberFromString(typed, country ? { defaultCountry: country } : {});
  return number?.isPossible() ? number.number : typed;
};
