/** Chooses a record of another entity by its label, with search. */
import { css, html, nothing } from 'lit';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { addressOf, labelFieldOf, recordLabel, refTarget } from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { RefLabels } from './ref-labels.ts';

interface Choice {
  readonly id: string;
  readonly label: string;
}

/**
 * @tag desk-ref-picker
 * @event change - `value` has changed.
 */
export class RefPicker extends DeskElement {
  static override properties = {
    to: {},
    owner: {},
    label: {},
    value: { attribute: false },
    optional: { type: Boolean },
    invalid: { type: Boolean },
    term: { state: true },
    open: { state: true },
    active: { state: true },
    choices: { state: true },
    failed: { state: true },
  };
  declare to: string;
  declare owner: string;
  declare label: string;
  declare value: string | null | undefined;
  declare optional: boolean;
  declare invalid: boolean;
  declare term: string | null;
  declare open: boolean;
  declare active: number;
  declare choices: readonly Choice[] | null;
  declare failed: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #labels = new RefLabels(this, () => ({ api: this.api, space: this.space, owner: this.owner }));

  constructor() {
    super();
    this.open = false;
    this.active = 0;
    this.term = null;
    this.choices = null;
    this.failed = false;
  }

  protected override updated(): void {
    if (this.value)
      this.#labels.want({ it: { kind: 'ref', to: this.to, onDelete: 'restrict', required: true } }, [
        { it: this.value },
      ]);
  }

  async #search(term: string): Promise<void> {
    const target = refTarget(this.owner, this.to);
    const manifest = this.space?.manifests.get(target.module);
    const entity = manifest?.entities[target.entity];
    if (!this.space || !manifest || !entity) {
      this.failed = true;
      return;
    }
    const field = labelFieldOf(entity);
    const query = {
      size: 20,
      ...(field ? { sort: field } : {}),
      ...(field && term ? { filter: { [field]: { contains: term } } } : {}),
    };
    try {
      const { data } = await this.api.data(this.space.client.id).list(addressOf(manifest, target.entity), query);
      if (term !== (this.term ?? '')) return;
      this.choices = data.map(record => ({ id: record.id, label: recordLabel(entity, record) }));
      for (const { id, label } of this.choices)
        this.api.cache.put(`label:${this.space.client.id}:${target.module}.${target.entity}:${id}`, label);
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  #show(): void {
    if (this.open) return;
    this.open = true;
    this.active = 0;
    this.choices = null;
    void this.#search(this.term ?? '');
  }

  #typed(event: Event): void {
    this.term = (event.target as HTMLInputElement).value;
    this.open = true;
    this.active = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(this.term ?? ''), 180);
  }

  #choose(id: string | null): void {
    this.value = id;
    this.#close();
    this.dispatchEvent(new Event('change'));
  }

  readonly #close = () => {
    this.open = false;
    this.term = null;
  };

  #key(event: KeyboardEvent): void {
    const count = this.choices?.length ?? 0;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.open) {
        this.#show();
        return;
      }
      this.active = count ? (this.active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count : 0;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }),
      );
    } else if (event.key === 'Enter' && this.open) {
      event.preventDefault();
      const choice = this.choices?.[this.active];
      if (choice) this.#choose(choice.id);
    } else if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.#close();
    }
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override render() {
    const label = this.value ? (this.#labels.labelOf(this.to, this.value) ?? '…') : '';
    return html`<div class="box">
      <input type="text" role="combobox" aria-label=${this.label} aria-expanded=${this.open} aria-controls="choices" aria-autocomplete="list" autocomplete="off"
        aria-invalid=${this.invalid} aria-activedescendant=${this.open && this.choices?.length ? `choice-${this.active}` : nothing} placeholder=${t('ref.search')}
        .value=${this.term ?? label} @input=${this.#typed} @click=${this.#show} @keydown=${this.#key} @blur=${this.#close} />
      ${this.optional && this.value ? html`<button type="button" class="plain icon-only" aria-label=${t('ref.clear', { label: this.label })} @click=${() => this.#choose(null)}>${icon('close')}</button>` : nothing}
      <ul id="choices" role="listbox" aria-label=${this.label} ?hidden=${!this.open || !this.choices?.length} @pointerdown=${(event: Event) => event.preventDefault()}>
        ${this.choices?.map(
          (choice, index) => html`<li id=${`choice-${index}`} role="option" aria-selected=${index === this.active}
          @click=${() => this.#choose(choice.id)}><span class="grow">${choice.label}</span>${choice.id === this.value ? icon('check') : nothing}</li>`,
        )}
      </ul>
      ${this.open && (this.failed || this.choices?.length === 0) ? html`<p class="none muted" role="status">${t(this.failed ? 'ref.failed' : 'ref.none')}</p>` : nothing}
    </div>`;
  }

  static override styles = [
    DeskElement.styles,
    form,
    css`
      .box { position: relative; max-inline-size: 400px; }
      input { padding-inline-end: 36px; text-overflow: ellipsis; }
      :host([bare]) input { border: 0; background: none; min-block-size: 30px; padding-block: 2px; }
      button { position: absolute; inset-block-start: 1px; inset-inline-end: 1px; }
      ul, .none { position: absolute; z-index: 5; inset-block-start: calc(100% + 4px); inset-inline: 0; max-block-size: 264px; overflow-y: auto; padding: 4px; background: var(--raised); border: 1px solid var(--hairline); border-radius: 8px; box-shadow: var(--shadow); }
      .none { padding: 8px 12px; }
      li { display: flex; gap: 8px; padding: 6px 8px; border-radius: var(--radius); cursor: pointer; overflow-wrap: anywhere; }
      li[aria-selected='true'], li:hover { background: var(--wash); }
    `,
  ];
}
