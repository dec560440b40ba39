/** Opens an agency with its first owner. */
import { html, nothing } from 'lit';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { door } from './door-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-sign-up */
export class SignUpScreen extends DeskElement {
  static override styles = [DeskElement.styles, form, door];
  static override properties = { params: { attribute: false }, problem: { state: true }, busy: { state: true } };
  declare params: Params;
  declare problem: ApiProblem | null;
  declare busy: boolean;

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
  }

  protected override opened(): void {
    this.desk.title(t('signUp.title'));
    this.renderRoot.querySelector('input')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.problem = null;
    try {
      this.desk.signedIn(await this.api.control.signUp(formValues(event, 'agencyName', 'name', 'email', 'password')));
    } catch (error) {
      this.problem = asProblem(error);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus();
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { problem } = this;
    return html`<div class="door">
      <header><span class="mark" aria-hidden="true"></span><h1 tabindex="-1">${t('signUp.title')}</h1><p class="muted">${t('signUp.text')}</p></header>
      <form @submit=${this.#submit}>
        ${problem && problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(problem)}</p>` : nothing}
        ${simpleField({ name: 'agencyName', label: t('signUp.agency'), autocomplete: 'organization', error: fieldError(problem, 'agencyName') })}
        ${simpleField({ name: 'name', label: t('signUp.name'), autocomplete: 'name', error: fieldError(problem, 'name') })}
        ${simpleField({ name: 'email', label: t('email'), type: 'email', autocomplete: 'username', error: fieldError(problem, 'email') })}
        ${simpleField({ name: 'password', label: t('password'), type: 'password', autocomplete: 'new-password', minLength: 10, hint: t('signUp.passwordHint'), error: fieldError(problem, 'password') })}
        <button class="primary" type="submit" ?disabled=${this.busy}>${t('signUp.submit')}</button>
      </form>
      <p class="muted">${t('signUp.known')} <a href="/signin">${t('signIn.submit')}</a></p>
    </div>`;
  }
}
