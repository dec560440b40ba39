/** "Add to your website": what to paste, for the builder and in the way that its owner chooses. */
import { css, html, nothing } from 'lit';
import type { WidgetDef } from '../../schemas/module/index.ts';
import type { RefusedOrigin, Site, SiteOrigin, Snippet, SnippetPlace } from '../../schemas/protocol/index.ts';
import { type SiteBuilder, siteBuilders } from '../../schemas/protocol/site-builders.ts';
import { onDemand, type WidgetMode, widgetModes } from '../../schemas/protocol/widget-mode.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type FieldsJson, fieldLabel } from '../api/manifest-reader.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, skeletonLines } from '../shell/states.ts';
import { type StringKey, t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { CopyText } from './copy-text.ts';
import { simpleField } from './simple-field.ts';
import { SiteSeen } from './site-seen.ts';

interface Shown {
  readonly module: string;
  /** Name in the manifest, which is that of its own page too. */
  readonly name: string;
  readonly widget: WidgetDef & { readonly props?: FieldsJson };
}

/** Builders whose pages have a head of their own to put things into. */
const withHead: readonly SiteBuilder[] = ['html', 'squarespace', 'webflow', 'shopify'];
/** Where to put it; what stays in the corner belongs to the whole website and not into one place of one page. */
const before: Partial<Record<SiteBuilder, { readonly placed: StringKey; readonly float?: StringKey }>> = {
  wordpress: { placed: 'embed.before.wordpress' },
  wix: { placed: 'embed.before.wix', float: 'embed.before.wix.float' },
  squarespace: { placed: 'embed.before.squarespace', float: 'embed.before.squarespace.float' },
  webflow: { placed: 'embed.before.webflow', float: 'embed.before.webflow.float' },
  shopify: { placed: 'embed.before.shopify', float: 'embed.before.shopify.float' },
  gtm: { placed: 'embed.before.gtm' },
};

/**
 * @tag desk-site-snippet
 * @event look - The website's pages are to be asked about again.
 */
export class SiteSnippet extends DeskElement {
  static override uses = { 'desk-copy': CopyText, 'desk-site-seen': SiteSeen };
  static override styles = [
    DeskElement.styles,
    form,
    css`
      :host { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); }
      .choices { display: grid; gap: 16px 24px; grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr)); align-items: start; }
      .wide { grid-column: 1 / -1; }
      ol { margin: 0; padding: 0; list-style: none; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); counter-reset: step; }
      li { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); counter-increment: step; }
      li > p::before { content: counter(step) '. '; font-variant-numeric: tabular-nums; color: var(--muted); }
      iframe { inline-size: 100%; block-size: 560px; border: 1px solid var(--hairline); border-radius: 8px; background: Canvas; }
    `,
  ];
  static override properties = {
    site: { attribute: false },
    origins: { attribute: false },
    refused: { attribute: false },
    modules: { attribute: false },
    builder: { state: true },
    chosen: { state: true },
    options: { state: true },
    pinned: { state: true },
  };
  declare site: Site;
  declare origins: readonly SiteOrigin[];
  declare refused: readonly RefusedOrigin[];
  /** Modules that are on. */
  declare modules: readonly string[];
  declare builder: SiteBuilder;
  /** Index into what there is to show. */
  declare chosen: number;
  /** `mode`, `fast`, `host`, and attributes by name. */
  declare options: Readonly<Record<string, string>>;
  declare pinned: boolean;
  readonly #snippet = this.resource<Snippet>(() => {
    const shown = this.#shown[this.chosen];
    if (!shown) return null;
    const query = this.#query(shown);
    const { control } = this.api;
    const read = () =>
      this.pinned ? control.pinnedSnippet(this.site.id, query) : control.snippet(this.site.id, query);
    return { key: `snippet:${this.site.id}:${this.pinned}:${new URLSearchParams(query)}`, read };
  });

  #names: readonly string[] = [];

  constructor() {
    super();
    this.builder = 'html';
    this.chosen = 0;
    this.options = {};
    this.pinned = false;
  }

  get #shown(): readonly Shown[] {
    return this.modules.flatMap(module =>
      Object.entries(this.space?.manifests.get(module)?.widgets ?? {})
        .filter(([, { surfaces }]) => surfaces.includes('site'))
        .map(([name, widget]) => ({ module, name, widget: widget as Shown['widget'] })),
    );
  }

  #query({ module, widget }: Shown): Record<string, string> {
    const { fast, ...rest } = this.options;
    const given = Object.entries(rest).filter(([, value]) => value);
    const ahead: Record<string, string> = fast && withHead.includes(this.builder) ? { fast } : {};
    return { module, widget: widget.tag, for: this.builder, ...ahead, ...Object.fromEntries(given) };
  }

  #set(change: Readonly<Record<string, string>>): void {
    this.options = { ...this.options, ...change };
  }

  #select<T extends string>(
    name: string,
    label: string,
    chosen: T,
    values: readonly (readonly [T, string])[],
    pick: (value: T) => void,
  ) {
    return html`<div class="field"><label for=${name}>${label}</label><select id=${name} @change=${(event: Event) => pick((event.target as HTMLSelectElement).value as T)}>
      ${values.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></div>`;
  }

  #check(label: string, on: boolean, pick: (on: boolean) => void, hint?: string) {
    return html`<div class="field wide"><label class="check"><input type="checkbox" .checked=${on} @change=${(event: Event) => pick((event.target as HTMLInputElement).checked)} />${label}</label>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}</div>`;
  }

  protected override render() {
    const shown = this.#shown[this.chosen];
    if (!shown) return html`<p class="muted">${t('embed.none')}</p>`;
    return html`${this.#choices(shown)}${this.#steps(shown)}
      <desk-site-seen .zone=${this.site.zone} .origins=${this.origins} .refused=${this.refused} @look=${() => this.dispatchEvent(new CustomEvent('look'))}></desk-site-seen>${this.#preview(shown)}`;
  }

  #mode(widget: WidgetDef): WidgetMode {
    return (this.options['mode'] ?? widget.mode ?? 'inline') as WidgetMode;
  }

  #choices({ widget }: Shown) {
    const mode = this.#mode(widget);
    const texts = Object.entries(widget.props ?? {}).filter(([, field]) => field.kind === 'text');
    return html`<div class="choices" @change=${(event: Event) => {
      const { name, value } = event.target as HTMLInputElement;
      if (name) this.#set({ [name]: value.trim() });
    }}>
      ${this.#select(
        'builder',
        t('embed.builder'),
        this.builder,
        siteBuilders.map(one => [one, t(`embed.builder.${one}`)] as const),
        value => {
          this.builder = value;
        },
      )}
      ${
        this.#shown[1]
          ? this.#select(
              'widget',
              t('embed.widget'),
              `${this.chosen}`,
              this.#shown.map((one, index) => [`${index}`, one.widget.label] as const),
              value => {
                this.chosen = Number(value);
                this.options = this.options['host'] ? { host: this.options['host'] } : {};
              },
            )
          : nothing
      }
      ${this.#select(
        'mode',
        t('embed.mode'),
        mode,
        widgetModes.map(one => [one, t(`embed.mode.${one}`)] as const),
        value => this.#set({ mode: value }),
      )}
      ${this.#hosts()}
      ${onDemand(mode) ? simpleField({ name: 'label', label: t('embed.label'), value: this.options['label'] ?? '', optional: true }) : nothing}
      ${texts.map(([name, field]) => simpleField({ name, label: t('embed.only', { name: fieldLabel(name, field) }), value: this.options[name] ?? '', optional: true }))}
      ${withHead.includes(this.builder) ? this.#check(t('embed.fast'), Boolean(this.options['fast']), on => this.#set({ fast: on ? '1' : '' }), t('embed.fastHint')) : nothing}
      ${
        this.builder === 'wordpress'
          ? nothing
          : this.#check(
              t('embed.pin'),
              this.pinned,
              on => {
                this.pinned = on;
              },
              t('embed.pinHint'),
            )
      }
    </div>`;
  }

  /** Only where there is a choice; the names stay while another snippet is on its way. */
  #hosts() {
    const names = this.#snippet.value?.hosts ?? this.#names;
    this.#names = names;
    if (!names[1]) return nothing;
    const asked = this.options['host'];
    return html`<div class="field"><label for="host">${t('embed.host')}</label><select id="host" @change=${(event: Event) => this.#set({ host: (event.target as HTMLSelectElement).value })}>
      ${names.map((name, index) => html`<option value=${name} ?selected=${asked ? name === asked : index === 0}>${name}</option>`)}</select>
      <p class="hint">${t('embed.hostHint')}</p></div>`;
  }

  #steps({ widget }: Shown) {
    const { value, problem } = this.#snippet;
    if (!value) return problem ? errorState(problem, () => this.#snippet.reload()) : skeletonLines(3);
    const float = this.#mode(widget) === 'float';
    const where = before[this.builder];
    const intro = float ? (where?.float ?? where?.placed) : where?.placed;
    const step = (place: SnippetPlace) =>
      t(float && place === 'page' ? 'embed.part.everywhere' : `embed.part.${place}`);
    const mail = [
      t('embed.mailIntro'),
      ...(intro ? [t(intro)] : []),
      ...value.parts.map(({ place, code }) => `${step(place)}\n\n${code}`),
    ].join('\n\n');
    const subject = t('embed.mailSubject', { site: this.site.name });
    const href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(mail)}`;
    return html`${intro ? html`<p>${t(intro)}</p>` : nothing}
      ${this.builder === 'wordpress' ? html`<div><a class="button" href="/integrations/wordpress.zip" download>${t('embed.plugin')}</a></div>` : nothing}
      <ol>${value.parts.map(({ place, code }, index) => html`<li><p>${step(place)}</p><desk-copy .text=${code} .label=${t('embed.code', { n: index + 1 })}></desk-copy></li>`)}</ol>
      <div><a class="button" href=${href}>${icon('mail')}${t('embed.mail')}</a></div>`;
  }

  #preview({ name, widget }: Shown) {
    if (!widget.surfaces.includes('page')) return nothing;
    const mode = this.#mode(widget);
    return html`<div><h3>${t('embed.preview')}</h3><p class="muted">${t('embed.previewText')}</p></div>
      <iframe src=${`/p/${this.site.siteKey}/${name}${onDemand(mode) ? `?mode=${mode}` : ''}`} title=${t('embed.preview')} loading="lazy"></iframe>`;
  }
}
