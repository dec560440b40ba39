/** The address a limit is counted by. */
import type { AppContext } from './env.ts';

export interface ClientIpOptions {
  readonly host: 'node' | 'worker';
  /** Proxies in front of this server that append to `X-Forwarded-For`; 0 ignores the header, whatever it says. */
  readonly trustedProxies?: number;
  /** The peer's address on Node; by default `c.env.incoming.socket.remoteAddress`. */
  readonly socketAddress?: (c: AppContext) => string | undefined;
}

export type ClientIp = (c: AppContext) => string;

/** An IPv6 address counts by its /64, since one subscriber holds all of it. */
export function createClientIp(options: ClientIpOptions): ClientIp {
  const { host, trustedProxies = 0, socketAddress = nodeSocketAddress } = options;
  return c => {
    if (host === 'worker') return limitUnit(c.req.header('cf-connecting-ip'));
    const peer = socketAddress(c);
    if (trustedProxies === 0) return limitUnit(peer);
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map(hop => hop.trim());
    // The rightmost entries are those that our own proxies wrote; what stands left of them is the caller's claim.
    return limitUnit(hops.at(-trustedProxies) || peer);
  };
}

/** Throws nothing: what is no address counts as `unknown`. */
export function limitUnit(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  const mapped = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1];
  if (mapped) return mapped;
  const groups = expand(bare);
  return groups ? `${groups.slice(0, 4).join(':')}::/64` : 'unknown';
}

function expand(address: string): string[] | undefined {
  if (!/^[0-9a-f:.]{2,45}$/.test(address) || !address.includes(':')) return undefined;
  const [head = '', tail, ...rest] = address.split('::');
  if (rest.length > 0) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  // A trailing dotted quad stands for two groups.
  const width = left.length + right.length + (address.includes('.') ? 1 : 0);
  if (width > 8 || (tail === undefined && width !== 8)) return undefined;
  const groups = [...left, ...Array<string>(8 - width).fill('0'), ...right];
  return groups.map(group => group.replace(/^0+(?=.)/, ''));
}

function nodeSocketAddress(c: AppContext): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress;
}
