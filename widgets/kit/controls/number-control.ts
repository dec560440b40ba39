/** A number, typed as the locale writes it; whole, or a decimal whose value is an exact text. */
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Fault, fault } from './checks/fault.ts';
import { checkDecimal, checkInteger } from './checks/number-check.ts';
import type { Described } from './form-control.ts';
import { readNumber } from './read-number.ts';
import { TypedControl } from './typed-control.ts';

/**
 * @tag inlaykit-number
 */
export class NumberControl extends TypedControl<number | string | null> {
  static override properties: PropertyDeclarations = {
    min: { type: Number },
    max: { type: Number },
    step: { type: Number },
    scale: { type: Number },
    unit: {},
  };

  declare min?: number;
  declare max?: number;
  /** What an arrow key adds; 1 without. */
  declare step?: number;
  /** Most decimals. With it the value is a text such as `1.50`, without it a whole number. */
  declare scale?: number;
  /** Shown behind the box, such as `kg`. */
  declare unit?: string;
  protected readonly unreadable = 'number';

  protected empty(): null {
    return null;
  }
  protected parse(text: string): number | string | undefined {
    const plain = readNumber(text, this.place.locale);
    if (plain === undefined || this.scale !== undefined) return plain;
    const value = Number(plain);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  protected read(text: string): number | string | null {
    return text === '' ? null : this.scale === undefined ? Number(text) : text;
  }
  protected write(value: number | string | null): string | null {
    return value === null ? null : `${value}`;
  }
  protected format(value: number | string): string {
    // As a text, a decimal keeps digits that a number has not.
    return this.place
      .number({ maximumFractionDigits: this.scale ?? 0, useGrouping: `${value}`.length > 4 })
      .format(value as number);
  }
  protected judge(value: number | string): Fault | undefined {
    const { min, max, scale } = this;
    if (scale === undefined) return this.#said(checkInteger({ min, max }, value));
    return this.#said(
      checkDecimal(scale, value) ??
        (Number(value) < (min ?? -Infinity)
          ? fault('low', min)
          : Number(value) > (max ?? Infinity)
            ? fault('high', max)
            : undefined),
    );
  }

  /** Limits as the locale writes them. */
  #said(found: Fault | undefined): Fault | undefined {
    return typeof found?.limit === 'number'
      ? fault(found.code, this.place.number({ maximumFractionDigits: 9 }).format(found.limit))
      : found;
  }

  protected control(described: Described): TemplateResult {
    const box = this.box(described, {
      kind: 'figures',
      // The numeric keyboard of some phones has no minus.
      mode: this.min !== undefined && this.min >= 0 ? (this.scale ? 'decimal' : 'numeric') : undefined,
      onKey: this.#arrow,
    });
    return this.unit ? html`<div class="row">${box}<span>${this.unit}</span></div>` : box;
  }

  #arrow = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || this.readonly) return;
    event.preventDefault();
    const { step = 1, min = -Infinity, max = Infinity, scale } = this;
    const next = Math.min(Math.max(Number(this.value ?? 0) + by * step, min), max);
    this.edit(scale === undefined ? Math.round(next) : next.toFixed(scale), true);
  };
}
