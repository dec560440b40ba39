/** What every verb of the engine needs, assembled once by the app. */
import type { Ports } from '../../schemas/ports/index.ts';
import type { Config } from '../config.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { AuditAnchors } from './audit/anchors.ts';
import type { Stores } from './store/stores.ts';

export interface Runtime {
  readonly ports: Ports;
  readonly config: Config;
  readonly stores: Stores;
  readonly secrets: Secrets;
  /** The ends of the stores' audit trails. */
  readonly anchors: AuditAnchors;
  readonly outbox: {
    /** Has what this client's store has due at `at` (epoch milliseconds) done in the background, at once or at that time. */
    wake(tenant: Tenant, at: number): void;
    /** This client's store has been written to. */
    wrote(tenant: Tenant): void;
  };
}

/** Keys and tokens derived from the installation's master key. */
export interface Secrets {
  /** Signs cursors. */
  readonly cursorKey: Uint8Array;
  /** AES-256 key of a client's encrypted fields. */
  fieldKey(clientId: string): Uint8Array;
  /** HMAC-SHA-256 key of a client's audit rows. */
  auditKey(clientId: string): Uint8Array;
  /** 128 bits as base64url, the same for the same parts. */
  token(clientId: string, parts: readonly string[]): string;
  /** Turns an address into something that can be counted but not read. */
  callerHash(address: string): string;
}
