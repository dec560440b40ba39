/** An amount of money: minor units and ISO 4217 code, typed or pasted as people write it. */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { exponentOf, isCurrency } from '../../../schemas/money/currency.ts';
import type { Money } from '../../../schemas/money/money.ts';
import { parseMinor, toDecimal } from '../../../schemas/money/text.ts';
import { type Fault, fault } from './checks/fault.ts';
import type { Described } from './form-control.ts';
import { readNumber } from './read-number.ts';
import { TypedControl } from './typed-control.ts';

/**
 * @tag inlaykit-money
 */
export class MoneyControl extends TypedControl<Money | null> {
  static override properties: PropertyDeclarations = {
    currency: {},
    currencies: {},
    min: { type: Number },
    max: { type: Number },
  };
  static override readonly words = { currency: 'Currency' };

  /** ISO 4217; of an amount that has none yet. */
  declare currency?: string;
  /** Codes to choose from, with spaces between; without them the currency is fixed. */
  declare currencies?: string;
  /** Minor units. */
  declare min?: number;
  declare max?: number;
  protected readonly unreadable = 'number';

  /** The currency of what is shown and typed. */
  get code(): string {
    return (
      [this.value?.currency, this.currency, this.currencies?.split(' ')[0]].find(code => code && isCurrency(code)) ??
      'EUR'
    );
  }

  protected empty(): null {
    return null;
  }
  protected parse(text: string): Money | undefined {
    const plain = readNumber(text, this.place.locale, true);
    const amount = plain === undefined ? undefined : parseMinor(plain, this.code);
    return amount === undefined ? undefined : { amount, currency: this.code };
  }
  /** `12.50 EUR`. */
  protected read(text: string): Money | null {
    const [plain = '', currency = this.code] = text.split(' ');
    const amount = isCurrency(currency) ? parseMinor(plain, currency) : undefined;
    return amount === undefined ? null : { amount, currency };
  }
  protected write(value: Money | null): string | null {
    return value && `${toDecimal(value)} ${value.currency}`;
  }
  protected override state(value: Money | null): string {
    return this.write(value) ?? '';
  }
  protected format(value: Money): string {
    const digits = exponentOf(value.currency);
    return this.#figures(digits).format(toDecimal(value) as `${number}`);
  }
  protected judge({ amount, currency }: Money): Fault | undefined {
    const { min, max } = this;
    const limit = min !== undefined && amount < min ? min : max !== undefined && amount > max ? max : undefined;
    if (limit === undefined) return undefined;
    return fault(limit === min ? 'low' : 'high', `${this.format({ amount: limit, currency })} ${currency}`);
  }

  #figures(digits: number): Intl.NumberFormat {
    return this.place.number({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  protected control(described: Described): TemplateResult {
    const { code } = this;
    const choices = this.currencies?.split(' ').filter(isCurrency) ?? [];
    const box = this.box(described, {
      kind: 'figures',
      mode: this.min !== undefined && this.min >= 0 ? 'decimal' : undefined,
      placeholder: this.#figures(exponentOf(code)).format(0),
    });
    return html`<div class="row">
      ${box}
      ${
        choices[1]
          ? html`<select class="box unit" aria-label=${this.t('currency')} ?disabled=${this.inactive || this.readonly || nothing} @change=${this.#pick}>
              ${choices.map(choice => html`<option value=${choice} .selected=${choice === code}>${choice}</option>`)}
            </select>`
          : html`<span>${code}</span>`
      }
    </div>`;
  }

  /** Another currency keeps the figures that stand there: 12.50 EUR becomes 12.50 USD, and 13 JPY what it can. */
  #pick = (event: Event): void => {
    const currency = (event.target as HTMLSelectElement).value;
    const figures = this.value ? Number(toDecimal(this.value)) : undefined;
    this.currency = currency;
    if (figures === undefined) return;
    this.edit({ amount: Math.round(figures * 10 ** exponentOf(currency)), currency });
  };
}
