import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DnsError } from '../../schemas/ports/index.ts';
import { type DnsServer, startDnsServer } from '../../tests/support/dns-server.ts';
import { createSystemDns } from '../adapters/node/dns.ts';
import { createHttpsDns } from '../adapters/worker/dns.ts';
import { normalHost } from './host-name.ts';

describe('TXT records', () => {
  let server: DnsServer;
  before(async () => {
    server = await startDnsServer();
    server.records.set('one.example', ['plain', 'say "yes"', `long ${'x'.repeat(300)}`]);
  });
  after(() => server.stop());
  const adapters = {
    'by UDP': () => createSystemDns({ servers: [server.server] }),
    'by HTTPS': () => createHttpsDns({ url: server.url }),
  };
  for (const [name, create] of Object.entries(adapters)) {
    it(`${name}: whole texts, none for a name that is not there, an error for no answer`, async () => {
      const dns = create();
      assert.deepEqual([...(await dns.txt('one.example'))].sort(), [...server.records.get('one.example')!].sort());
      assert.deepEqual(await dns.txt('two.example'), []);
      server.silent = true;
      await assert.rejects(dns.txt('one.example'), DnsError);
      server.silent = false;
    });
  }
});

describe('host names', () => {
  it('are taken in one form', () => {
    assert.equal(normalHost(' Book.Rosa.Example '), 'book.rosa.example');
    assert.equal(normalHost('bücher.example'), 'xn--bcher-kva.example');
    assert.equal(normalHost('book.rosa.example.'), 'book.rosa.example');
  });
  it('are refused where they are none', () => {
    const none = [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '2130706433',
      '0x7f.1',
      'a.b:8080',
      'a.b/c',
      'u@a.b',
      '-a.b',
      'a..b',
      '*.a.b',
      '',
      `${'a'.repeat(64)}.b`,
      'a_b.c',
    ];
    for (const text of none) assert.equal(normalHost(text), undefined, text);
  });
});
