/** What the control plane's routes need from the composition. */
import type { FieldProblem } from '../../schemas/errors/index.ts';
import type { Ports } from '../../schemas/ports/index.ts';
import type { AuditVerdict, WidgetFile } from '../../schemas/protocol/index.ts';
import type { Auth } from '../auth/auth.ts';
import type { Config } from '../config.ts';
import type { ModuleCatalog } from '../control/catalog.ts';
import type { ControlDatabase } from '../control/database.ts';
import type { OriginIndex } from '../control/origins.ts';
import type { HostDeps } from '../domains/verify-host.ts';
import type { Vouch } from '../engine/audit/vouch.ts';
import type { ClientIp } from '../http/client-ip.ts';
import type { VersionService } from '../versions/service.ts';
import type { ClientDeliveries } from './deliveries.ts';

export interface ControlDeps {
  readonly db: ControlDatabase;
  readonly ports: Pick<Ports, 'assets' | 'captchaService' | 'clock' | 'databases' | 'limiter' | 'mailer' | 'scheduler'>;
  readonly config: Pick<Config, 'publicUrl' | 'mailFrom' | 'masterKey'>;
  readonly auth: Auth;
  readonly catalog: ModuleCatalog;
  readonly clientIp: ClientIp;
  readonly deliveries: ClientDeliveries;
  /** Looks at every row of the audit trail in a client's store. */
  readonly verifyAudit: (clientId: string) => Promise<AuditVerdict>;
  /** Moves the anchor of an audit trail on over what is right in a store or a copy of it. */
  readonly vouch: Vouch;
  readonly versions: VersionService;
  /** Keeps a site's script as it is now; hexadecimal hash, and integrity for the script element. */
  readonly pinScript: (siteKey: string) => Promise<{ readonly hash: string; readonly integrity: string }>;
  /** What a module's widgets show first on a site; null where there is nothing, or the site does not show it. */
  readonly prefetchOf: (siteKey: string, module: string) => Promise<unknown>;
  /** What a module's own button says in a language; undefined where it has no words of its own. */
  readonly launcherWords: (module: string, locale: string) => Promise<string | undefined>;
  /** Files that a site's page asks for to show widgets first, by their tags; `framed` where they are to show in a frame. */
  readonly firstFiles: (siteKey: string, tags: readonly string[], framed: boolean) => Promise<readonly WidgetFile[]>;
  readonly origins: OriginIndex;
  readonly domains: HostDeps;
  /** What is wrong with a module's settings, with pointers into them; nothing when they are fine. */
  readonly validateSettings: (
    module: string,
    settings: Readonly<Record<string, unknown>>,
  ) => readonly FieldProblem[] | Promise<readonly FieldProblem[]>;
  /** After a committed change that a cached tenant context depends on. */
  readonly onTenantChange: (clientId: string) => void | Promise<void>;
}
