/** Accepts an invitation by its link. */
import { html, nothing } from 'lit';
import type { InvitationOffer } from '../api/control-client.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText, skeletonLines } from '../shell/states.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { door } from './door-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

/** @tag desk-accept-invitation */
export class AcceptInvitation extends DeskElement {
  static override styles = [DeskElement.styles, form, door];
  static override properties = { params: { attribute: false }, problem: { state: true }, busy: { state: true } };
  declare params: Params;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  readonly #offer = this.resource<InvitationOffer>(() => ({
    key: `invitation:${this.params['token']}`,
    read: () => this.api.control.invitationOffer(this.params['token']!),
  }));

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
  }

  protected override opened(): void {
    this.desk.title(t('invite.title'));
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.problem = null;
    try {
      this.api.forget();
      this.desk.signedIn(
        await this.api.control.acceptInvitation(this.params['token']!, formValues(event, 'name', 'password')),
      );
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { value: offer, problem } = this.#offer;
    if (problem?.status === 404 || problem?.status === 410) {
      return html`<div class="door"><header><h1 tabindex="-1">${t('invite.gone')}</h1><p class="muted">${t('invite.goneText')}</p></header><a href="/signin">${t('signIn.submit')}</a></div>`;
    }
    return html`<div class="door">
      ${problem ? errorState(problem, () => this.#offer.reload()) : offer ? this.#form(offer) : skeletonLines(5)}
    </div>`;
  }

  #form(offer: InvitationOffer) {
    return html`
      <header><span class="mark" aria-hidden="true"></span><h1 tabindex="-1">${t('invite.join', { agency: offer.agencyName })}</h1><p class="muted">${t(`role.${offer.role}.text`)}</p></header>
      <form @submit=${this.#submit}>
        ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
        ${simpleField({ name: 'email', label: t('email'), type: 'email', value: offer.email, readOnly: true, autocomplete: 'username' })}
        ${simpleField({ name: 'name', label: t('signUp.name'), autocomplete: 'name', error: fieldError(this.problem, 'name') })}
        ${simpleField({ name: 'password', label: t('password'), type: 'password', autocomplete: 'new-password', minLength: 10, hint: t('signUp.passwordHint'), error: fieldError(this.problem, 'password') })}
        <button class="primary" type="submit" ?disabled=${this.busy}>${t('invite.submit')}</button>
      </form>`;
  }
}
