/** Who works at the agency, and who has been invited. */
import { html, nothing } from 'lit';
import type { Client, Invitation, Member, MembershipRole } from '../../schemas/protocol/index.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { formatDate } from '../generic/format-value.ts';
import type { Params } from '../routing/match.ts';
import { DeskElement } from '../shell/desk-element.ts';
import { errorState, problemText, skeletonRows } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { form } from '../styles/form.ts';
import { table } from '../styles/table.ts';
import { CopyText } from './copy-text.ts';
import { panel } from './panel-styles.ts';
import { fieldError, formValues, simpleField } from './simple-field.ts';

const roles: readonly MembershipRole[] = ['member', 'admin', 'owner', 'client'];

/** @tag desk-members */
export class Members extends DeskElement {
  static override uses = { 'desk-copy': CopyText };
  static override styles = [DeskElement.styles, form, table, panel];
  static override properties = {
    params: { attribute: false },
    inviting: { state: true },
    role: { state: true },
    made: { state: true },
    problem: { state: true },
  };
  declare params: Params;
  declare inviting: boolean;
  declare role: MembershipRole;
  declare made: Invitation | null;
  declare problem: ApiProblem | null;
  readonly #members = this.resource<Member[]>(() => ({ key: 'members', read: () => this.api.control.members() }));
  readonly #invitations = this.resource<Invitation[]>(() => ({
    key: 'invitations',
    read: () => this.api.control.invitations(),
  }));
  readonly #clients = this.resource<Client[]>(() => ({ key: 'clients', read: () => this.api.control.clients() }));

  constructor() {
    super();
    this.inviting = false;
    this.role = 'member';
    this.made = null;
    this.problem = null;
  }

  protected override opened(): void {
    this.desk.title(t('members.title'));
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.api.cache.stale('members');
    this.api.cache.stale('invitations');
  }

  #invite(event: SubmitEvent): void {
    event.preventDefault();
    const { email, clientId } = formValues(event, 'email', 'clientId');
    void this.#attempt(async () => {
      this.made = await this.api.control.invite({
        email,
        role: this.role,
        ...(this.role === 'client' ? { clientId } : {}),
      });
      this.inviting = false;
    });
  }

  async #remove(member: Member): Promise<void> {
    const yes = await this.desk.ask({
      title: t('members.removeTitle', { name: member.name }),
      body: t('members.removeBody'),
      confirm: t('members.remove'),
      danger: true,
    });
    if (yes)
      await this.#attempt(async () => {
        await this.api.control.removeMember(member.id);
        this.toasts.show({ text: t('members.removed', { name: member.name }) });
      });
  }

  #roleText(role: MembershipRole, clientId: string | null): string {
    const client = this.#clients.value?.find(({ id }) => id === clientId)?.name;
    return client ? t('members.roleAt', { role: t(`role.${role}`), client }) : t(`role.${role}`);
  }

  protected override render() {
    const { value, problem } = this.#members;
    const open = this.#invitations.value ?? [];
    return html`<div class="page">
      <header class="head"><div><h1 tabindex="-1">${t('members.title')}</h1><p class="muted" role="status">${value ? tn('members.count', value.length) : html`&nbsp;`}</p></div>
        ${
          this.inviting
            ? nothing
            : html`<div class="actions"><button class="primary" @click=${() => {
                this.inviting = true;
                this.made = null;
              }}>${icon('plus')}${t('members.invite')}</button></div>`
        }</header>
      ${this.problem && this.problem.errors.length === 0 ? html`<p class="notice error" role="alert">${problemText(this.problem)}</p>` : nothing}
      ${this.made?.url ? html`<section class="panel section"><h2>${t('members.link', { email: this.made.email })}</h2><p class="muted">${t('members.linkText')}</p><desk-copy .text=${this.made.url} .label=${t('members.linkLabel')}></desk-copy></section>` : nothing}
      ${this.inviting ? this.#form() : nothing}
      ${problem ? errorState(problem, () => this.#members.reload()) : nothing}
      ${
        value || !problem
          ? html`<div class="scroll"><table class="cards" aria-label=${t('members.title')}>
        <thead><tr><th scope="col">${t('clients.name')}</th><th scope="col">${t('email')}</th><th scope="col">${t('members.role')}</th><th scope="col">${t('since')}</th><th scope="col" class="end"><span class="sr">${t('members.remove')}</span></th></tr></thead>
        ${
          value
            ? html`<tbody>${value.map(
                member => html`<tr><td><strong>${member.name}</strong></td><td data-label=${t('email')}>${member.email}</td><td data-label=${t('members.role')}>${this.#roleText(member.role, member.clientId)}</td>
          <td data-label=${t('since')}>${formatDate(member.createdAt.slice(0, 10))}</td><td class="end">${member.email === this.session?.user.email ? html`<span class="muted">${t('members.you')}</span>` : html`<button class="plain danger" @click=${() => this.#remove(member)}>${t('members.remove')}<span class="sr"> ${member.name}</span></button>`}</td></tr>`,
              )}</tbody>`
            : skeletonRows(4, 3)
        }
      </table></div>`
          : nothing
      }
      ${
        open.length
          ? html`<section class="section"><h2>${t('members.open')}</h2><ul class="rows">${open.map(
              invitation => html`<li><div><strong>${invitation.email}</strong><p class="muted">${this.#roleText(invitation.role, invitation.clientId)} · ${t('members.until', { date: formatDate(invitation.expiresAt.slice(0, 10)) })}</p></div>
        <button class="plain" @click=${() => this.#attempt(() => this.api.control.withdrawInvitation(invitation.id))}>${t('members.withdraw')}<span class="sr"> ${invitation.email}</span></button></li>`,
            )}</ul></section>`
          : nothing
      }
    </div>`;
  }

  #form() {
    return html`<form class="panel" @submit=${this.#invite}>
      <h2>${t('members.invite')}</h2>
      ${simpleField({ name: 'email', label: t('email'), type: 'email', error: fieldError(this.problem, 'email') })}
      <fieldset class="field"><legend>${t('members.role')}</legend>${roles.filter(role => role !== 'owner' || this.session?.role === 'owner').map(role => html`<label class="check"><input type="radio" name="role" .checked=${this.role === role} @change=${() => (this.role = role)} /><span>${t(`role.${role}`)}<br /><span class="hint">${t(`role.${role}.text`)}</span></span></label>`)}</fieldset>
      ${this.role === 'client' ? html`<div class="field"><label for="clientId">${t('members.client')}</label><select id="clientId" name="clientId" required class="medium">${this.#clients.value?.map(client => html`<option value=${client.id}>${client.name}</option>`)}</select></div>` : nothing}
      <div class="buttons"><button class="primary" type="submit">${t('members.makeLink')}</button><button type="button" @click=${() => (this.inviting = false)}>${t('cancel')}</button></div>
    </form>`;
  }
}
