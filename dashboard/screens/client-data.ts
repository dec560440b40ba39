/** All data of one client: the archive out and in, copies to go back to, modules that were uninstalled, a person to be forgotten. */
import { html, nothing } from 'lit';
import type { RemovedModule, Snapshot } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { humanise } from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatDate, formatInstant } from '../generic/format-value.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { ArchiveImport } from './archive-import.ts';
import { ErasePerson } from './erase-person.ts';
import { panel } from './panel-styles.ts';

/** @tag desk-client-data */
export class ClientData extends DeskElement {
  static override uses = { 'desk-archive-import': ArchiveImport, 'desk-erase-person': ErasePerson };
  static override styles = [DeskElement.styles, form, panel];
  static override properties = { params: { attribute: false }, busy: { state: true }, problem: { state: true } };
  declare params: Params;
  /** What is being done; null while nothing is. */
  declare busy: string | null;
  declare problem: ApiProblem | null;
  readonly #copies = this.resource<Snapshot[]>(() => ({
    key: `copies:${this.params['id']}`,
    read: () => this.api.control.snapshots(this.params['id']!),
  }));
  readonly #removed = this.resource<RemovedModule[]>(() => ({
    key: `removed:${this.params['id']}`,
    read: () => this.api.control.removedModules(this.params['id']!),
  }));

  constructor() {
    super();
    this.busy = null;
    this.problem = null;
  }

  protected override opened(): void {
    this.desk.title(t('data.title'));
    this.desk.guard(() =>
      [...this.renderRoot.querySelectorAll<ArchiveImport | ErasePerson>('desk-archive-import, desk-erase-person')].some(
        ({ busy }) => busy,
      ),
    );
  }

  async #attempt(what: string, work: () => Promise<unknown>, said: string): Promise<void> {
    this.problem = null;
    this.busy = what;
    try {
      await work();
      this.toasts.show({ text: said });
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = null;
      for (const part of ['copies', 'removed', 'space']) this.api.cache.stale(`${part}:${this.params['id']}`);
    }
  }

  #when = (instant: string): string => formatInstant(instant, this.space?.client.zone ?? 'UTC');

  async #goBack({ id, createdAt }: Snapshot): Promise<void> {
    const when = this.#when(createdAt);
    const [title, body] = [t('data.goBackTitle', { when }), t('data.goBackBody')];
    if (!(await this.desk.ask({ title, body, confirm: t('data.goBack'), danger: true }))) return;
    const client = this.params['id']!;
    await this.#attempt(id, () => this.api.control.restoreSnapshot(client, id), t('data.wentBack', { when }));
  }

  async #drop({ id, createdAt }: Snapshot): Promise<void> {
    const title = t('data.dropTitle', { when: this.#when(createdAt) });
    if (!(await this.desk.ask({ title, body: t('data.dropBody'), confirm: t('data.drop'), danger: true }))) return;
    await this.#attempt(id, () => this.api.control.dropSnapshot(this.params['id']!, id), t('data.dropped'));
  }

  protected override render() {
    const id = this.params['id']!;
    return html`<div class="page narrow">
      <header class="head"><div><h1 tabindex="-1">${t('data.title')}</h1><p class="muted">${t('data.text', { name: this.space?.client.name ?? '' })}</p></div></header>
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      <section class="section"><div><h2>${t('data.export')}</h2><p class="muted">${t('data.exportText')}</p></div>
        <div><a class="button" href=${`/api/clients/${id}/export`} download>${icon('download')}${t('data.exportButton')}</a></div></section>
      ${this.#copySection()}${this.#removedSection()}
      <section class="section"><div><h2>${t('data.import')}</h2><p class="muted">${t('data.importText')}</p></div>
        <desk-archive-import .clientId=${id}></desk-archive-import></section>
      <section class="section"><div><h2>${t('erase.title')}</h2><p class="muted">${t('erase.text')}</p></div>
        <desk-erase-person .clientId=${id}></desk-erase-person></section>
    </div>`;
  }

  #copySection() {
    const { value, problem } = this.#copies;
    const id = this.params['id']!;
    const make = () => this.#attempt('copy', () => this.api.control.takeSnapshot(id), t('data.copied'));
    return html`<section class="section"><div class="head"><div><h2>${t('data.copies')}</h2><p class="muted">${t('data.copiesText')}</p></div>
        <div class="actions"><button ?disabled=${this.busy !== null} @click=${() => void make()}>${icon('copy')}${this.busy === 'copy' ? t('data.copying') : t('data.copyNow')}</button></div></div>
      ${problem ? errorState(problem, () => this.#copies.reload()) : value ? nothing : skeletonLines(2)}
      ${value?.length === 0 ? html`<p class="muted">${t('data.noCopies')}</p>` : nothing}
      <ul class="rows">${value?.map(copy => {
        const when = this.#when(copy.createdAt);
        const reason = copy.reason === 'asked for' ? t('data.asked') : humanise(copy.reason);
        return html`<li><div><h3>${t('data.copyOf', { when })}</h3><p class="muted small">${t('data.copyWhy', { reason, date: this.#when(copy.expiresAt) })}</p></div>
          <div class="row"><button ?disabled=${this.busy !== null} @click=${() => void this.#goBack(copy)}>${t('data.goBack')}<span class="sr"> ${when}</span></button>
          <button class="plain danger" ?disabled=${this.busy !== null} @click=${() => void this.#drop(copy)}>${t('data.drop')}<span class="sr"> ${when}</span></button></div></li>`;
      })}</ul></section>`;
  }

  #removedSection() {
    const { value, problem } = this.#removed;
    if (problem) return errorState(problem, () => this.#removed.reload());
    if (!value || value.length === 0) return nothing;
    const id = this.params['id']!;
    return html`<section class="section"><div><h2>${t('data.removed')}</h2><p class="muted">${t('data.removedText')}</p></div>
      <ul class="rows">${value.map(({ module, version, dropsAt }) => {
        const label = humanise(module);
        const back = () =>
          this.#attempt(module, () => this.api.control.install(id, module), t('data.broughtBack', { label }));
        return html`<li><div><h3>${label}</h3><p class="muted small">${t('data.removedUntil', { version, date: formatDate(dropsAt.slice(0, 10)) })}</p></div>
          <div class="row"><button ?disabled=${this.busy !== null} @click=${() => void back()}>${t('data.bringBack')}<span class="sr"> ${label}</span></button>
          <a class="button plain" href=${`/api/clients/${id}/export?module=${module}`} download>${t('data.download')}<span class="sr"> ${label}</span></a></div></li>`;
      })}</ul></section>`;
  }
}
