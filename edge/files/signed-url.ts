/** Addresses that carry their own permission: one method, one file, one content type and size, until an instant (FI-05). */
import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import { Problem } from '../../schemas/errors/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { FileRow } from './file-row.ts';

export interface Permission {
  readonly method: 'PUT' | 'GET';
  readonly clientId: string;
  readonly fileId: string;
  /** Epoch seconds. */
  readonly expires: number;
  /** Of an upload; empty and 0 for a download. */
  readonly type: string;
  readonly size: number;
  /** Recipe of the picture that is meant; empty for the file itself. */
  readonly variant?: string;
  /** Number of the part that is meant, from 1; 0 for all of the file at once. */
  readonly part?: number;
}

type Signer = Pick<Runtime, 'secrets' | 'config'>;

// A module's name has no colon, so no module can make such a token.
const signatureOf = (
  { secrets }: Signer,
  { method, clientId, fileId, expires, type, size, variant = '', part = 0 }: Permission,
): string =>
  secrets.token(clientId, ['files:signed', method, fileId, `${expires}`, type, `${size}`, variant, `${part}`]);

export function signedUrl(signer: Signer, permission: Permission): string {
  const { method, clientId, fileId, expires, type, size, variant, part } = permission;
  const query = new URLSearchParams({ client: clientId, expires: `${expires}` });
  if (method === 'PUT') {
    query.set('type', type);
    query.set('size', `${size}`);
    if (part) query.set('part', `${part}`);
  }
  if (variant) query.set('variant', variant);
  query.set('signature', signatureOf(signer, permission));
  return `${signer.config.publicUrl}${contentPath(fileId)}?${query}`;
}

/** Of a public file: good for as long as the file is. */
export const lastingUrl = ({ config }: Signer, clientId: string, fileId: string, variant: string): string =>
  `${config.publicUrl}${contentPath(fileId)}?client=${clientId}${variant && `&variant=${variant}`}`;

/** Seconds an upload may begin in. */
export const UPLOAD_SECONDS = 900;

/** Where and how a file's bytes are sent, or those of one part of it; `size` is what this address takes. */
export function signedUpload(
  runtime: Signer & Pick<Runtime, 'ports'>,
  clientId: string,
  { id, declaredType, size }: Pick<FileRow, 'id' | 'declaredType' | 'size'>,
  part = 0,
) {
  const expires = Math.floor(runtime.ports.clock.now() / 1000) + UPLOAD_SECONDS;
  const permission = { method: 'PUT', clientId, fileId: id, expires, type: declaredType, size, part } as const;
  return {
    method: 'PUT',
    url: signedUrl(runtime, permission),
    headers: { 'content-type': declaredType },
    expiresAt: new Date(expires * 1000).toISOString(),
  };
}

const contentPath = (fileId: string): string => `/api/files/${fileId}/content`;

/** What the address permits. Throws FORBIDDEN, the same for one that is forged, altered or over, before anything is looked up. */
export function readPermission(
  signer: Signer,
  method: Permission['method'],
  fileId: string,
  query: URLSearchParams,
  now: number,
): Permission {
  const number = (name: string) => (/^\d{1,15}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : 0);
  const permission: Permission = {
    method,
    clientId: query.get('client') ?? '',
    fileId,
    expires: number('expires'),
    type: method === 'PUT' ? (query.get('type') ?? '') : '',
    size: method === 'PUT' ? number('size') : 0,
    variant: query.get('variant') ?? '',
    part: number('part'),
  };
  const given = Buffer.from(query.get('signature') ?? '');
  const right = Buffer.from(signatureOf(signer, permission));
  const isRight = given.length === right.length && timingSafeEqual(given, right);
  if (!isRight || permission.expires * 1000 < now) {
    throw Problem.of('FORBIDDEN', { detail: 'This address is not valid, or no longer. Ask for a new one.' });
  }
  return permission;
}
