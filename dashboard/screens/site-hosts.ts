/** A site's own host names: what to enter where the name is run, and whether it leads here. */
import { css, html, nothing } from 'lit';
import type { HostRecord } from '../../schemas/ports/index.ts';
import type { SiteHost } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

const looks = { pending: 'warn', waitsForTls: 'warn', verified: 'good', withoutTls: 'bad', suspended: 'bad' } as const;

/** A certificate takes minutes: while one is waited for, the list is read again. */
const lookAgainMs = 20_000;

/** @tag desk-site-hosts */
export class SiteHosts extends DeskElement {
  static override styles = [
    DeskElement.styles,
    form,
    panel,
    css`
      :host { display: grid; gap: 16px; }
      .host { display: grid; gap: 8px; padding-block: 12px; border-block-end: 1px solid var(--hairline); }
      .line { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
      .line > :first-child { flex: 1 1 220px; min-inline-size: 0; overflow-wrap: anywhere; font-weight: 500; }
      .state { display: inline-flex; gap: 6px; align-items: center; font-size: 0.8125rem; color: var(--muted); }
      .state::before { content: ''; inline-size: 8px; block-size: 8px; border-radius: 50%; background: var(--edge); }
      .good::before { background: var(--good, var(--accent)); }
      .bad::before { background: var(--danger); }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 0.8125rem; }
      th, td { text-align: start; padding: 4px 16px 4px 0; font-weight: 400; white-space: nowrap; }
      th { color: var(--muted); }
      td { font-family: var(--mono); direction: ltr; user-select: all; }
    `,
  ];
  static override properties = { site: {}, problem: { state: true }, busy: { state: true }, note: { state: true } };
  declare site: string;
  declare problem: ApiProblem | null;
  /** Id of the name that is being looked up. */
  declare busy: string | null;
  declare note: string | null;
  readonly #hosts = this.resource<readonly SiteHost[]>(() =>
    this.site ? { key: `hosts:${this.site}`, read: () => this.api.control.hosts(this.site) } : null,
  );

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.problem = null;
    this.busy = null;
    this.note = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(): void {
    clearTimeout(this.#timer);
    if (this.#hosts.value?.some(({ certificate }) => certificate?.state === 'pending'))
      this.#timer = setTimeout(() => this.#hosts.reload(), lookAgainMs);
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    this.note = null;
    try {
      await work();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.api.cache.stale(`hosts:${this.site}`);
    // A snippet comes from a name that is verified.
    this.api.cache.stale(`snippet:${this.site}`);
  }

  #add(event: SubmitEvent): void {
    event.preventDefault();
    const target = event.currentTarget as HTMLFormElement;
    const { host } = formValues(event, 'host');
    // People paste an address; the name is the part that counts.
    const name = URL.canParse(host) ? new URL(host).hostname : host;
    void this.#attempt(async () => {
      await this.api.control.addHost(this.site, name);
      target.reset();
    });
  }

  async #check({ id }: SiteHost): Promise<void> {
    this.busy = id;
    await this.#attempt(async () => {
      const { state } = await this.api.control.verifyHost(this.site, id);
      if (state !== 'verified') this.note = t('hosts.notYet');
      else this.api.cache.stale(`site:${this.site}`);
    });
    this.busy = null;
  }

  async #remove({ id, host, state }: SiteHost): Promise<void> {
    const asked =
      state !== 'verified' ||
      (await this.desk.ask({
        title: t('hosts.removeTitle', { host }),
        body: t('hosts.removeBody'),
        confirm: t('remove'),
        danger: true,
      }));
    if (!asked) return;
    await this.#attempt(async () => {
      await this.api.control.removeHost(this.site, id);
      this.toasts.show({ text: t('hosts.removed', { host }) });
      this.api.cache.stale(`site:${this.site}`);
    });
  }

  protected override render() {
    const { value, problem } = this.#hosts;
    const failed = problem ?? (this.problem && !fieldError(this.problem, 'host') ? this.problem : null);
    return html`<div><h2>${t('hosts.title')}</h2><p class="muted">${t('hosts.text')}</p></div>
      ${failed ? html`<p class="notice error" role="alert">${problemText(failed)}</p>` : nothing}
      ${this.note ? html`<p class="notice" role="status">${this.note}</p>` : nothing}
      ${value ? html`<div>${value.map(host => this.#host(host))}</div>` : skeletonLines(2)}
      <form class="inline" @submit=${this.#add}>${simpleField({ name: 'host', label: t('hosts.add'), hint: t('hosts.hint'), error: fieldError(this.problem, 'host') })}<button type="submit">${t('add')}</button></form>`;
  }

  #host(host: SiteHost) {
    const { state, certificate } = host;
    const waits = this.busy === host.id;
    const leads = state === 'verified';
    const stage =
      leads && certificate?.state === 'pending'
        ? 'waitsForTls'
        : leads && certificate?.state === 'failed'
          ? 'withoutTls'
          : state;
    const opens = leads && (certificate?.state === 'ready' || certificate?.state === 'front');
    return html`<div class="host">
      <div class="line"><span>${host.host}</span><span class="state ${looks[stage]}">${t(`hosts.${stage}`)}</span>
        ${opens ? html`<a class="button plain" href=${`https://${host.host}/`} target="_blank" rel="noopener">${t('hosts.open')}<span class="sr"> ${host.host}</span></a>` : html`<button ?disabled=${waits} @click=${() => this.#check(host)}>${waits ? t('hosts.checking') : t('hosts.check')}<span class="sr"> ${host.host}</span></button>`}
        <button class="plain" @click=${() => this.#remove(host)}>${t('remove')}<span class="sr"> ${host.host}</span></button></div>
      ${leads ? this.#certificate(host) : html`<p class="muted">${t('hosts.records')}</p>${recordTable(host.records)}`}
    </div>`;
  }

  #certificate({ certificate, records }: SiteHost) {
    if (!certificate) return nothing;
    const { state, reason } = certificate;
    const failed = state === 'failed';
    return html`<p class=${failed ? 'notice error' : 'muted'}>${t(`hosts.certificate.${state}`, { reason: reason ?? '' })}${!failed && reason ? html` ${t('hosts.certificate.waits', { reason })}` : nothing}</p>
      ${state === 'pending' ? recordTable(records.filter(({ type }) => type === 'CNAME')) : nothing}
      ${certificate.records.length > 0 ? html`<p class="muted">${t('hosts.certificate.records')}</p>${recordTable(certificate.records)}` : nothing}`;
  }
}

const recordTable = (records: readonly HostRecord[]) => html`<div class="scroll"><table>
  <tr><th scope="col">${t('hosts.type')}</th><th scope="col">${t('hosts.name')}</th><th scope="col">${t('hosts.value')}</th></tr>
  ${records.map(({ type, name, value }) => html`<tr><td>${type}</td><td>${name}</td><td>${value}</td></tr>`)}</table></div>`;
