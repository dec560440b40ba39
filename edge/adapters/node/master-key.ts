/** The installation's master key: 32 random bytes in a file that only its owner reads. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const LENGTH = 32;

/** Creates the file at the first start. Throws when it holds anything else: a new key would lock out all that the old one sealed. */
export function readMasterKey(file: string): Uint8Array {
  const key = read(file) ?? create(file);
  if (key.length !== LENGTH) {
    throw new Error(`${file} does not hold a key of ${LENGTH} bytes in base64url: restore it from a backup.`);
  }
  chmodSync(file, 0o600);
  return new Uint8Array(key);
}

function read(file: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function create(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(LENGTH).toString('base64url')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    // A link never replaces: of two processes that start at once, both go on with the first one's key.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return read(file)!;
}
