/** A name server on this machine: TXT records over UDP (RFC 1035) for Node, and as JSON over HTTP for Workers. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DnsServer {
  /** Texts by name; a test changes them as it likes. */
  readonly records: Map<string, readonly string[]>;
  /** `address:port` for UDP. */
  readonly server: string;
  /** For DNS over HTTPS, here without the S. */
  readonly url: string;
  /** Names that were asked for. */
  readonly asked: string[];
  /** Answers nothing while it is set. */
  silent: boolean;
  stop(): Promise<void>;
}

const txt = 16;
const nameError = 3;

export async function startDnsServer(): Promise<DnsServer> {
  const records = new Map<string, readonly string[]>();
  const asked: string[] = [];
  const udp = createSocket('udp4');
  const state = { silent: false };
  udp.on('message', (query, { port, address }) => {
    const { name, end } = readName(query);
    asked.push(name);
    if (!state.silent) udp.send(reply(query.subarray(0, end + 4), records.get(name)), port, address);
  });
  const http = createServer((request, response) => {
    const name = new URL(request.url!, 'http://dns').searchParams.get('name')!;
    asked.push(name);
    if (state.silent) return response.destroy();
    const texts = records.get(name);
    const Answer = texts?.map(text => ({ name, type: txt, TTL: 60, data: JSON.stringify(text) }));
    response.setHeader('content-type', 'application/dns-json');
    response.end(JSON.stringify({ Status: texts ? 0 : nameError, ...(Answer && { Answer }) }));
  });
  await new Promise<void>(resolve => udp.bind(0, '127.0.0.1', resolve));
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    records,
    asked,
    server: `127.0.0.1:${udp.address().port}`,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/dns-query`,
    async stop() {
      udp.close();
      http.closeAllConnections();
      await new Promise<void>(resolve => http.close(() => resolve()));
    },
  });
}

/** The name of the one question, and where it ends. */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function reply(question: Buffer, texts: readonly string[] | undefined): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  // A response, recursion available; NXDOMAIN where there is no such name.
  head.writeUInt16BE(0x8180 | (texts ? 0 : nameError), 2);
  head.writeUInt16BE(texts?.length ?? 0, 6);
  head.writeUInt32BE(0, 8);
  const answers = (texts ?? []).map(text => {
    // A TXT record is made of parts of at most 255 bytes.
    const parts = text.match(/.{1,255}/g)!.map(part => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]));
    const data = Buffer.concat(parts);
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(txt, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([head, question.subarray(12), ...answers]);
}
