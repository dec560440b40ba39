/** What a client's modules do in the background: what was given up and can be tried again, what waits, what is done. */
import { html, nothing } from 'lit';
import type { Delivery, DeliveryState } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { humanise } from '../api/manifest-reader.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatInstant } from '../generic/format-value.ts';
import { listStyles } from '../generic/list-styles.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { emptyState, errorState, problemText, skeletonRows } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';

const states = ['dead', 'pending', 'done', 'discarded'] as const satisfies readonly DeliveryState[];
const pageSize = 50;

/** @tag desk-background-work */
export class BackgroundWork extends DeskElement {
  static override styles = [DeskElement.styles, form, table, listStyles];
  static override properties = {
    params: { attribute: false },
    state: { state: true },
    skip: { state: true },
    busy: { state: true },
    problem: { state: true },
  };
  declare params: Params;
  declare state: DeliveryState;
  declare skip: number;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  readonly #list = this.resource<Delivery[]>(() => ({
    key: `work:${this.params['id']}:${this.state}:${this.skip}`,
    read: () => this.api.control.deliveries(this.params['id']!, this.state, pageSize, this.skip),
  }));

  constructor() {
    super();
    this.state = 'dead';
    this.skip = 0;
    this.busy = false;
    this.problem = null;
  }

  protected override opened(): void {
    this.desk.title(t('work.title'));
  }

  /** `booking.sendConfirmation` after `booking.booking.confirmed` in words. */
  #what({ kind, name, handler }: Delivery): string {
    const say = (path: string) => {
      const [module = '', ...rest] = path.split('.');
      return `${this.space?.manifests.get(module)?.label ?? humanise(module)}: ${humanise(rest.join(' ')).toLocaleLowerCase()}`;
    };
    return kind === 'job' ? say(name) : t('work.event', { handler: say(handler), event: say(name) });
  }

  async #attempt(work: () => Promise<string>): Promise<void> {
    this.problem = null;
    this.busy = true;
    try {
      this.toasts.show({ text: await work() });
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
      this.api.cache.stale(`work:${this.params['id']}`);
    }
  }

  #replay(items: readonly Delivery[]): Promise<void> {
    return this.#attempt(async () => {
      for (const { id } of items) await this.api.control.replayDelivery(this.params['id']!, id);
      return tn('work.replayed', items.length);
    });
  }

  async #discard(item: Delivery): Promise<void> {
    const yes = await this.desk.ask({
      title: t('work.discardTitle', { what: this.#what(item) }),
      body: t('work.discardBody'),
      confirm: t('work.discard'),
      danger: true,
    });
    if (!yes) return;
    await this.#attempt(async () => {
      await this.api.control.discardDelivery(this.params['id']!, item.id);
      return t('work.discarded.done');
    });
  }

  protected override render() {
    const { value, problem } = this.#list;
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">${t('work.title')}</h1><p class="muted">${t('work.text')}</p></div>
        ${this.state === 'dead' && value && value.length > 1 ? html`<div class="actions"><button ?disabled=${this.busy} @click=${() => void this.#replay(value)}>${t('work.againAll')}</button></div>` : nothing}</header>
      <div class="tools"><select class="states" aria-label=${t('work.state')} @change=${(event: Event) => this.#show((event.target as HTMLSelectElement).value as DeliveryState)}>
        ${states.map(state => html`<option value=${state} ?selected=${state === this.state}>${t(`work.${state}`)}</option>`)}</select></div>
      ${this.problem ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${problem ? errorState(problem, () => this.#list.reload()) : value?.length === 0 && this.skip === 0 ? this.#none() : this.#table(value)}
      <div class="more">${this.skip > 0 ? html`<button @click=${() => (this.skip -= pageSize)}>${t('work.newer')}</button>` : nothing}
        ${value && value.length === pageSize ? html`<button @click=${() => (this.skip += pageSize)}>${t('work.older')}</button>` : nothing}</div>
    </div>`;
  }

  #show(state: DeliveryState): void {
    this.state = state;
    this.skip = 0;
  }

  #none() {
    const title =
      this.state === 'dead' ? t('work.noneDead') : this.state === 'pending' ? t('work.nonePending') : t('work.none');
    return emptyState({ icon: 'check', title, text: this.state === 'dead' ? t('work.noneText') : '' });
  }

  #table(items: readonly Delivery[] | undefined) {
    const zone = this.space?.client.zone ?? 'UTC';
    const fails = this.state === 'dead' || this.state === 'pending';
    return html`<div class="scroll"><table class="cards" aria-label=${t('work.title')}>
      <thead><tr><th scope="col">${t('work.what')}</th><th scope="col">${t('work.when')}</th><th scope="col">${t('work.tries')}</th>${fails ? html`<th scope="col">${t('work.error')}</th>` : nothing}
        ${this.state === 'dead' ? html`<th scope="col" class="end"><span class="sr">${t('work.again')}</span></th>` : nothing}</tr></thead>
      ${
        items
          ? html`<tbody>${items.map(
              item => html`<tr><td>${this.#what(item)}</td>
        <td data-label=${t('work.when')}>${formatInstant(item.at, zone)}${item.nextTryAt ? html`<br /><span class="muted small">${t('work.next', { when: formatInstant(item.nextTryAt, zone) })}</span>` : nothing}</td>
        <td class="number" data-label=${t('work.tries')}>${item.attempts}</td>
        ${fails ? html`<td class=${item.error ? '' : 'none'} data-label=${t('work.error')}>${item.error ?? ''}</td>` : nothing}
        ${
          this.state === 'dead'
            ? html`<td class="end"><div class="row"><button ?disabled=${this.busy} @click=${() => void this.#replay([item])}>${icon('history')}${t('work.again')}<span class="sr"> ${this.#what(item)}</span></button>
          <button class="plain danger" ?disabled=${this.busy} @click=${() => void this.#discard(item)}>${t('work.discard')}<span class="sr"> ${this.#what(item)}</span></button></div></td>`
            : nothing
        }</tr>`,
            )}</tbody>`
          : skeletonRows(this.state === 'dead' ? 5 : 4)
      }
    </table></div>`;
  }
}
