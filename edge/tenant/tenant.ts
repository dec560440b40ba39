/** A client as the engine needs it: its store, what is installed, settings and sites. */
import type { SiteContext } from '../../schemas/module/index.ts';
import type { AnalyticsMode, SiteTheme } from '../../schemas/protocol/index.ts';
import type { SiteCaptchaKeys } from '../captcha/site-captcha.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Explanation } from '../engine/constraints.ts';

export interface TenantSite extends SiteContext {
  readonly theme: SiteTheme;
  readonly analytics: AnalyticsMode;
  /** Undefined where visitors are asked for work. */
  readonly captcha?: SiteCaptchaKeys | undefined;
  readonly origins: readonly string[];
  /** Module -> this site's settings over the client's; only modules that are enabled here. */
  readonly modules: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export interface Tenant {
  readonly agencyId: string;
  readonly client: { readonly id: string; readonly name: string; readonly zone: string };
  /** Name of its database. */
  readonly store: string;
  /** The same array as long as nothing was installed or removed. */
  readonly modules: readonly CompiledModule[];
  readonly byName: ReadonlyMap<string, CompiledModule>;
  /** Module -> the client's settings, with defaults. */
  readonly settings: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly sites: readonly TenantSite[];
  /** Whether a module of this client hears the event. */
  isHeard(event: string): boolean;
  explain(message: string): Explanation | undefined;
}

export interface SiteOfTenant {
  readonly tenant: Tenant;
  readonly site: TenantSite;
}

/** Answers at once for a client met lately. */
export interface Tenants {
  /** Undefined when the client is unknown or deleted. */
  byClient(clientId: string): Tenant | undefined | Promise<Tenant | undefined>;
  bySiteKey(siteKey: string): SiteOfTenant | undefined | Promise<SiteOfTenant | undefined>;
  /** Whether any site has registered the origin. */
  knowsOrigin(origin: string): Promise<boolean>;
  forget(clientId: string): void;
}
