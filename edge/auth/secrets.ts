/** Random secrets and the form they are stored in. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as 43 base64url characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a secret that has 256 bits of its own; it needs no slow hash. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
