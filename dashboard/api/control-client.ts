/** The control plane as the dashboard calls it: cookie session, same origin, `{data}` unwrapped. */
import type {
  AccessToken,
  AnalyticsFunnel,
  AnalyticsMode,
  AnalyticsOfSite,
  AnalyticsReport,
  AnalyticsVital,
  ApiKey,
  AuditEntry,
  Client,
  Contraction,
  ContractPlan,
  Delivery,
  DeliveryState,
  ErasurePreview,
  ErasureProof,
  HeldUpdates,
  ImportReport,
  Installation,
  Invitation,
  ListEnvelope,
  Member,
  MembershipRole,
  ModuleSummary,
  ModuleVersion,
  Quarantine,
  RefusedOrigin,
  RemovedClient,
  RemovedModule,
  Rollout,
  Session,
  SignIn,
  SignUp,
  Site,
  SiteCaptcha,
  SiteHost,
  SiteModule,
  SiteOrigin,
  SiteTheme,
  Snapshot,
  Snippet,
  VersionPlan,
} from '../../schemas/protocol/index.ts';
import { type Call, type Fetch, send } from './http.ts';

export interface InvitationOffer {
  readonly agencyName: string;
  readonly email: string;
  readonly role: MembershipRole;
}

export class ControlClient {
  readonly #fetch: Fetch;
  /** Called when the session has ended, so that the shell can ask to sign in again. */
  signedOut: () => void = () => {};

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  async #whole<T>(call: Call): Promise<T> {
    return send<T>(this.#fetch, call).catch(error => {
      if (error.status === 401 && call.path !== '/api/session') this.signedOut();
      throw error;
    });
  }
  async #call<T>(call: Call): Promise<T> {
    const reply = await this.#whole<{ data: T } | undefined>(call);
    return reply?.data as T;
  }
  #get = <T>(path: string) => this.#call<T>({ path });
  /** Every page of a list. */
  async #all<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const found: T[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const parameters = new URLSearchParams({ ...query, ...(after ? { 'page[after]': after } : {}) });
      const { data, page } = await this.#whole<ListEnvelope<T>>({
        path: parameters.size ? `${path}?${parameters}` : path,
      });
      found.push(...data);
      after = page?.after ?? null;
    }
    return found;
  }
  #write = <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    this.#call<T>({ method, path, body, intent: crypto.randomUUID() });

  session = () => this.#get<Session>('/api/session');
  signIn = (body: SignIn) => this.#call<Session>({ method: 'POST', path: '/api/session', body });
  signUp = (body: SignUp) => this.#write<Session>('POST', '/api/signup', body);
  signOut = () => this.#call<void>({ method: 'DELETE', path: '/api/session' });
  token = (clientId: string) =>
    this.#call<AccessToken>({ method: 'POST', path: '/api/session/token', body: { clientId } });

  members = () => this.#get<Member[]>('/api/members');
  removeMember = (id: string) => this.#write<void>('DELETE', `/api/members/${id}`);
  invitations = () => this.#get<Invitation[]>('/api/invitations');
  invite = (body: { email: string; role: MembershipRole; clientId?: string }) =>
    this.#write<Invitation>('POST', '/api/invitations', body);
  withdrawInvitation = (id: string) => this.#write<void>('DELETE', `/api/invitations/${id}`);
  invitationOffer = (token: string) =>
    this.#get<InvitationOffer>(`/api/invitations/lookup/${encodeURIComponent(token)}`);
  acceptInvitation = (token: string, body: { name: string; password: string }) =>
    this.#write<Session>('POST', `/api/invitations/accept/${encodeURIComponent(token)}`, body);

  clients = () => this.#all<Client>('/api/clients');
  client = (id: string) => this.#get<Client>(`/api/clients/${id}`);
  createClient = (body: { name: string; zone: string }) => this.#write<Client>('POST', '/api/clients', body);
  updateClient = (id: string, body: { name?: string; zone?: string }) =>
    this.#write<Client>('PATCH', `/api/clients/${id}`, body);
  deleteClient = (id: string) => this.#write<void>('DELETE', `/api/clients/${id}`);

  sites = (clientId: string) => this.#get<Site[]>(`/api/clients/${clientId}/sites`);
  site = (id: string) => this.#get<Site>(`/api/sites/${id}`);
  createSite = (clientId: string, body: { name: string; zone?: string }) =>
    this.#write<Site>('POST', `/api/clients/${clientId}/sites`, body);
  updateSite = (id: string, body: { name?: string; locale?: string; theme?: SiteTheme; analytics?: AnalyticsMode }) =>
    this.#write<Site>('PATCH', `/api/sites/${id}`, body);
  analytics = (siteId: string, query: Readonly<Record<string, string>>) =>
    this.#get<AnalyticsReport>(`/api/sites/${siteId}/analytics?${new URLSearchParams(query)}`);
  funnels = (siteId: string, query: Readonly<Record<string, string>>) =>
    this.#get<AnalyticsFunnel[]>(`/api/sites/${siteId}/analytics/funnels?${new URLSearchParams(query)}`);
  vitals = (siteId: string, query: Readonly<Record<string, string>>) =>
    this.#get<AnalyticsVital[]>(`/api/sites/${siteId}/analytics/vitals?${new URLSearchParams(query)}`);
  overview = (query: Readonly<Record<string, string>>) => this.#all<AnalyticsOfSite>('/api/analytics', query);
  deleteSite = (id: string) => this.#write<void>('DELETE', `/api/sites/${id}`);
  origins = (siteId: string) => this.#get<SiteOrigin[]>(`/api/sites/${siteId}/origins`);
  refusedOrigins = (siteId: string) => this.#get<RefusedOrigin[]>(`/api/sites/${siteId}/refused-origins`);
  addOrigin = (siteId: string, origin: string) =>
    this.#write<SiteOrigin>('POST', `/api/sites/${siteId}/origins`, { origin });
  captcha = (siteId: string) => this.#get<SiteCaptcha>(`/api/sites/${siteId}/captcha`);
  setCaptcha = (siteId: string, body: SiteCaptcha & { secret?: string }) =>
    this.#write<SiteCaptcha>('PUT', `/api/sites/${siteId}/captcha`, body);
  hosts = (siteId: string) => this.#get<SiteHost[]>(`/api/sites/${siteId}/hosts`);
  addHost = (siteId: string, host: string) => this.#write<SiteHost>('POST', `/api/sites/${siteId}/hosts`, { host });
  verifyHost = (siteId: string, id: string) =>
    this.#write<SiteHost>('POST', `/api/sites/${siteId}/hosts/${id}/verify`, {});
  removeHost = (siteId: string, id: string) => this.#write<void>('DELETE', `/api/sites/${siteId}/hosts/${id}`);
  removeOrigin = (siteId: string, id: string) => this.#write<void>('DELETE', `/api/sites/${siteId}/origins/${id}`);
  siteModules = (siteId: string) => this.#get<SiteModule[]>(`/api/sites/${siteId}/modules`);
  setSiteModule = (siteId: string, module: string, enabled: boolean) =>
    this.#write<SiteModule>('PUT', `/api/sites/${siteId}/modules/${module}`, { enabled });
  snippet = (siteId: string, query: Readonly<Record<string, string>>) =>
    this.#get<Snippet>(`/api/sites/${siteId}/snippet?${new URLSearchParams(query)}`);
  pinnedSnippet = (siteId: string, query: Readonly<Record<string, string>>) =>
    this.#write<Snippet>('POST', `/api/sites/${siteId}/pins?${new URLSearchParams(query)}`, {});

  modules = () => this.#get<ModuleSummary[]>('/api/modules');
  module = (name: string) => this.#get<ModuleSummary>(`/api/modules/${name}`);
  installations = (clientId: string) => this.#get<Installation[]>(`/api/clients/${clientId}/installations`);
  /** `version` is exact; without it the newest that fits. */
  install = (clientId: string, module: string, version?: string) =>
    this.#write<Installation>('POST', `/api/clients/${clientId}/installations`, {
      module,
      ...(version && { version }),
    });
  planInstall = (clientId: string, module: string) =>
    this.#call<VersionPlan>({
      method: 'POST',
      path: `/api/clients/${clientId}/installations`,
      body: { module, dryRun: true },
    });
  versions = (clientId: string, module: string) =>
    this.#get<ModuleVersion[]>(`/api/clients/${clientId}/installations/${module}/versions`);
  planUpgrade = (clientId: string, module: string, version: string | null) =>
    this.#call<VersionPlan>({
      method: 'POST',
      path: `/api/clients/${clientId}/installations/${module}/upgrade`,
      body: { dryRun: true, ...(version && { version }) },
    });
  upgrade = (clientId: string, module: string, body: { version: string; consent: readonly string[] }) =>
    this.#write<VersionPlan>('POST', `/api/clients/${clientId}/installations/${module}/upgrade`, body);
  rollback = (clientId: string, module: string) =>
    this.#write<Installation>('POST', `/api/clients/${clientId}/installations/${module}/rollback`, {});
  pin = (clientId: string, module: string, pinned: boolean) =>
    this.#write<Installation>('PATCH', `/api/clients/${clientId}/installations/${module}`, { pinned });
  /** For good: there is no way back to the version before any more. */
  giveUpRollback = (clientId: string, module: string) =>
    this.#write<Installation>('PATCH', `/api/clients/${clientId}/installations/${module}`, { previousVersion: null });
  leftovers = (clientId: string, module: string) =>
    this.#get<ContractPlan>(`/api/clients/${clientId}/installations/${module}/contract`);
  takeAway = (clientId: string, module: string, parts: readonly string[]) =>
    this.#write<Contraction>('POST', `/api/clients/${clientId}/installations/${module}/contract`, { parts });
  configure = (clientId: string, module: string, settings: Readonly<Record<string, unknown>>) =>
    this.#write<Installation>('PATCH', `/api/clients/${clientId}/installations/${module}`, { settings });
  uninstall = (clientId: string, module: string) =>
    this.#write<void>('DELETE', `/api/clients/${clientId}/installations/${module}`);

  deliveries = (clientId: string, state: DeliveryState, size: number, skip: number) =>
    this.#get<Delivery[]>(`/api/clients/${clientId}/deliveries?state=${state}&page[size]=${size}&page[after]=${skip}`);
  replayDelivery = (clientId: string, id: string) =>
    this.#write<void>('POST', `/api/clients/${clientId}/deliveries/${id}/replay`, {});
  discardDelivery = (clientId: string, id: string) =>
    this.#write<void>('POST', `/api/clients/${clientId}/deliveries/${id}/discard`, {});

  snapshots = (clientId: string) => this.#get<Snapshot[]>(`/api/clients/${clientId}/snapshots`);
  takeSnapshot = (clientId: string) => this.#write<Snapshot>('POST', `/api/clients/${clientId}/snapshots`, {});
  restoreSnapshot = (clientId: string, id: string) =>
    this.#write<void>('POST', `/api/clients/${clientId}/snapshots/${id}/restore`, {});
  dropSnapshot = (clientId: string, id: string) =>
    this.#write<void>('DELETE', `/api/clients/${clientId}/snapshots/${id}`);
  quarantine = (clientId: string) => this.#get<Quarantine | null>(`/api/clients/${clientId}/quarantine`);
  releaseQuarantine = (clientId: string) =>
    this.#write<void>('POST', `/api/clients/${clientId}/quarantine/release`, {});
  removedModules = (clientId: string) => this.#get<RemovedModule[]>(`/api/clients/${clientId}/removed-modules`);
  rollouts = () => this.#get<Rollout[]>('/api/rollouts');
  heldUpdates = () => this.#get<HeldUpdates>('/api/agency/updates');
  holdUpdates = (held: boolean) => this.#write<HeldUpdates>('PUT', '/api/agency/updates', { held });
  removedClients = () => this.#get<RemovedClient[]>('/api/removed-clients');
  restoreClient = (id: string) => this.#write<Client>('POST', `/api/removed-clients/${id}/restore`, {});
  purgeClient = (id: string, confirm: string) => this.#write<void>('POST', `/api/clients/${id}/purge`, { confirm });
  previewErasure = (clientId: string, who: { email: string } | { person: string }) =>
    this.#call<ErasurePreview>({
      method: 'POST',
      path: `/api/clients/${clientId}/erase-person`,
      body: { ...who, dryRun: true },
    });
  /** Sent once: a second try would find nobody, and its answer would hide the proof. */
  erasePerson = (clientId: string, who: { email: string } | { person: string }) =>
    this.#call<ErasureProof>({ method: 'POST', path: `/api/clients/${clientId}/erase-person`, body: who });
  importArchive = (clientId: string, archive: Blob) =>
    this.#call<ImportReport>({ method: 'POST', path: `/api/clients/${clientId}/import`, archive });
  cloneSite = (siteId: string, body: { name: string; clientId: string }) =>
    this.#write<Site>('POST', `/api/sites/${siteId}/clone`, body);

  keys = (clientId: string) => this.#get<ApiKey[]>(`/api/clients/${clientId}/keys`);
  createKey = (clientId: string, body: { name: string; scopes: readonly string[]; expiresAt: string | null }) =>
    this.#write<ApiKey>('POST', `/api/clients/${clientId}/keys`, body);
  revokeKey = (clientId: string, id: string) => this.#write<void>('DELETE', `/api/clients/${clientId}/keys/${id}`);
  audit = (clientId?: string) => this.#get<AuditEntry[]>(`/api/audit${clientId ? `?clientId=${clientId}` : ''}`);
}
