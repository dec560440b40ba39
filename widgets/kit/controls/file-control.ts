/** Files that a visitor brings: chosen or dropped, uploaded at once, each with its progress; the value is their ids. */
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Fault, fault } from './checks/fault.ts';
import { fileStyles } from './file-styles.ts';
import { type Described, FormControl } from './form-control.ts';
import type { Upload, Uploader } from './upload.ts';

/** A file on its way, or here. */
interface Item {
  readonly file: File;
  readonly upload: Upload;
  readonly preview?: HTMLCanvasElement | undefined;
  stop: AbortController;
  sent: number;
  id?: string;
  /** A key of the words. */
  problem?: string | undefined;
}

const accepted = (accept: string, { type, name }: File): boolean =>
  accept
    .split(',')
    .map(one => one.trim().toLowerCase())
    .some(one =>
      one.startsWith('.')
        ? name.toLowerCase().endsWith(one)
        : one.endsWith('/*')
          ? type.startsWith(one.slice(0, -1))
          : type === one,
    );

/** A small picture of a picture: on a canvas, since the page's policy may forbid images of any other place. */
const drawn = (file: File): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 88;
  createImageBitmap(file).then(
    bitmap => {
      const side = Math.min(bitmap.width, bitmap.height);
      const from = [(bitmap.width - side) / 2, (bitmap.height - side) / 2] as const;
      canvas.getContext('2d')?.drawImage(bitmap, ...from, side, side, 0, 0, 88, 88);
      bitmap.close();
    },
    // What is no picture has an empty place; the server says so.
    () => {},
  );
  return canvas;
};

/**
 * @tag inlaykit-file
 */
export class FileControl extends FormControl<string | readonly string[] | null> {
  static override styles: CSSResultGroup = [FormControl.styles, fileStyles];
  static override properties: PropertyDeclarations = {
    uploader: { attribute: false },
    for: {},
    accept: {},
    maxBytes: { attribute: 'max-bytes', type: Number },
    max: { type: Number },
    multiple: { type: Boolean },
  };
  static override readonly words = {
    add: 'Choose a file',
    drop: 'or drop it here',
    remove: 'Remove {name}',
    retry: 'Go on with {name}',
    sending: '{name}: {done}',
    'file.accept': 'This kind of file is not taken here.',
    'file.large': 'A file may have {size} at most.',
    'file.failed': 'This file has not arrived.',
    'fault.waiting': 'Wait until every file has arrived, or remove it.',
    'fault.refused': 'Remove each file that has not arrived.',
  };

  /** Given by the widget: `createUploader(context)`. */
  declare uploader?: Uploader;
  /** The input that the files are for, `module.action.input`. */
  declare for?: string;
  /** Media types and endings, as of a native input. */
  declare accept?: string;
  /** Of one file. */
  declare maxBytes?: number;
  /** How many at most. */
  declare max?: number;
  /** The value is then a list. */
  declare multiple?: boolean;
  #items: readonly Item[] = [];
  #own = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved within the page, it is connected again before this.
    queueMicrotask(() => this.isConnected || this.#forget(this.#items));
  }

  protected override get group(): boolean {
    return true;
  }
  protected override get blank(): boolean {
    return !this.#items.length && !this.value?.length;
  }
  protected empty(): string | readonly string[] | null {
    return this.multiple ? [] : null;
  }
  protected read(text: string): string | readonly string[] | null {
    return this.multiple ? text.split(',').filter(Boolean) : text || null;
  }
  protected write(value: string | readonly string[] | null): string | FormData | null {
    if (!this.multiple || !this.name) return value as string | null;
    const data = new FormData();
    for (const id of (value ?? []) as readonly string[]) data.append(this.name, id);
    return data;
  }
  protected check(value: string | readonly string[] | null): Fault | undefined {
    const missing = this.#items.filter(({ id }) => !id);
    if (missing[0]) return fault(missing.some(({ problem }) => !problem) ? 'waiting' : 'refused');
    const { max = Infinity } = this;
    return this.multiple && (value?.length ?? 0) > max ? fault('many', max) : undefined;
  }

  /** Whoever sets a value from outside means those files, not the ones that stood here. */
  protected override taking(): void {
    if (!this.#own && this.#items.length) this.#forget(this.#items);
  }

  #forget(items: readonly Item[]): void {
    for (const { stop } of items) stop.abort();
    this.#items = this.#items.filter(item => !items.includes(item));
  }

