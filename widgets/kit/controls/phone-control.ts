/** A telephone number: a country and the number as it is dialled there; the value is E.164. The server knows numbers in full. */
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { callingOf, callings, countryOf, countryOfZone } from './calling-codes.ts';
import { type Fault, fault } from './checks/fault.ts';
import { barePhone } from './checks/text-check.ts';
import { countryNames } from './country-names.ts';
import type { Described } from './form-control.ts';
import { latinDigits } from './latin-digits.ts';
import { TypedControl } from './typed-control.ts';

/** So wide that a closed list shows the code alone, and nothing of a name that would be cut. */
const GAP = '\u2003'.repeat(3);

let clock: string | undefined;
let isClockRead = false;
/** To ask every country takes some milliseconds, so it is done once. */
function countryOfClock(): string | undefined {
  if (!isClockRead) clock = countryOfZone(new Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.languages);
  isClockRead = true;
  return clock;
}

/**
 * @tag inlaykit-phone
 */
export class PhoneControl extends TypedControl<string> {
  static override properties: PropertyDeclarations = { country: {} };
  static override readonly words = { country: 'Country' };

  /** ISO 3166-1; that of the visitor's clock where the page says nothing, and that of the language where the clock is no country's. */
  declare country?: string;
  protected readonly unreadable = 'phone';

  /** The country that what is typed is of. */
  get region(): string {
    const own = this.value && countryOf(this.value, this.country ?? '')?.country;
    return own || (callingOf(this.country ?? '')?.country ?? countryOfClock() ?? this.#regionOfLanguage);
  }

  get #regionOfLanguage(): string {
    return new Intl.Locale(this.place.locale).maximize().region ?? 'US';
  }

  protected empty(): string {
    return '';
  }
  protected parse(text: string): string | undefined {
    const bare = barePhone(latinDigits(text, this.place.locale));
    const { code, trunk } = callingOf(this.region) ?? { code: '', trunk: '' };
    const whole = bare.startsWith('+')
      ? bare
      : `+${code}${trunk && bare.startsWith(trunk) ? bare.slice(trunk.length) : bare}`;
    return /^\+\d{7,15}$/.test(whole) ? whole : undefined;
  }
  protected read(text: string): string {
    return (text && this.parse(text)) || '';
  }
  protected write(value: string): string | null {
    return value || null;
  }
  protected judge(value: string): Fault | undefined {
    return /^\+\d{7,15}$/.test(value) ? undefined : fault('phone');
  }

  /** In threes, and the last two to four together: no country's own way, and readable in each. */
  protected format(value: string): string {
    const calling = countryOf(value, this.country ?? '');
    const digits = value.slice(1 + (calling?.code.length ?? 0));
    const groups = digits.match(/\d{3}(?=\d{2})|\d+/g) ?? [];
    return `${calling ? calling.trunk.replace(/^1$/, '') : '+'}${groups.join(' ')}`;
  }

  protected control(described: Described): TemplateResult {
    const { region } = this;
    const names = countryNames(
      this.place.locale,
      callings.map(({ country }) => country),
    );
    return html`<div class="row" dir="ltr">
      <select class="box unit dial" aria-label=${this.t('country')} ?disabled=${this.inactive || this.readonly} @input=${this.#pick}>
        ${names.map(([code, name]) => html`<option value=${code} .selected=${code === region}>+${callingOf(code)!.code}${GAP}${name}</option>`)}
      </select>
      ${this.box(described, { kind: 'figures ltr', mode: 'tel', autocomplete: 'tel' })}
    </div>`;
  }

  /** The figures that stand there are meant for the other country. */
  #pick = (event: Event): void => {
    event.stopPropagation();
    const text = this.typed ?? (this.value && this.format(this.value));
    this.country = (event.target as HTMLSelectElement).value;
    if (!text) return;
    this.value = '';
    this.type(text);
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  };
}
