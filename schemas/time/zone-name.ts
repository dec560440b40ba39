/** Names of time zones; apart from their days, which need the zone database's arithmetic. */
import { Recent } from './recent.ts';

const names = new Recent<string, boolean>(256);

/** Whether the text names an IANA time zone that this runtime knows; bare offsets such as '+02:00' are not zones. */
export const isZone = (text: string): boolean =>
  names.get(text, name => {
    if (!/^[A-Za-z]/.test(name)) return false;
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  });
