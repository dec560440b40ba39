/** TXT records by the system's resolver. */
import { Resolver } from 'node:dns/promises';
import { type Dns, DnsError } from '../../../schemas/ports/index.ts';

const nothingThere = new Set(['ENOTFOUND', 'ENODATA']);

/** `servers` as `address` or `address:port`; the system's own without. */
export function createSystemDns({ servers }: { readonly servers?: readonly string[] | undefined } = {}): Dns {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  return {
    async txt(name) {
      try {
        return (await resolver.resolveTxt(name)).map(parts => parts.join(''));
      } catch (error) {
        if (nothingThere.has((error as { code: string }).code)) return [];
        throw new DnsError(`TXT of ${name}`, { cause: error });
      }
    },
  };
}
