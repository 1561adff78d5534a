import type {
  InvitationLinkReply,
  StaffMember,
  StaffRole,
  StaffTeam,
  TeamId,
} from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { clockTime, t } from '../texts/text.ts'
import { readRoles, renderRoleChoices } from './role-choices.ts'

/** What IT wants of an account. */
export type StaffWish =
  | { readonly type: 'roles'; readonly roles: readonly StaffRole[] }
  | { readonly type: 'disabled'; readonly isDisabled: boolean }
  | { readonly type: 'team'; readonly teamId: TeamId; readonly isMember: boolean }
  | { readonly type: 'invite' }
  | { readonly type: 'remove' }

/**
 * One account of staff: its roles and teams, an invitation, and closing or deleting it.
 *
 * @fires nv-staff-wish - with a `StaffWish`
 */
@customElement('nv-staff-panel')
export class NvStaffPanel extends LitElement {
  static override styles = [baseStyles, buttonStyles, staffFormStyles]

  @property({ attribute: false }) member: StaffMember | null = null
  @property({ attribute: false }) teams: readonly StaffTeam[] = []
  /** The link that has just been made; it is shown this once. */
  @property({ attribute: false }) invitation: InvitationLinkReply | null = null
  @property({ type: Boolean }) isBusy = false
  /** Whether the question before deleting is open. */
  @state() private isAsking = false

  #wish(detail: StaffWish): void {
    this.isAsking = false
    this.dispatchEvent(new CustomEvent('nv-staff-wish', { detail, bubbles: true, composed: true }))
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    this.#wish({ type: 'roles', roles: readRoles(event.currentTarget as HTMLFormElement) })
  }

  protected override render(): TemplateResult | typeof nothing {
    const { member } = this
    if (member === null) return nothing
    return html`<div class="panel">
      <form @submit=${(event: SubmitEvent) => this.#submit(event)}>
        ${renderRoleChoices(member.roles)}
        <div class="actions">${this.#renderButton(t('it.saveRoles'), 'submit')}</div>
      </form>
      ${this.#renderTeams(member)} ${this.#renderInvitation(member)}
      ${member.isYou ? nothing : this.#renderClosing(member)}
    </div>`
  }

  #renderButton(label: string, type: 'submit' | 'button', onClick?: () => void): TemplateResult {
    return html`<button
      class="button"
      type=${type}
      aria-disabled=${this.isBusy}
      @click=${() => onClick?.()}
    >
      ${label}
    </button>`
  }

  #renderTeams({ person }: StaffMember): TemplateResult | typeof nothing {
    if (this.teams.length === 0) return nothing
    return html`<fieldset>
      <legend>${t('it.teams')}</legend>
      ${this.teams.map(
        ({ id, name, memberIds }) =>
          html`<label class="choice">
            <input
              type="checkbox"
              .checked=${memberIds.includes(person.id)}
              @change=${(event: Event) =>
                this.#wish({
                  type: 'team',
                  teamId: id,
                  isMember: (event.currentTarget as HTMLInputElement).checked,
                })}
            />
            ${name}
          </label>`,
      )}
    </fieldset>`
  }

  #renderInvitation({ isDisabled }: StaffMember): TemplateResult | typeof nothing {
    if (isDisabled) return nothing
    const { invitation } = this
    return html`<div class="actions">
        ${this.#renderButton(t('it.invite'), 'button', () => this.#wish({ type: 'invite' }))}
      </div>
      <div role="status">
        ${
          invitation === null
            ? nothing
            : html`<p>${t('it.invited', { time: clockTime(invitation.expiresAt) })}</p>
                <p class="link">${invitation.url}</p>`
        }
      </div>`
  }

  #renderClosing({ isDisabled }: StaffMember): TemplateResult {
    const toggle = () => this.#wish({ type: 'disabled', isDisabled: !isDisabled })
    return html`<div class="actions">
        ${this.#renderButton(isDisabled ? t('it.reopen') : t('it.close'), 'button', toggle)}
        ${this.#renderButton(t('it.delete'), 'button', () => (this.isAsking = true))}
      </div>
      <div role="status">
        ${
          this.isAsking
            ? html`<p>${t('it.deleteAsk')}</p>
                <div class="actions">
                  ${this.#renderButton(t('it.deleteYes'), 'button', () =>
                    this.#wish({ type: 'remove' }),
                  )}
                  ${this.#renderButton(t('it.deleteNo'), 'button', () => (this.isAsking = false))}
                </div>`
            : nothing
        }
      </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-staff-panel': NvStaffPanel
  }
  interface HTMLElementEventMap {
    'nv-staff-wish': CustomEvent<StaffWish>
  }
}
