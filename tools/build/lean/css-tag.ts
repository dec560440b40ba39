/** Lit's `css` without the way around browsers that lack constructable style sheets (none since 2023). */
export class CSSResult {
  readonly cssText: string;
  #sheet?: CSSStyleSheet;

  constructor(text: string) {
    this.cssText = text;
  }

  get styleSheet(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.cssText);
    }
    return this.#sheet;
  }
}

export const css = (strings: TemplateStringsArray, ...values: readonly unknown[]): CSSResult =>
  new CSSResult(String.raw({ raw: strings }, ...values));
