/** One file of the platform: chosen or dropped, sent at once, kept by its id. */
import { css, html, nothing } from 'lit';
import { icon } from '../../widgets/kit/desk/icon.ts';
import type { StoredFile } from '../api/data-client.ts';
import { asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { locale, t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { saveBlob } from './save-blob.ts';

const size = (bytes: number): string => {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
};

/**
 * @tag desk-file-picker
 * @event change - `value` has changed.
 */
export class FilePicker extends DeskElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    purpose: {},
    accept: { attribute: false },
    most: { type: Number },
    optional: { type: Boolean },
    invalid: { type: Boolean },
    sending: { state: true },
    refused: { state: true },
  };
  /** Id of the file. */
  declare value: string | null | undefined;
  declare label: string;
  /** A short word that the file is kept under. */
  declare purpose: string;
  /** Media types; undefined for any. */
  declare accept: readonly string[] | undefined;
  /** Bytes. */
  declare most: number | undefined;
  declare optional: boolean;
  declare invalid: boolean;
  declare sending: string | null;
  declare refused: string;
  readonly #file = this.resource<StoredFile>(() => {
    const id = this.value;
    if (!this.space || !id) return null;
    const data = this.api.data(this.space.client.id);
    return { key: `file:${data.clientId}:${id}`, read: () => data.file(id) };
  });

  constructor() {
    super();
    this.optional = false;
    this.invalid = false;
    this.sending = null;
    this.refused = '';
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  #set(value: string | null): void {
    this.value = value;
    this.dispatchEvent(new Event('change'));
  }

  async #take(file: File | undefined): Promise<void> {
    if (!file || !this.space) return;
    this.refused = this.most !== undefined && file.size > this.most ? t('file.tooBig', { most: size(this.most) }) : '';
    if (this.refused) return;
    const data = this.api.data(this.space.client.id);
    this.sending = file.name;
    try {
      const id = await data.upload(file, this.purpose);
      this.api.cache.put(`file:${data.clientId}:${id}`, { name: file.name, size: file.size });
      this.#set(id);
    } catch (error) {
      this.refused = problemText(asProblem(error));
    } finally {
      this.sending = null;
    }
  }

  async #download(): Promise<void> {
    try {
      const blob = await this.api.data(this.space!.client.id).download(this.value!);
      saveBlob(blob, this.#file.value?.name ?? this.label);
    } catch (error) {
      this.toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
    }
  }

  protected override render() {
    const known = this.#file.value;
    const drop = (event: DragEvent) => {
      event.preventDefault();
      void this.#take(event.dataTransfer?.files[0]);
    };
    return html`<div class="box" aria-busy=${this.sending !== null} @dragover=${(event: Event) => event.preventDefault()} @drop=${drop}>${icon('file')}
        <span class="grow clip" role="status">${
          this.sending
            ? t('file.sending', { name: this.sending })
            : this.value
              ? html`${known?.name ?? t('file.attached')}${known ? html` <span class="muted small">${size(known.size)}</span>` : nothing}`
              : html`<span class="muted">${t('file.drop')}</span>`
        }</span>
        ${this.value && !this.sending ? html`<button type="button" class="plain icon-only" aria-label=${t('file.download', { label: this.label })} @click=${this.#download}>${icon('download')}</button>` : nothing}
        ${this.value && this.optional && !this.sending ? html`<button type="button" class="plain icon-only" aria-label=${t('ref.clear', { label: this.label })} @click=${() => this.#set(null)}>${icon('close')}</button>` : nothing}
        <label class="button">${t(this.value ? 'import.other' : 'import.browse')}<input class="sr" type="file" accept=${this.accept?.join() ?? nothing} aria-label=${this.label} aria-invalid=${this.invalid || this.refused !== ''}
          ?disabled=${this.sending !== null} @change=${(event: Event) => void this.#take((event.target as HTMLInputElement).files?.[0])} /></label></div>
      ${this.refused ? html`<p class="wrong" role="alert">${this.refused}</p>` : nothing}`;
  }

  static override styles = [
    DeskElement.styles,
    form,
    css`
      .box { position: relative; display: flex; gap: 8px; align-items: center; padding: 4px 4px 4px 10px; border: 1px dashed var(--edge); border-radius: var(--radius); max-inline-size: 560px; }
      .box:dir(rtl) { padding: 4px 10px 4px 4px; }
      .box > svg { color: var(--muted); }
      .button:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
    `,
  ];
}
