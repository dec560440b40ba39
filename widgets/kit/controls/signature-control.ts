/** A signature: drawn with a pointer, or a name that is typed; the value is an SVG, `toPng` makes a picture of it. */
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type Fault, fault } from './checks/fault.ts';
import { type Described, FormControl } from './form-control.ts';
import { signatureStyles } from './signature-styles.ts';

/** Of the drawing, in its own units; twice as wide as high fits a name. */
const WIDTH = 600;
const HEIGHT = 200;

type Point = readonly [x: number, y: number];

const escaped = (text: string) => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
const wrap = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${inside}</svg>`;

/** A smooth line through the middle of each two points. */
const pathOf = (points: readonly Point[]): string => {
  const [[x, y] = [0, 0], ...rest] = points;
  if (!rest.length) return `M${x} ${y}h.1`;
  const curves = rest.map(([px, py], at) => {
    const [nx, ny] = rest[at + 1] ?? [px, py];
    return `Q${px} ${py} ${(px + nx) / 2} ${(py + ny) / 2}`;
  });
  return `M${x} ${y}${curves.join('')}`;
};

/**
 * @tag inlaykit-signature
 */
export class SignatureControl extends FormControl<string> {
  static override styles: CSSResultGroup = [FormControl.styles, signatureStyles];
  static override properties: PropertyDeclarations = { typing: { state: true } };
  static override readonly words = {
    sign: 'Sign here with a finger, a pen or the mouse',
    signed: 'Signed',
    typeName: 'Type my name instead',
    drawName: 'Draw it instead',
    yourName: 'Your name',
    undo: 'Undo',
    clear: 'Clear',
  };

  /** Whether the name is typed. */
  declare typing?: boolean;
  #strokes: readonly (readonly Point[])[] = [];
  #own = false;

  protected override get group(): boolean {
    return true;
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
    return value.startsWith('<svg ') ? undefined : fault('type');
  }
  protected override taking(): void {
    if (!this.#own) this.#strokes = [];
  }

  /** What a picture of ours is made of; by its text, since a page's policy may forbid a parser, and drawn without an image for the same reason. */
  get #marks(): { readonly path: string; readonly name: string; readonly size: number } {
    const [, size = 72, name = ''] = /font-size="([\d.]+)">([^<]*)</.exec(this.value) ?? [];
    return {
      path: [...this.value.matchAll(/ d="([^"]*)"/g)].map(([, line]) => line).join(''),
      name: name.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
      size: Number(size),
    };
  }

  /** A picture of the signature on a transparent ground; none without one. */
  async toPng(): Promise<Blob | null> {
    if (!this.value) return null;
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const context = canvas.getContext('2d')!;
    const { path, name, size } = this.#marks;
    Object.assign(context, {
      lineWidth: 3,
      lineCap: 'round',
      lineJoin: 'round',
      textAlign: 'center',
      textBaseline: 'middle',
      font: `${size}px cursive`,
    });
    context.stroke(new Path2D(path));
    context.fillText(name, WIDTH / 2, HEIGHT / 2);
    return new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  }

  #put(value: string): void {
    this.#own = true;
    this.edit(value, true);
    this.#own = false;
  }

  #draw(strokes: readonly (readonly Point[])[], settled: boolean): void {
    this.#strokes = strokes;
    this.requestUpdate();
    if (!settled) return;
    const lines = strokes.map(points => `<path d="${pathOf(points)}"/>`).join('');
    this.#put(
      lines &&
        wrap(
          `<g fill="none" stroke="#000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">${lines}</g>`,
        ),
    );
  }

  #type(name: string): void {
    this.#strokes = [];
    const size = Math.min(72, (WIDTH * 1.7) / Math.max(name.length, 1));
    this.#put(
      name.trim() &&
        wrap(
          `<text x="${WIDTH / 2}" y="${HEIGHT / 2}" dominant-baseline="middle" text-anchor="middle" font-family="cursive" font-size="${size}">${escaped(name)}</text>`,
        ),
    );
  }

  #pointer = (event: PointerEvent): void => {
    const pad = event.currentTarget as HTMLElement;
    if (this.inactive || this.readonly || event.button > 0) return;
    const { left, top, width, height } = pad.getBoundingClientRect();
    const round = (value: number) => Math.round(value * 10) / 10;
    const point: Point = [
      round(((event.clientX - left) / width) * WIDTH),
      round(((event.clientY - top) / height) * HEIGHT),
    ];
    if (event.type === 'pointerdown') {
      pad.setPointerCapture?.(event.pointerId);
      this.#active = event.pointerId;
      this.#draw([...this.#strokes, [point]], false);
    } else if (event.pointerId === this.#active) {
      const last = this.#strokes.at(-1) ?? [];
      const ends = event.type !== 'pointermove';
      if (ends) this.#active = undefined;
      this.#draw([...this.#strokes.slice(0, -1), ends ? last : [...last, point]], ends);
    }
  };
  #active?: number | undefined;

  protected control({ invalid, by }: Described): TemplateResult {
    const { t, value, typing, inactive, readonly } = this;
    const still = inactive || readonly;
    const tool = (label: string, act: () => void, off: boolean) =>
      html`<button class="tool text" type="button" ?disabled=${still || off} @click=${act}>${label}</button>`;
    const strokes = this.#strokes;
    const marks = this.#marks;
    return html`<div id="control" role="group" aria-labelledby=${this.label ? 'label' : nothing} aria-label=${this.label ? nothing : this.caption || nothing}
        aria-describedby=${by || nothing}>
      <div class="pad ${invalid ? 'wrong' : ''} ${still ? 'still' : ''}" role="img" aria-label=${value ? t('signed') : t('sign')}
        @pointerdown=${typing ? nothing : this.#pointer} @pointermove=${this.#pointer} @pointerup=${this.#pointer} @pointercancel=${this.#pointer}>
        ${
          strokes.length || value
            ? html`<svg viewBox="0 0 600 200" aria-hidden="true"><path d=${strokes.length ? strokes.map(pathOf).join('') : marks.path} />
                <text x="300" y="100" font-size=${marks.size} text-anchor="middle" dominant-baseline="middle">${marks.name}</text></svg>`
            : html`<span class="muted">${typing ? '' : t('sign')}</span>`
        }
      </div>
      ${
        typing
          ? html`<input class="box" aria-label=${t('yourName')} placeholder=${t('yourName')} autocomplete="name" ?disabled=${still} aria-invalid=${invalid}
              @input=${this.#typed} @change=${(event: Event) => event.stopPropagation()} />`
          : ''
      }
      <div class="row tools">
        <button class="tool text" type="button" aria-invalid=${invalid} ?disabled=${still} @click=${this.#swap}>${typing ? t('drawName') : t('typeName')}</button>
        ${typing ? '' : tool(t('undo'), () => this.#draw(strokes.slice(0, -1), true), !strokes.length)}
        ${tool(t('clear'), this.#clear, !value)}
      </div>
    </div>`;
  }

  #typed = (event: Event): void => {
    event.stopPropagation();
    this.#type((event.target as HTMLInputElement).value);
  };

  #swap = (): void => {
    this.typing = !this.typing;
    this.#clear();
  };

  #clear = (): void => {
    const box = this.renderRoot.querySelector('input');
    if (box) box.value = '';
    this.#strokes = [];
    if (this.value) this.#put('');
    this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input,button')?.focus());
  };
}