  #changed(): void {
    const ids = this.#items.flatMap(({ id }) => id ?? []);
    this.#own = true;
    this.edit(this.multiple ? ids : (ids[0] ?? null), true);
    this.#own = false;
  }

  /** Takes files over, as if they were chosen. */
  add(files: Iterable<File>): void {
    if (!this.uploader || this.readonly || this.inactive) return;
    const given = [...files].slice(0, this.multiple ? undefined : 1);
    if (!this.multiple && given.length) this.#forget(this.#items);
    const items = given.map((file): Item => {
      const wrong =
        this.accept && !accepted(this.accept, file)
          ? 'file.accept'
          : file.size > (this.maxBytes ?? Infinity)
            ? 'file.large'
            : undefined;
      const preview = /^image\/(png|jpeg|webp|gif|avif)$/.test(file.type) ? drawn(file) : undefined;
      return { file, preview, upload: this.uploader!(file), stop: new AbortController(), sent: 0, problem: wrong };
    });
    this.#items = [...this.#items, ...items];
    this.#changed();
    for (const item of items) if (!item.problem) this.#send(item);
  }

  async #send(item: Item): Promise<void> {
    item.problem = undefined;
    item.stop = new AbortController();
    const { signal } = item.stop;
    this.requestUpdate();
    const result = await item.upload({
      for: this.for ?? '',
      signal,
      progress: sent => {
        item.sent = sent;
        this.requestUpdate();
      },
    });
    if (signal.aborted) return;
    if (result.ok) item.id = result.value;
    else item.problem = 'file.failed';
    this.#changed();
  }

  /** What was pressed goes with what is done about it. */
  #focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  #retry(item: Item): void {
    this.#focus();
    this.#send(item);
    this.#changed();
  }

  #remove(item: Item): void {
    this.#forget([item]);
    this.#changed();
    this.#focus();
  }

  protected control({ invalid, by }: Described): TemplateResult {
    const { t, inactive, readonly } = this;
    return html`<div id="control" role="group" aria-labelledby=${this.label ? 'label' : nothing} aria-label=${this.label ? nothing : this.caption || nothing}>
      <label class="drop" @dragover=${this.#over} @dragleave=${this.#over} @drop=${this.#over}>
        <input type="file" ?multiple=${this.multiple} accept=${this.accept ?? nothing} ?disabled=${inactive || readonly} aria-invalid=${invalid}
          aria-describedby=${by || nothing} @input=${(event: Event) => event.stopPropagation()} @change=${this.#chosen} />
        <b>${t('add')}</b> <span class="muted">${t('drop')}</span>
      </label>
      <ul>${this.#items.map(item => this.#row(item))}</ul>
    </div>`;
  }

  #row(item: Item): TemplateResult {
    const { t } = this;
    const { file, preview, id, problem, sent } = item;
    const { name } = file;
    const share = file.size ? sent / file.size : 0;
    return html`<li>
      ${preview ?? ''}
      <span class="name">${name}
        ${
          problem
            ? html`<span class="error">${t(problem, { size: this.#size(this.maxBytes ?? 0) })}</span>`
            : id
              ? html`<span class="muted">${this.#size(file.size)}</span>`
              : html`<progress .value=${share} max="1" aria-label=${t('sending', { name, done: this.place.number({ style: 'percent' }).format(share) })}></progress>`
        }</span>
      ${problem === 'file.failed' ? this.#tool(t('retry', { name }), 'M4.5 10a5.5 5.500 0 1 0 1.800-4.100M4.500 3.500v3.200h3.200', () => this.#retry(item)) : ''}
      ${this.inactive ? '' : this.#tool(t('remove', { name }), 'm5 5 10 10M15 5 5 15', () => this.#remove(item))}
    </li>`;
  }

  #tool(label: string, path: string, act: () => void): TemplateResult {
    return html`<button class="tool" type="button" aria-label=${label} @click=${act}><svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg></button>`;
  }

  #size(bytes: number): string {
    const [unit, scale] = bytes < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const);
    return this.place.number({ style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / scale);
  }

  #chosen = (event: Event): void => {
    event.stopPropagation();
    const input = event.target as HTMLInputElement;
    this.add(input.files ?? []);
    // The same file may be chosen again after it was removed.
    input.value = '';
  };

  #over = (event: DragEvent): void => {
    event.preventDefault();
    (event.currentTarget as Element).classList.toggle('over', event.type === 'dragover');
    if (event.type === 'drop') this.add(event.dataTransfer?.files ?? []);
  };
}
