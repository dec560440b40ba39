/** How the visitors of a site prove that they are no machines. */
import { css, html, nothing } from 'lit';
import type { SiteCaptcha as Chosen } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

type Provider = Chosen['provider'];
const providers: readonly Provider[] = ['work', 'turnstile'];

/** @tag desk-site-captcha */
export class SiteCaptcha extends DeskElement {
  static override styles = [
    DeskElement.styles,
    form,
    panel,
    css`
      :host { display: grid; gap: 16px; }
      fieldset { display: grid; gap: 12px; margin: 0; padding: 0; border: 0; }
      .choice { display: grid; grid-template-columns: auto 1fr; gap: 2px 10px; align-items: baseline; }
      .choice > input { align-self: center; margin: 0; }
      .choice > .muted { grid-column: 2; }
    `,
  ];
  static override properties = {
    site: {},
    provider: { state: true },
    problem: { state: true },
  };
  declare site: string;
  /** What is chosen and not yet saved. */
  declare provider: Provider | null;
  declare problem: ApiProblem | null;
  readonly #chosen = this.resource<Chosen>(() =>
    this.site ? { key: `captcha:${this.site}`, read: () => this.api.control.captcha(this.site) } : null,
  );

  constructor() {
    super();
    this.provider = null;
    this.problem = null;
  }

  async #save(event: SubmitEvent, provider: Provider): Promise<void> {
    event.preventDefault();
    const { serviceKey, secret } = formValues(event, 'serviceKey', 'secret');
    this.problem = null;
    try {
      await this.api.control.setCaptcha(
        this.site,
        provider === 'work' ? { provider } : { provider, serviceKey, ...(secret ? { secret } : {}) },
      );
      this.provider = null;
      this.toasts.show({ text: t('saved') });
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.api.cache.stale(`captcha:${this.site}`);
  }

  protected override render() {
    const { value, problem } = this.#chosen;
    const head = html`<div><h2>${t('captcha.title')}</h2><p class="muted">${t('captcha.text')}</p></div>`;
    if (!value)
      return html`${head}${problem ? html`<p class="notice error" role="alert">${problemText(problem)}</p>` : skeletonLines(2)}`;
    const provider = this.provider ?? value.provider;
    const failed = this.problem && this.problem.errors.length === 0 ? this.problem : null;
    return html`${head}<form @submit=${(event: SubmitEvent) => this.#save(event, provider)}>
      ${failed ? html`<p class="notice error" role="alert">${problemText(failed)}</p>` : nothing}
      <fieldset><legend class="sr">${t('captcha.title')}</legend>${providers.map(
        name => html`<label class="choice"><input type="radio" name="provider" value=${name} .checked=${name === provider} @change=${() => {
          this.provider = name;
        }} />
          <span>${t(`captcha.${name}`)}</span><span class="muted small">${t(`captcha.${name}Text`)}</span></label>`,
      )}</fieldset>
      ${provider === 'turnstile' ? this.#keys(value) : nothing}
      <div><button type="submit" class="primary">${t('save')}</button></div>
    </form>`;
  }

  #keys(chosen: Chosen) {
    const known = chosen.provider === 'turnstile';
    const host = new URL(location.href).hostname;
    return html`
      ${simpleField({ name: 'serviceKey', label: t('captcha.serviceKey'), value: known ? chosen.serviceKey : '', hint: t('captcha.serviceKeyHint', { host }), error: fieldError(this.problem, 'serviceKey') })}
      ${simpleField({ name: 'secret', label: t('captcha.secret'), type: 'password', autocomplete: 'new-password', optional: known, hint: t(known ? 'captcha.secretKept' : 'captcha.secretHint'), error: fieldError(this.problem, 'secret') })}`;
  }
}
