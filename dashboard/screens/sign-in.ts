/** Sign in with e-mail and password. */
import { html, nothing } from 'lit';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { door } from './door-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-sign-in */
export class SignInScreen extends DeskElement {
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
    this.desk.title(t('signIn.title'));
    this.renderRoot.querySelector('input')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const body = formValues(event, 'email', 'password');
    this.busy = true;
    this.problem = null;
    try {
      this.desk.signedIn(await this.api.control.signIn(body));
    } catch (error) {
      this.problem = asProblem(error);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('#password')?.select();
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { problem } = this;
    const message =
      problem &&
      (problem.status === 401 || problem.status === 404
        ? t('signIn.wrong')
        : problem.errors.length
          ? null
          : problemText(problem));
    return html`<div class="door">
      <header><span class="mark" aria-hidden="true"></span><h1 tabindex="-1">${t('signIn.title')}</h1></header>
      <form @submit=${this.#submit}>
        ${message ? html`<p class="notice error" role="alert">${message}</p>` : nothing}
        ${simpleField({ name: 'email', label: t('email'), type: 'email', autocomplete: 'username', error: fieldError(problem, 'email') })}
        ${simpleField({ name: 'password', label: t('password'), type: 'password', autocomplete: 'current-password', error: fieldError(problem, 'password') })}
        <button class="primary" type="submit" ?disabled=${this.busy}>${this.busy ? t('signIn.busy') : t('signIn.submit')}</button>
      </form>
      <p class="muted">${t('signIn.new')} <a href="/signup">${t('signIn.toSignUp')}</a></p>
    </div>`;
  }
}
