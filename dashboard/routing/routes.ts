/** Every screen of the desk, by path; each is loaded when it is first asked for. */
import type { Params } from './match.ts';

export interface Route {
  readonly path: string;
  readonly tag: string;
  readonly load: () => Promise<CustomElementConstructor>;
  /** Open without a session. */
  readonly open?: boolean;
}

export type Screen = HTMLElement & { params: Params; focusHeading?: () => Promise<void> };

export const routes: readonly Route[] = [
  {
    path: '/signin',
    tag: 'desk-sign-in',
    open: true,
    load: async () => (await import('../screens/sign-in.ts')).SignInScreen,
  },
  {
    path: '/signup',
    tag: 'desk-sign-up',
    open: true,
    load: async () => (await import('../screens/sign-up.ts')).SignUpScreen,
  },
  {
    path: '/invite/:token',
    tag: 'desk-accept-invitation',
    open: true,
    load: async () => (await import('../screens/accept-invitation.ts')).AcceptInvitation,
  },
  { path: '/', tag: 'desk-overview', load: async () => (await import('../screens/overview.ts')).Overview },
  { path: '/clients', tag: 'desk-clients', load: async () => (await import('../screens/clients.ts')).Clients },
  { path: '/members', tag: 'desk-members', load: async () => (await import('../screens/members.ts')).Members },
  { path: '/updates', tag: 'desk-updates', load: async () => (await import('../screens/updates.ts')).Updates },
  { path: '/audit', tag: 'desk-audit', load: async () => (await import('../screens/audit.ts')).Audit },
  {
    path: '/clients/:id',
    tag: 'desk-client',
    load: async () => (await import('../screens/client-overview.ts')).ClientOverview,
  },
  {
    path: '/clients/:id/modules',
    tag: 'desk-client-modules',
    load: async () => (await import('../screens/client-modules.ts')).ClientModules,
  },
  {
    path: '/clients/:id/data',
    tag: 'desk-client-data',
    load: async () => (await import('../screens/client-data.ts')).ClientData,
  },
  {
    path: '/clients/:id/work',
    tag: 'desk-background-work',
    load: async () => (await import('../screens/background-work.ts')).BackgroundWork,
  },
  {
    path: '/clients/:id/keys',
    tag: 'desk-api-keys',
    load: async () => (await import('../screens/api-keys.ts')).ApiKeys,
  },
  {
    path: '/clients/:id/sites/:site',
    tag: 'desk-site',
    load: async () => (await import('../screens/site.ts')).SiteScreen,
  },
  {
    path: '/clients/:id/sites/:site/analytics',
    tag: 'desk-analytics',
    load: async () => (await import('../screens/analytics.ts')).AnalyticsScreen,
  },
  {
    path: '/clients/:id/m/:module/s/:screen',
    tag: 'desk-module-screen',
    load: async () => (await import('../screens/module-screen.ts')).ModuleScreen,
  },
  {
    path: '/clients/:id/m/:module/:entity',
    tag: 'desk-entity-list',
    load: async () => (await import('../generic/entity-list.ts')).EntityList,
  },
  {
    path: '/clients/:id/m/:module/:entity/import',
    tag: 'desk-entity-import',
    load: async () => (await import('../generic/entity-import.ts')).EntityImport,
  },
  {
    path: '/clients/:id/m/:module/:entity/:record',
    tag: 'desk-entity-record',
    load: async () => (await import('../generic/entity-record.ts')).EntityRecord,
  },
];
