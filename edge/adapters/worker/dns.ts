/** TXT records over HTTPS, in the JSON form that Cloudflare's and Google's resolvers speak. */
import { z } from 'zod';
import { type Dns, DnsError } from '../../../schemas/ports/index.ts';

/** RCODEs of RFC 1035 section 4.1.1. */
const noError = 0;
const noSuchName = 3;
/** RR type of TXT, RFC 1035 section 3.2.2. */
const txtType = 16;

const answerSchema = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]),
});

export interface HttpsDnsOptions {
  readonly url?: string | undefined;
}

export function createHttpsDns({ url = 'https://cloudflare-dns.com/dns-query' }: HttpsDnsOptions = {}): Dns {
  return {
    async txt(name) {
      try {
        const reply = await fetch(`${url}?name=${encodeURIComponent(name)}&type=TXT`, {
          headers: { accept: 'application/dns-json' },
          signal: AbortSignal.timeout(4_000),
        });
        const { Status, Answer } = answerSchema.parse(await reply.json());
        if (Status === noSuchName) return [];
        if (Status !== noError) throw new Error(`RCODE ${Status}`);
        return Answer.filter(({ type }) => type === txtType).map(({ data }) => textOf(data));
      } catch (error) {
        throw new DnsError(`TXT of ${name}`, { cause: error });
      }
    },
  };
}

/** `"one" "two"` is the two parts of one text; a resolver may leave the quotes out. */
function textOf(data: string): string {
  const parts = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part!.replace(/\\(.)/g, '$1'));
  return parts.length > 0 ? parts.join('') : data;
}
