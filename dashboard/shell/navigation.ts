/** Left navigation: the agency, the client at hand, and everything its modules offer. */
import { css, html, nothing } from 'lit';
import type { Client } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import type { Params } from '../routing/match.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { DeskElement } from './desk-element.ts';
import { type Destination, moduleDestinations } from './destinations.ts';
import { applyScheme, readScheme, type Scheme } from './scheme.ts';

/** @tag desk-navigation */
export class Navigation extends DeskElement {
  static override properties = {
    params: { attribute: false },
    path: { attribute: false },
    scheme: { state: true },
    term: { state: true },
  };
  declare params: Params;
  declare path: string;
  declare scheme: Scheme;
  declare term: string;

  readonly #clients = this.resource<Client[]>(() =>
    this.session && !this.session.clientId ? { key: 'clients', read: () => this.api.control.clients() } : null,
  );

  constructor() {
    super();
    this.scheme = readScheme();
    this.term = '';
  }

  protected override render() {
    const { session } = this;
    if (!session) return nothing;
    return html`
      <nav aria-label=${t('nav.label')}>
        <div class="top">
          <a class="brand clip" href="/"><span class="mark" aria-hidden="true"></span><span class="clip">${session.agency.name}</span></a>
          <button class="find" @click=${() => this.dispatchEvent(new Event('palette'))}>
            ${icon('search')}<span class="grow clip">${t('nav.find')}</span><kbd>${/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'} K</kbd>
          </button>
        </div>
        <div class="middle">
          ${this.params['id'] ? this.#client(this.params['id']) : nothing}
          ${session.clientId ? nothing : this.#agency()}
        </div>
        ${this.#me()}
      </nav>
    `;
  }

  get #isAdmin(): boolean {
    return this.session?.role === 'owner' || this.session?.role === 'admin';
  }

  #agency() {
    return html`<section>
      ${this.params['id'] ? html`<h2 class="group-label">${t('nav.agency')}</h2>` : nothing}
      ${this.#links([
        { label: t('overview.title'), path: '/', icon: 'chart' },
        { label: t('clients.title'), path: '/clients', icon: 'people' },
        ...(this.#isAdmin ? [{ label: t('members.title'), path: '/members', icon: 'person' }] : []),
        { label: t('updates.title'), path: '/updates', icon: 'up' },
        { label: t('audit.title'), path: '/audit', icon: 'history' },
      ])}
    </section>`;
  }

  #client(id: string) {
    const base = `/clients/${id}`;
    const space = this.space?.client.id === id ? this.space : null;
    return html`
      <section>
        ${this.session?.clientId ? nothing : this.#switcher(id)}
        ${this.#links([{ label: t('client.overview'), path: base, icon: 'home' }])}
      </section>
      ${(space ? space.shown : []).map(name => {
        const manifest = space!.manifests.get(name)!;
        const links = moduleDestinations(id, manifest);
        return links.length === 0
          ? nothing
          : html`<section><h2 class="group-label">${manifest.label}</h2>${this.#links(links)}</section>`;
      })}
      <section>
        <h2 class="group-label">${t('nav.setup')}</h2>
        ${this.#links([
          { label: t('modules.title'), path: `${base}/modules`, icon: 'module' },
          { label: t('keys.title'), path: `${base}/keys`, icon: 'key' },
          ...(this.#isAdmin
            ? [
                { label: t('work.title'), path: `${base}/work`, icon: 'clock' },
                { label: t('data.title'), path: `${base}/data`, icon: 'download' },
              ]
            : []),
        ])}
      </section>
    `;
  }

  #links(links: readonly Destination[]) {
    return html`<ul>${links.map(link => {
      const here = link.path === this.path || (link.deep && this.path.startsWith(`${link.path}/`));
      return html`<li><a href=${link.path} aria-current=${here ? 'page' : nothing}>${icon(link.icon)}<span>${link.label}</span></a></li>`;
    })}</ul>`;
  }

  #switcher(id: string) {
    const clients = this.#clients.value ?? [];
    const now = clients.find(client => client.id === id) ?? this.space?.client;
    const term = this.term.toLocaleLowerCase();
    const found = clients.filter(client => client.name.toLocaleLowerCase().includes(term));
    return html`
      <button class="switch" popovertarget="clients" aria-haspopup="true">
        <span class="initial" aria-hidden="true">${now?.name.charAt(0) ?? ''}</span>
        <span class="grow clip">${now?.name ?? '…'}</span>${icon('updown')}
      </button>
      <div id="clients" popover class="menu" @toggle=${this.#opened}>
        ${
          clients.length > 7
            ? html`<input type="search" aria-label=${t('clients.search')} placeholder=${t('clients.search')} .value=${this.term}
          @input=${(event: InputEvent) => (this.term = (event.target as HTMLInputElement).value)} />`
            : nothing
        }
        <ul>${found.slice(0, 50).map(
          client => html`<li><a href=${`/clients/${client.id}`} aria-current=${client.id === id ? 'true' : nothing} @click=${this.#close}>
          <span class="grow clip">${client.name}</span>${client.id === id ? icon('check') : nothing}</a></li>`,
        )}</ul>
        <a class="foot" href="/clients" @click=${this.#close}>${t('clients.all')}</a>
      </div>
    `;
  }

  #me() {
    const { session } = this;
    const next: Scheme = this.scheme === 'auto' ? 'light' : this.scheme === 'light' ? 'dark' : 'auto';
    return html`<div class="me">
      <button class="switch plain" popovertarget="me" aria-haspopup="true">${icon('person')}<span class="grow clip">${session?.user.name}</span>${icon('updown')}</button>
      <div id="me" popover class="menu above">
        <p class="small muted clip">${session?.user.email}</p>
        <button class="plain" @click=${() => this.#look(next)}>${icon(this.scheme === 'dark' ? 'moon' : 'sun')}${t(`scheme.${this.scheme}`)}</button>
        <button class="plain" @click=${() => this.desk.signOut()}>${icon('sign-out')}${t('signOut')}</button>
      </div>
    </div>`;
  }

  #look(scheme: Scheme): void {
    this.scheme = scheme;
    applyScheme(scheme);
  }

  #opened(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    this.term = '';
    (event.target as HTMLElement).querySelector<HTMLElement>('input, a')?.focus();
  }

  readonly #close = () => this.renderRoot.querySelector<HTMLElement>('#clients')?.hidePopover();

  static override styles = [
    DeskElement.styles,
    form,
    css`
      nav { block-size: 100%; display: grid; grid-template-rows: auto 1fr auto; grid-template-columns: minmax(0, 1fr); }
      .top { display: grid; gap: 8px; padding: 16px 12px 8px; }
      .middle { overflow-y: auto; padding: 4px 12px 16px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-content: start; scrollbar-width: thin; }
      .brand { display: flex; gap: 10px; align-items: center; padding: 4px 8px; font-weight: 600; color: var(--ink); }
      .brand:hover { text-decoration: none; }
      .mark { inline-size: 18px; block-size: 18px; border-radius: 5px; flex: none; background: linear-gradient(var(--canvas), var(--canvas)) center / 6px 6px no-repeat, var(--accent); }
      .find { color: var(--muted); font-weight: 400; padding-inline: 7px 6px; }
      .find svg.icon { inline-size: 16px; block-size: 16px; }
      .group-label { font-size: 0.75rem; line-height: 1rem; font-weight: 500; color: var(--muted); padding: 0 8px 4px; }
      li a { display: flex; align-items: flex-start; gap: 10px; padding: 6px 8px; border-radius: var(--radius); color: var(--ink); overflow-wrap: anywhere; hyphens: auto; }
      li a:hover { background: var(--ghost); text-decoration: none; }
      li a svg.icon { color: var(--muted); }
      a[aria-current='page'] { background: var(--wash); color: var(--accent-text); font-weight: 500; }
      a[aria-current='page'] svg.icon { color: inherit; }
      .switch { inline-size: 100%; padding-inline: 7px 6px; margin-block-end: 4px; gap: 10px; }
      .switch svg.icon { color: var(--muted); }
      .initial { inline-size: 20px; block-size: 20px; border-radius: 5px; background: var(--wash); color: var(--accent-text); display: grid; place-items: center; font-size: 0.75rem; font-weight: 600; flex: none; }
      .me { padding: 8px 12px 12px; border-block-start: 1px solid var(--hairline); }
      .me .switch { margin: 0; }
      .menu { inset: auto; margin: 4px 0; padding: 6px; inline-size: 240px; max-block-size: min(420px, 70vh); overflow-y: auto; border: 1px solid var(--hairline); border-radius: 8px; background: var(--raised); color: inherit; box-shadow: var(--shadow); }
      .switch[popovertarget='clients'] { anchor-name: --clients; }
      .switch[popovertarget='me'] { anchor-name: --me; }
      #clients { position-anchor: --clients; position-area: block-end span-inline-end; }
      #me { position-anchor: --me; position-area: block-start span-inline-end; }
      .menu > p { padding: 4px 8px; }
      .menu > button { inline-size: 100%; justify-content: flex-start; padding-inline: 8px; }
      .menu li a { padding: 6px 8px; }
      .menu input { margin-block-end: 4px; }
      .foot { display: block; padding: 8px; margin-block-start: 4px; border-block-start: 1px solid var(--hairline); border-radius: 0; }
      @media (max-width: 860px) { li a, .menu li a { padding-block: 10px; } .top .brand { display: none; } kbd { display: none; } }
    `,
  ];
}
