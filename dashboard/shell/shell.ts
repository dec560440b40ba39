/** The frame of the desk: session, route, navigation, palette, toasts. */
import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Session } from '../../schemas/protocol/index.ts';
import { base } from '../../widgets/kit/desk/base.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { Api } from '../api/api.ts';
import {
  type Answer,
  apiContext,
  type ClientSpace,
  clientContext,
  type Desk,
  deskContext,
  type Question,
  registryContext,
  type ScreenRegistry,
  sessionContext,
  toastsContext,
} from '../api/contexts.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { Resource } from '../api/resource.ts';
import { matchRoute, type Params } from '../routing/match.ts';
import { Router } from '../routing/router.ts';
import { type Route, routes, type Screen } from '../routing/routes.ts';
import { t } from '../strings/translate.ts';
import { AskDialog } from './ask-dialog.ts';
import { define } from './define.ts';
import { loadSpace } from './load-space.ts';
import { Navigation } from './navigation.ts';
import { shellStyles } from './shell-styles.ts';
import { errorState, missingPage, skeletonLines } from './states.ts';
import { ToastStack } from './toast-stack.ts';

const leaving = (): Question => ({
  title: t('unsaved.title'),
  body: t('unsaved.body'),
  confirm: t('unsaved.leave'),
  danger: true,
});

/** @tag desk-shell */
export class Shell extends LitElement {
  static uses = { 'desk-navigation': Navigation, 'desk-toasts': ToastStack, 'desk-ask': AskDialog };
  static registry: ScreenRegistry = {};
  static override styles = [base, shellStyles];
  static override properties = {
    api: { attribute: false },
    session: { state: true },
    screen: { state: true },
    params: { state: true },
    problem: { state: true },
    menuOpen: { state: true },
    paletteOpen: { state: true },
  };

  declare api: Api;
  declare session: Session | null | undefined;
  declare screen: Screen | null;
  declare params: Params;
  declare problem: ApiProblem | null;
  declare menuOpen: boolean;
  declare paletteOpen: boolean;

