/** What a host name's owner publishes about it. */
export interface Dns {
  /** Texts of the TXT records of a name, each joined from its parts (RFC 7208 section 3.3); none where there is no such name. Throws `DnsError`. */
  txt(name: string): Promise<readonly string[]>;
}

/** No answer was to be had: nothing is known about the name. */
export class DnsError extends Error {
  override readonly name = 'DnsError';
}
