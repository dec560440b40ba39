/** A postal address: its parts in the order of the country, with the autofill tokens of the HTML standard. */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { countryCodes } from '../../../schemas/module/countries.ts';
import type { Address } from '../../../schemas/module/field.ts';
import { type Fault, fault } from './checks/fault.ts';
import { countryNames } from './country-names.ts';
import { type Described, FormControl } from './form-control.ts';

type Part = Exclude<keyof Address, 'country'>;

/** Names in autofill, most characters. */
const parts: Readonly<Record<Part, readonly [token: string, max: number]>> = {
  line1: ['address-line1', 200],
  line2: ['address-line2', 200],
  postalCode: ['postal-code', 20],
  city: ['address-level2', 100],
  region: ['address-level1', 100],
};

/** Rows of parts; most of the world writes the code before the town and no region. */
const usual = 'line1,line2,postalCode city';
const orders: Readonly<Record<string, string>> = {
  'US CA AU NZ IN BR MX CO AR CL': 'line1,line2,city,region postalCode',
  'GB IE ZA': 'line1,line2,city,region postalCode',
  'IT ES': 'line1,line2,postalCode city,region',
  'JP CN KR TW': 'postalCode region,city,line1,line2',
  'AE HK QA': 'line1,line2,city,region',
};

/** Rows of parts as the country writes them. */
export const rowsOf = (country: string): readonly (readonly Part[])[] => {
  const order = Object.entries(orders).find(([codes]) => country && codes.includes(country))?.[1] ?? usual;
  return order.split(',').map(row => row.split(' ') as Part[]);
};

const needed: readonly (keyof Address)[] = ['line1', 'city', 'country'];

/**
 * @tag inlaykit-address
 */
export class AddressControl extends FormControl<Partial<Address> | null> {
  static override properties: PropertyDeclarations = { country: {}, section: {} };
  static override readonly words = {
    'fault.country': 'Choose a country.',
    line1: 'Street and number',
    line2: 'Flat, floor, company',
    postalCode: 'Postal code',
    city: 'Town',
    region: 'State or region',
    country: 'Country',
    choose: 'Choose…',
    'fault.address': 'Fill in {limit}.',
  };

  /** ISO 3166-1 of an address that has none yet; that of the language without. */
  declare country?: string;
  /** Which address autofill is to give: `shipping` or `billing`. */
  declare section?: string;

  get #country(): string {
    if (this.value) return this.value.country ?? '';
    return this.country ?? new Intl.Locale(this.place.locale).maximize().region ?? '';
  }

  protected override get group(): boolean {
    return true;
  }
  protected empty(): null {
    return null;
  }
  /** JSON. */
  protected read(text: string): Partial<Address> | null {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }
  protected override state(value: Partial<Address> | null): string {
    return JSON.stringify(value);
  }
  /** `name.city` and so on. */
  protected write(value: Partial<Address> | null): FormData | null {
    if (!value || !this.name) return null;
    const data = new FormData();
    for (const [part, text] of Object.entries(value)) if (text) data.append(`${this.name}.${part}`, text);
    return data;
  }

  #missing(value: Partial<Address> | null): readonly (keyof Address)[] {
    return needed.filter(part => !(part === 'country' ? this.#country : value?.[part]?.trim()));
  }

  protected check(value: Partial<Address>): Fault | undefined {
    const missing = this.#missing(value);
    if (missing.length) return fault('address', missing.map(part => this.t(part)).join(', '));
    const [long] = Object.entries(parts).filter(([part, [, max]]) => (value[part as Part]?.trim().length ?? 0) > max);
    if (long) return fault('tooLong', long[1][1]);
    return countryCodes.has(value.country!) ? undefined : fault('country');
  }

  protected control({ invalid, by }: Described): TemplateResult {
    const { inactive, readonly, section } = this;
    const country = this.#country;
    const missing = this.#missing({ country, ...this.value });
    // What the server finds wrong with a whole address may be any of it.
    const wrong = (part: keyof Address) => invalid && (!missing[0] || missing.includes(part));
    const token = (name: string) => (section ? `${section} ${name}` : name);
    const text = (part: Part) => html`<div class="field">
      <label for=${part}>${this.t(part)}</label>
      <input id=${part} class="box" .value=${this.value?.[part] ?? ''} autocomplete=${token(parts[part][0])} ?disabled=${inactive} ?readonly=${readonly}
        aria-invalid=${wrong(part)} aria-required=${!!this.required && needed.includes(part)} aria-describedby=${by || nothing} @keydown=${this.#key}
        @input=${(event: Event) => this.#put(part, (event.target as HTMLInputElement).value)} />
    </div>`;
    return html`<div id="control" role="group" class="field parts" aria-labelledby=${this.label ? 'label' : nothing} aria-label=${this.label ? nothing : this.caption || nothing}>
      ${rowsOf(country).map(row => html`<div class="pair">${row.map(text)}</div>`)}
      <div class="field">
        <label for="country">${this.t('country')}</label>
        <select id="country" class="box" autocomplete=${token('country')} ?disabled=${inactive || readonly} aria-invalid=${wrong('country')}
          aria-describedby=${by || nothing} @input=${(event: Event) => this.#put('country', (event.target as HTMLSelectElement).value)}>
          <option value="" .selected=${!country}>${this.t('choose')}</option>
          ${countryNames(this.place.locale, countryCodes).map(([code, name]) => html`<option value=${code} .selected=${code === country}>${name}</option>`)}
        </select>
      </div>
    </div>`;
  }

  /** All empty is no address, whatever country stands there. */
  #put(part: keyof Address, text: string): void {
    if (part === 'country') this.country = text;
    const next = { country: this.#country, ...this.value, [part]: text };
    const given = Object.entries(next).filter(([, value]) => value);
    this.edit(given.some(([name]) => name !== 'country') ? Object.fromEntries(given) : null);
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) this.send();
  };
}
