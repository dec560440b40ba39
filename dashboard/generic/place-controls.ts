/** Controls of kinds with parts of their own: a point on the map, a postal address, a text in several languages. */
import { html, nothing, type TemplateResult } from 'lit';
import { countryCodes } from '../../schemas/module/countries.ts';
import type { Address, Geo } from '../../schemas/module/field.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { locale, type StringKey, t } from '../strings/translate.ts';
import { Unreadable } from './unreadable.ts';

interface Part {
  readonly id: string;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  /** What is wrong at a member of the value. */
  readonly errorAt: (member: string) => string | undefined;
}

const typed = (event: Event): string => (event.target as HTMLInputElement).value;
const countries = new Intl.DisplayNames(locale, { type: 'region' });
const languages = new Intl.DisplayNames(locale, { type: 'language' });

export const countryName = (code: string): string => {
  try {
    return countries.of(code) ?? code;
  } catch {
    return code;
  }
};

const below = (id: string, error: string | undefined) =>
  error ? html`<p class="wrong" id=${`${id}-error`}>${error}</p>` : nothing;

/** WGS 84 degrees, as maps write them. */
export const geoControl = ({ id, value, change, errorAt }: Part): TemplateResult => {
  const known =
    value instanceof Unreadable ? (JSON.parse(value.text) as Partial<Geo>) : ((value ?? {}) as Partial<Geo>);
  const set = (part: Partial<Geo>) => {
    const next = { ...known, ...part };
    if (next.lat === undefined && next.lng === undefined) return change(null);
    // Half a point is nothing to send.
    change(next.lat === undefined || next.lng === undefined ? new Unreadable(JSON.stringify(next)) : next);
  };
  const one = (name: 'lat' | 'lng', label: StringKey, most: number) =>
    html`<div class="field"><label for=${`${id}-${name}`}>${t(label)}</label><input id=${`${id}-${name}`} type="number" step="any" min=${-most} max=${most} .value=${known[name] === undefined ? '' : String(known[name])}
      aria-invalid=${Boolean(errorAt(name))} @input=${(event: Event) => set({ [name]: typed(event) === '' ? undefined : Number(typed(event)) })} />${below(`${id}-${name}`, errorAt(name))}</div>`;
  return html`<div class="pair medium">${one('lat', 'geo.lat', 90)}${one('lng', 'geo.lng', 180)}</div>`;
};

const addressParts = ['line1', 'line2', 'postalCode', 'city', 'region'] as const;
const needed = new Set<string>(['line1', 'city', 'country']);

/** The parts of an address; all empty is none. */
export const addressControl = ({ id, value, change, errorAt }: Part): TemplateResult => {
  const known = (value ?? {}) as Partial<Address>;
  const set = (name: string, text: string) => {
    const next = Object.fromEntries(
      Object.entries({ ...known, [name]: text || (needed.has(name) ? '' : null) }).filter(
        ([, part]) => part !== undefined,
      ),
    );
    change(Object.values(next).every(part => !part) ? null : next);
  };
  const label = (name: string) =>
    html`<label for=${`${id}-${name}`}>${t(`address.${name}` as StringKey)}${needed.has(name) ? nothing : html`<span class="optional">${t('field.optional')}</span>`}</label>`;
  const text = (name: (typeof addressParts)[number]) =>
    html`<div class="field">${label(name)}<input id=${`${id}-${name}`} type="text" autocomplete="off" .value=${known[name] ?? ''} aria-invalid=${Boolean(errorAt(name))} @input=${(event: Event) => set(name, typed(event))} />${below(`${id}-${name}`, errorAt(name))}</div>`;
  const codes = [...countryCodes].sort((a, b) => countryName(a).localeCompare(countryName(b), locale));
  return html`<div class="group">${text('line1')}${text('line2')}<div class="pair">${text('postalCode')}${text('city')}</div>${text('region')}
    <div class="field">${label('country')}<select id=${`${id}-country`} class="medium" aria-invalid=${Boolean(errorAt('country'))} @change=${(event: Event) => set('country', typed(event))}>
      <option value="">${t('field.choose')}</option>${codes.map(code => html`<option value=${code} ?selected=${code === known.country}>${countryName(code)}</option>`)}</select>${below(`${id}-country`, errorAt('country'))}</div></div>`;
};

const offered = [
  'en',
  'de',
  'cs',
  'sk',
  'fr',
  'es',
  'it',
  'pl',
  'hu',
  'nl',
  'pt',
  'sv',
  'da',
  'fi',
  'ro',
  'hr',
  'uk',
  'tr',
  'ar',
  'he',
  'ja',
  'zh',
];

/** A text for each language; `long` for texts of several lines. */
export const translatedControl = ({ id, value, change, errorAt }: Part, long: boolean): TemplateResult => {
  const texts = (value ?? {}) as Readonly<Record<string, string>>;
  const known = Object.keys(texts);
  const shown = known.length > 0 ? known : ['en'];
  const without = (tag: string) => Object.fromEntries(Object.entries(texts).filter(([other]) => other !== tag));
  const set = (tag: string, text: string) => change({ ...texts, [tag]: text });
  const drop = (tag: string) => change(Object.keys(without(tag)).length > 0 ? without(tag) : null);
  const one = (tag: string) => {
    const label = languages.of(tag) ?? tag;
    const input = long
      ? html`<textarea id=${`${id}-${tag}`} lang=${tag} .value=${texts[tag] ?? ''} @input=${(event: Event) => set(tag, typed(event))}></textarea>`
      : html`<input id=${`${id}-${tag}`} type="text" lang=${tag} autocomplete="off" .value=${texts[tag] ?? ''} @input=${(event: Event) => set(tag, typed(event))} />`;
    return html`<div class="item"><div class="field"><label for=${`${id}-${tag}`}>${label}</label>${input}${below(`${id}-${tag}`, errorAt(tag))}</div>
      ${known.length > 1 ? html`<button type="button" class="plain icon-only" aria-label=${t('ref.clear', { label })} @click=${() => drop(tag)}>${icon('close')}</button>` : nothing}</div>`;
  };
  return html`<div class="group items bare">${shown.map(one)}
    <select class="medium" aria-label=${t('field.addLanguage')} @change=${(event: Event) => {
      const tag = typed(event);
      (event.target as HTMLSelectElement).value = '';
      if (tag) set(tag, '');
    }}><option value="">${t('field.addLanguage')}</option>${offered.filter(tag => !shown.includes(tag)).map(tag => html`<option value=${tag}>${languages.of(tag) ?? tag}</option>`)}</select></div>`;
};