  #route: Route | null = null;
  #run = 0;
  #wasThere = '/';
  readonly #router = new Router(
    path => void this.#show(path),
    async () => (await this.#desk.ask(leaving())) !== null,
  );
  readonly #desk: Desk = {
    navigate: (path, options) => void this.#router.navigate(path, options?.replace),
    ask: question => this.#ask(question),
    guard: unsaved => this.#router.guard(unsaved),
    signedIn: session => this.#signedIn(session),
    signOut: () => void this.#signOut(),
    title: text => {
      document.title = `${text} · Inlay`;
    },
  };
  #apiProvider: ContextProvider<typeof apiContext> | undefined;
  readonly #sessionProvider = new ContextProvider(this, { context: sessionContext, initialValue: null });
  readonly #clientProvider = new ContextProvider(this, { context: clientContext, initialValue: null });
  #space: Resource<ClientSpace> | undefined;

  constructor() {
    super();
    this.params = {};
    this.screen = null;
    this.problem = null;
    this.menuOpen = false;
    this.paletteOpen = false;
    new ContextProvider(this, { context: deskContext, initialValue: this.#desk });
    new ContextProvider(this, { context: registryContext, initialValue: Shell.registry });
    new ContextProvider(this, {
      context: toastsContext,
      initialValue: { show: toast => this.renderRoot.querySelector<ToastStack>('desk-toasts')?.show(toast) },
    });
  }

  override connectedCallback(): void {
    this.api ??= new Api();
    this.api.control.signedOut = () => {
      if (this.session) this.#ended();
    };
    this.#apiProvider ??= new ContextProvider(this, { context: apiContext, initialValue: this.api });
    this.#space ??= new Resource(
      this,
      () => this.api.cache,
      () => {
        const id = this.params['id'];
        return id && this.session ? { key: `space:${id}`, read: () => loadSpace(this.api, id) } : null;
      },
    );
    super.connectedCallback();
    addEventListener('keydown', this.#hotkey);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#hotkey);
    this.#router.stop();
  }

  async #begin(): Promise<void> {
    this.problem = null;
    try {
      this.session = await this.api.control.session();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status !== 401) {
        this.problem = problem;
        return;
      }
      this.session = null;
    }
    this.#router.start();
  }

  async #show(path: string): Promise<void> {
    const run = ++this.#run;
    this.menuOpen = false;
    const found = matchRoute(routes, path);
    if (!this.session && !found?.route.open) {
      this.#wasThere = location.pathname + location.search;
      return this.#desk.navigate('/signin', { replace: true });
    }
    if (this.session && found?.route.open && found.route.tag !== 'desk-accept-invitation') {
      return this.#desk.navigate('/', { replace: true });
    }
    if (this.session?.clientId && path === '/') {
      return this.#desk.navigate(`/clients/${this.session.clientId}`, { replace: true });
    }
    const first = this.#route === null && this.screen === null;
    if (!found) {
      this.#route = null;
      this.params = {};
      this.screen = null;
      this.#desk.title(t('missing.title'));
      return;
    }
    try {
      define(found.route.tag, await found.route.load());
    } catch (error) {
      if (run === this.#run) this.problem = asProblem(error);
      return;
    }
    if (run !== this.#run) return;
    this.problem = null;
    this.#router.guard(null);
    const screen = document.createElement(found.route.tag) as Screen;
    screen.params = found.params;
    this.#route = found.route;
    this.params = found.params;
    this.screen = screen;
    await this.updateComplete;
    scrollTo(0, 0);
    if (!first) await screen.focusHeading?.();
  }

  #ask(question: Question): Promise<Answer | null> {
    return this.renderRoot.querySelector<AskDialog>('desk-ask')!.ask(question);
  }

  #signedIn(session: Session): void {
    this.session = session;
    const to = this.#wasThere;
    this.#wasThere = '/';
    this.#desk.navigate(to.startsWith('/sign') ? '/' : to, { replace: true });
  }

  #ended(): void {
    this.session = null;
    this.api.forget();
    this.#router.guard(null);
    void this.#show(location.pathname);
  }

  async #signOut(): Promise<void> {
    await this.api.control.signOut().catch(() => undefined);
    this.#ended();
    this.#wasThere = '/';
  }

  readonly #hotkey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || !this.session) return;
    event.preventDefault();
    void this.#openPalette();
  };

  async #openPalette(): Promise<void> {
    define('desk-palette', (await import('./command-palette.ts')).CommandPalette);
    this.paletteOpen = !this.paletteOpen;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) this.#sessionProvider.setValue(this.session ?? null);
    this.#space?.hostUpdate();
    this.#clientProvider.setValue(this.#space?.value ?? null);
  }

  protected override render() {
    if (this.problem && !this.screen)
      return html`<main class="page">${errorState(this.problem, () => void this.#begin())}</main>`;
    if (this.session === undefined) return nothing;
    const extras = html`<desk-toasts></desk-toasts><desk-ask></desk-ask>`;
    if (this.#route?.open || !this.session) return html`<main class="alone">${this.screen}</main>${extras}`;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${t('skip')}</a>
      <header class="bar">
        <button class="plain icon-only" aria-label=${t('nav.open')} aria-expanded=${this.menuOpen} aria-controls="navigation" @click=${() => (this.menuOpen = !this.menuOpen)}>
          ${icon(this.menuOpen ? 'close' : 'menu')}
        </button>
        <span class="grow clip"><strong>${this.params['id'] ? (this.#space?.value?.client.name ?? '') : this.session.agency.name}</strong></span>
        <button class="plain icon-only" aria-label=${t('palette.title')} @click=${this.#openPalette}>${icon('search')}</button>
      </header>
      <desk-navigation id="navigation" ?data-open=${this.menuOpen} .params=${this.params} .path=${location.pathname}
        @palette=${this.#openPalette} @keydown=${this.#escape}></desk-navigation>
      <div class="scrim" ?hidden=${!this.menuOpen} @click=${() => (this.menuOpen = false)}></div>
      <main id="main" tabindex="-1">${this.#content()}</main>
      ${this.paletteOpen ? html`<desk-palette @close=${() => (this.paletteOpen = false)}></desk-palette>` : nothing}
      ${extras}
    `;
  }

  #escape(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.menuOpen = false;
  }

  #content() {
    if (!this.#route) return missingPage(html`<a class="button" href="/">${t('missing.home')}</a>`);
    if (!this.params['id'] || this.#space?.value) return this.screen;
    if (this.#space?.problem)
      return html`<div class="page">${errorState(this.#space.problem, () => this.#space?.reload())}</div>`;
    return html`<div class="page">${skeletonLines(5)}</div>`;
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('#main')?.focus();
  }
}
