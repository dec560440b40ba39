/** The control plane: every route of schemas/protocol/control.ts. */
import { Hono } from 'hono';
import { hostRoutes } from '../domains/routes.ts';
import type { AppEnv } from '../http/env.ts';
import { acceptInvitationRoutes } from './accept-invitation.ts';
import { agencyRoutes } from './agency.ts';
import { analyticsRoutes } from './analytics.ts';
import { analyticsOverviewRoutes } from './analytics-overview.ts';
import { auditRoutes } from './audit.ts';
import { clientRoutes } from './clients.ts';
import { contractRoutes } from './contract.ts';
import { deliveryRoutes } from './deliveries.ts';
import type { ControlDeps } from './deps.ts';
import { heldUpdatesRoutes } from './held-updates.ts';
import { installationVersionRoutes } from './installation-versions.ts';
import { installationRoutes } from './installations.ts';
import { invitationRoutes } from './invitations.ts';
import { jwksRoutes } from './jwks.ts';
import { keyRoutes } from './keys.ts';
import { memberRoutes } from './members.ts';
import { moduleRoutes } from './modules.ts';
import { originRoutes } from './origins.ts';
import { quarantineRoutes } from './quarantine.ts';
import { removedClientRoutes } from './removed-clients.ts';
import { removedModuleRoutes } from './removed-modules.ts';
import { rolloutRoutes } from './rollouts.ts';
import { sessionRoutes } from './session.ts';
import { signInRoutes } from './sign-in.ts';
import { signUpRoutes } from './sign-up.ts';
import { siteCaptchaRoutes } from './site-captcha.ts';
import { siteModuleRoutes } from './site-modules.ts';
import { siteRoutes } from './sites.ts';
import { snapshotRoutes } from './snapshots.ts';
import { snippetRoutes } from './snippet.ts';
import { wordpressPluginRoutes } from './wordpress-plugin.ts';

const rooms = [
  signUpRoutes,
  signInRoutes,
  sessionRoutes,
  agencyRoutes,
  heldUpdatesRoutes,
  memberRoutes,
  acceptInvitationRoutes,
  invitationRoutes,
  clientRoutes,
  removedClientRoutes,
  siteRoutes,
  originRoutes,
  hostRoutes,
  siteModuleRoutes,
  siteCaptchaRoutes,
  snippetRoutes,
  wordpressPluginRoutes,
  moduleRoutes,
  installationRoutes,
  installationVersionRoutes,
  contractRoutes,
  removedModuleRoutes,
  quarantineRoutes,
  rolloutRoutes,
  snapshotRoutes,
  keyRoutes,
  deliveryRoutes,
  auditRoutes,
  analyticsRoutes,
  analyticsOverviewRoutes,
  jwksRoutes,
] as const;

/** Paths are whole (`/api/...`), so it is mounted at `/`; errors go to the app's `onError`. */
export function controlRoutes(deps: ControlDeps): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const room of rooms) routes.route('/', room(deps));
  return routes;
}
