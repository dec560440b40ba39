/** Says from a file's first bytes what it is; what it is called and what its sender claims count for nothing (FI-02). */
import { Buffer } from 'node:buffer';

/** How many bytes `sniff` wants to see, where there are so many. */
export const SNIFFED_BYTES = 4096;

type Signature = readonly [at: number, bytes: string];

/** Latin-1 text that stands at an offset; all of them must match. */
const signatures: readonly (readonly [mime: string, ...Signature[]])[] = [
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBP']],
  ['image/avif', [4, 'ftypavif']],
  ['image/heic', [4, 'ftypheic']],
  ['application/pdf', [0, '%PDF-']],
  ['application/zip', [0, 'PK\x03\x04']],
  ['application/gzip', [0, '\x1f\x8b\x08']],
  ['audio/mpeg', [0, 'ID3']],
  ['audio/ogg', [0, 'OggS']],
  ['audio/wav', [0, 'RIFF'], [8, 'WAVE']],
  ['video/mp4', [4, 'ftypisom']],
  ['video/mp4', [4, 'ftypmp42']],
  ['video/quicktime', [4, 'ftypqt  ']],
  ['video/webm', [0, '\x1a\x45\xdf\xa3']],
];

/** Types that a browser may show in place: it decodes them and runs nothing. SVG is a document with scripts and is not among them. */
export const shownInline: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]);

/** Plain text has no signature, so it counts as that only where the sender said so too and no markup is in sight. */
const textTypes: ReadonlySet<string> = new Set(['text/plain', 'text/csv', 'text/calendar', 'application/json']);

const unknown = 'application/octet-stream';

/** `declared` is the sender's content type. */
export function sniff(head: Uint8Array, declared: string): string {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, SNIFFED_BYTES)).toString('latin1');
  for (const [mime, ...parts] of signatures) {
    if (parts.every(([at, bytes]) => text.startsWith(bytes, at))) return mime;
  }
  const type = declared.split(';', 1)[0]!.trim().toLowerCase();
  return textTypes.has(type) && isPlainText(head) ? type : unknown;
}

function isPlainText(head: Uint8Array): boolean {
  // The last character may be cut in two where the file goes on.
  const whole = head.byteLength < SNIFFED_BYTES;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head.subarray(0, SNIFFED_BYTES), {
      stream: !whole,
    });
  } catch {
    return false;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those tell binary data from text
  return !/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text) && !/<[a-z!?/]/i.test(text);
}
