import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shownInline, sniff } from './sniff.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

it('FI-02 HTML, SVG and XML are octet-streams, whatever the sender claims', () => {
  const documents = [
    '<!doctype html><script>alert(1)</script>',
    '\n\n <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?><svg/>',
    'text that goes on <b>and then</b>',
    '\ufeff<html>',
  ];
  for (const document of documents) {
    for (const claim of ['image/jpeg', 'text/plain', 'text/html', 'image/svg+xml', 'application/json']) {
      assert.equal(sniff(new Uint8Array(Buffer.from(document)), claim), 'application/octet-stream', document);
    }
  }
});

it('FI-02 signatures decide, claims do not', () => {
  assert.equal(sniff(bytes('\x89PNG\r\n\x1a\n....'), 'text/html'), 'image/png');
  assert.equal(sniff(bytes('\xff\xd8\xff\xe0'), 'image/png'), 'image/jpeg');
  assert.equal(sniff(bytes('GIF89a/*<script>*/'), 'text/html'), 'image/gif');
  assert.equal(sniff(bytes('RIFF\0\0\0\0WEBPVP8 '), ''), 'image/webp');
  assert.equal(sniff(bytes('RIFF\0\0\0\0WAVEfmt '), ''), 'audio/wav');
  assert.equal(sniff(bytes('%PDF-1.7'), 'image/png'), 'application/pdf');
  assert.equal(sniff(bytes('PK\x03\x04'), 'text/plain'), 'application/zip');
  assert.equal(sniff(bytes(''), 'image/png'), 'application/octet-stream');
});

it('text is text only where the sender says so and nothing in it speaks against it', () => {
  assert.equal(sniff(bytes('a,b\n1,2'), 'text/csv; charset=utf-8'), 'text/csv');
  assert.equal(sniff(bytes('a,b\n1,2'), 'application/zip'), 'application/octet-stream');
  assert.equal(sniff(bytes('a\0b'), 'text/plain'), 'application/octet-stream');
  assert.equal(sniff(bytes('\xff\xfe'), 'text/plain'), 'application/octet-stream');
  const cut = new Uint8Array(Buffer.from(`${'a'.repeat(4095)}ž`));
  assert.equal(sniff(cut, 'text/plain'), 'text/plain');
});

it('nothing that holds scripts is shown in place', () => {
  for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'text/plain']) assert.ok(!shownInline.has(type));
});
