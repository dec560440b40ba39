/** Who calls. Made in one place from a verified credential, and trusted everywhere after. */
import type { MembershipRole } from './control.ts';

/**
 * `user`: agency staff or a client's own people. `visitor`: a browser on a customer's page. `customer`: an end customer
 * who proved an address. `key`: an API key. `system`, `module`, `ai`: the platform itself, a module, an assistant.
 */
export type ActorKind = 'user' | 'visitor' | 'customer' | 'key' | 'system' | 'module' | 'ai';

export interface Actor {
  readonly kind: ActorKind;
  readonly id: string | null;
  /** Of a person who signed in. */
  readonly name?: string | undefined;
  readonly agencyId: string;
  readonly clientId: string | null;
  readonly siteId: string | null;
  readonly role: MembershipRole | null;
  /** Null where the role decides; `*` stands for all. */
  readonly scopes: readonly string[] | null;
  /** Origin of the page, of a visitor. */
  readonly origin: string | null;
  /** Modules that the site has enabled to which a token is bound; absent for who meets them all. */
  readonly modules?: ReadonlySet<string>;
}
