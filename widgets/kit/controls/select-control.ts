/** One of a list: a native select while the list is short, a box with search when it is long (WAI-ARIA APG, editable combobox). */
import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { type Fault, fault } from './checks/fault.ts';
import { type Choice, choicesIn, plainText } from './choices.ts';
import { type Described, FormControl } from './form-control.ts';
import { placeBelow } from './place-below.ts';
import { selectStyles } from './select-styles.ts';

/** A longer list is searched. */
const SHORT = 12;
/** More than this many are found by typing more, not by scrolling. */
const MOST = 100;

/**
 * @tag inlaykit-select
 */
export class SelectControl extends FormControl<string> {
  static override styles: CSSResultGroup = [FormControl.styles, selectStyles];
  static override properties: PropertyDeclarations = {
    options: { attribute: false },
    placeholder: {},
    autocomplete: {},
    search: { type: Boolean },
    open: { state: true },
    typed: { state: true },
  };
  static override readonly words = {
    choose: 'Choose…',
    none: 'Nothing found',
    'found.one': '{n} found',
    'found.other': '{n} found',
  };

  declare options?: readonly Choice[];
  declare placeholder?: string;
  declare autocomplete?: AutoFill;
  /** A box with search, however short the list is. */
  declare search?: boolean;
  declare open?: boolean;
  /** What is looked for. */
  declare typed?: string | undefined;
  #active = -1;

  get choices(): readonly Choice[] {
    return this.options ?? choicesIn(this);
  }

  protected empty(): string {
    return '';
  }
  protected read(text: string): string {
    return text;
  }
  protected write(value: string): string | null {
    return value || null;
  }
  protected check(value: string): Fault | undefined {
    return this.choices.some(choice => choice.value === value) ? undefined : fault('choice');
  }
  protected override taking(): void {
    this.typed = undefined;
  }

  get #found(): readonly Choice[] {
    const wanted = plainText(this.typed ?? '').trim();
    const { choices } = this;
    if (!wanted) return choices.slice(0, MOST);
    const starts = (choice: Choice) => (plainText(choice.label).startsWith(wanted) ? 0 : 1);
    return choices
      .filter(({ label }) => plainText(label).includes(wanted))
      .sort((a, b) => starts(a) - starts(b))
      .slice(0, MOST);
  }

  get #list(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('[popover]')!;
  }

  protected control(described: Described): TemplateResult {
    const { choices } = this;
    return this.search || choices.length > SHORT ? this.#combobox(described) : this.#native(described, choices);
  }

  #native({ invalid, by }: Described, choices: readonly Choice[]): TemplateResult {
    const { value, required } = this;
    const known = choices.some(choice => choice.value === value);
    // A value that must be there is not taken back to nothing; one that nobody chose yet is not the first.
    const blank = !known || !required;
    return html`<select id="control" class="box" ?disabled=${this.inactive || this.readonly} ?required=${required} aria-invalid=${invalid}
      aria-describedby=${by || nothing} aria-label=${this.#name} autocomplete=${this.autocomplete ?? nothing}
      @input=${(event: Event) => this.edit((event.target as HTMLSelectElement).value)}>
      ${blank ? html`<option value="">${this.placeholder ?? this.t('choose')}</option>` : ''}
      ${choices.map(
        choice => html`<option value=${choice.value} ?disabled=${choice.disabled}>${choice.label}</option>`,
      )}
    </select>`;
  }

  get #name(): unknown {
    return this.label ? nothing : this.caption || nothing;
  }

  #combobox({ invalid, by }: Described): TemplateResult {
    const { open, value, t } = this;
    const found = open ? this.#found : [];
    const shown = this.typed ?? this.choices.find(choice => choice.value === value)?.label ?? '';
    return html`<input id="control" class="box" role="combobox" aria-autocomplete="list" aria-expanded=${!!open} aria-controls="list"
        aria-activedescendant=${found[this.#active] ? `o${this.#active}` : nothing} autocomplete="off" placeholder=${this.placeholder ?? t('choose')}
        .value=${shown} ?required=${this.required} ?disabled=${this.inactive} ?readonly=${this.readonly} aria-invalid=${invalid}
        aria-describedby=${by || nothing} aria-label=${this.#name} @input=${this.#look} @change=${(event: Event) => event.stopPropagation()}
        @keydown=${this.#key} @click=${this.#show} @blur=${this.#leave} />
      <div popover="manual" id="list" role="listbox" aria-label=${this.caption || t('choose')} @pointerdown=${(event: Event) => event.preventDefault()}>
        ${found.map(
          (
            choice,
            at,
          ) => html`<div role="option" id=${`o${at}`} aria-selected=${choice.value === value} aria-disabled=${!!choice.disabled}
            class=${at === this.#active ? 'active' : ''} @click=${() => this.#pick(choice)}>${choice.label}</div>`,
        )}
        ${open && !found.length ? html`<div role="option" aria-selected="false" aria-disabled="true">${t('none')}</div>` : ''}
      </div>
      <span class="sr" role="status">${open && this.typed ? (found.length ? t('found', { n: found.length }) : t('none')) : ''}</span>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const control = this.renderRoot.querySelector<HTMLSelectElement>('#control')!;
    // As a property: the attribute says only what a select begins with.
    if (control.localName === 'select')
      control.value = this.choices.some(({ value }) => value === this.value) ? this.value : '';
    const list = this.renderRoot.querySelector<HTMLElement>('[popover]');
    if (!list || list.matches(':popover-open') === !!this.open) return;
    if (this.open) {
      list.showPopover();
      list.style.minWidth = `min(${control.getBoundingClientRect().width}px, 100vw - 1rem)`;
      placeBelow(list, control);
    } else list.hidePopover();
  }

  #show = (): void => {
    if (this.readonly || this.inactive || this.open) return;
    this.open = true;
    this.#go(this.#found.findIndex(choice => choice.value === this.value));
  };

  #look = (event: Event): void => {
    event.stopPropagation();
    this.typed = (event.target as HTMLInputElement).value;
    this.open = true;
    this.#go(this.typed ? 0 : -1);
  };

  #go(at: number): void {
    this.#active = at;
    this.requestUpdate();
    this.updateComplete.then(() => this.#list?.querySelector('.active')?.scrollIntoView({ block: 'nearest' }));
  }

  #pick(choice: Choice): void {
    if (choice.disabled) return;
    this.open = false;
    this.edit(choice.value, true);
  }

  /** What was typed and not chosen goes, unless it is one choice in full; an emptied box is no choice. */
  #leave = (): void => {
    this.open = false;
    const { typed } = this;
    if (typed === undefined) return;
    const same = this.choices.find(({ label }) => plainText(label) === plainText(typed).trim());
    this.typed = undefined;
    if (same && same.value !== this.value) this.#pick(same);
    else if (!typed.trim() && this.value) this.edit('', true);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'Escape') {
      if (!this.open) return;
      this.typed = undefined;
      this.open = false;
    } else if (key === 'Enter') {
      const choice = this.open && this.#found[this.#active];
      if (choice) this.#pick(choice);
      else {
        this.#leave();
        this.send();
      }
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (this.open) {
        const { length } = this.#found;
        if (length) this.#go((this.#active + (key === 'ArrowDown' ? 1 : -1) + length) % length);
      } else this.#show();
    } else return;
    event.preventDefault();
    // A dialog around it stays open.
    event.stopPropagation();
  };
}
