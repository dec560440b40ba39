/** Name, language and looks of a site; whatever is left open follows the page. */
import { html, nothing } from 'lit';
import type { Site, SiteTheme } from '../../schemas/protocol/index.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

const schemes = ['auto', 'light', 'dark'] as const;

/**
 * @tag desk-site-look
 * @event saved
 */
export class SiteLook extends DeskElement {
  static override styles = [DeskElement.styles, form];
  static override properties = { site: { attribute: false }, problem: { state: true } };
  declare site: Site;
  declare problem: ApiProblem | null;

  constructor() {
    super();
    this.problem = null;
  }

  async #apply(body: { name: string; locale: string; theme: SiteTheme }): Promise<void> {
    await this.api.control.updateSite(this.site.id, body);
    this.dispatchEvent(new Event('saved'));
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { name, locale, accent, radius, scheme } = formValues(event, 'name', 'locale', 'accent', 'radius', 'scheme');
    const { name: oldName, locale: oldLocale, theme: oldTheme } = this.site;
    const theme: SiteTheme = {
      ...(accent ? { accent } : {}),
      ...(radius ? { radius } : {}),
      scheme: scheme as SiteTheme['scheme'],
    };
    this.problem = null;
    try {
      await this.#apply({ name, locale, theme });
      this.toasts.show({
        text: t('saved'),
        undo: () => void this.#apply({ name: oldName, locale: oldLocale, theme: oldTheme }).catch(() => undefined),
      });
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  protected override render() {
    const { site, problem } = this;
    return html`<form @submit=${this.#save}>
      ${problem && problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(problem)}</p>` : nothing}
      ${simpleField({ name: 'name', label: t('sites.name'), value: site.name, error: fieldError(problem, 'name') })}
      ${simpleField({ name: 'locale', label: t('look.locale'), value: site.locale, hint: t('look.localeHint'), error: fieldError(problem, 'locale') })}
      ${simpleField({ name: 'accent', label: t('look.accent'), value: site.theme.accent ?? '', optional: true, hint: t('look.accentHint'), error: fieldError(problem, 'theme/accent') })}
      ${simpleField({ name: 'radius', label: t('look.radius'), value: site.theme.radius ?? '', optional: true, hint: t('look.radiusHint'), error: fieldError(problem, 'theme/radius') })}
      <div class="field"><label for="scheme">${t('look.scheme')}</label><select id="scheme" name="scheme" class="medium">${schemes.map(scheme => html`<option value=${scheme} ?selected=${scheme === (site.theme.scheme ?? 'auto')}>${t(`look.${scheme}`)}</option>`)}</select></div>
      <div><button type="submit" class="primary">${t('save')}</button></div>
    </form>`;
  }
}
