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
  | {
      readonly type: 'save'
      readonly roles: readonly StaffRole[]
      readonly teamIds: readonly TeamId[]
    }
  | { readonly type: 'disabled'; readonly isDisabled: boolean }
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
  /** Which question is open before something is taken away. */
  @state() private asked: 'close' | 'delete' | null = null
  /** The link that was copied. */
  @state() private copied = ''

  #wish(detail: StaffWish): void {
    this.asked = null
    this.dispatchEvent(new CustomEvent('nv-staff-wish', { detail, bubbles: true, composed: true }))
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const chosen = new FormData(form).getAll('team')
    const teamIds = this.teams.map(({ id }) => id).filter((id) => chosen.includes(id))
    this.#wish({ type: 'save', roles: readRoles(form), teamIds })
  }

  async #copy(url: string): Promise<void> {
    // Where it is not allowed the link can still be marked: one tap takes all of it.
    await navigator.clipboard.writeText(url).then(
      () => (this.copied = url),
      () => undefined,
    )
  }

  protected override render(): TemplateResult | typeof nothing {
    const { member } = this
    if (member === null) return nothing
    return html`<div class="panel">
      <form @submit=${(event: SubmitEvent) => this.#submit(event)}>
        ${renderRoleChoices(member.roles)} ${this.#renderTeams(member)}
        <div class="actions">${this.#renderButton(t('it.saveRoles'), 'submit')}</div>
      </form>
      ${this.#renderInvitation(member)} ${member.isYou ? nothing : this.#renderClosing(member)}
    </div>`
  }

  #renderButton(
    label: string,
    type: 'submit' | 'button',
    onClick?: () => void,
    kind: '' | 'grave' | 'primary' = '',
  ): TemplateResult {
    return html`<button
      class="button ${kind}"
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
              name="team"
              .value=${id}
              .checked=${memberIds.includes(person.id)}
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
                <p class="link">${invitation.url}</p>
                <div class="actions">
                  ${this.#renderButton(
                    t('it.copyLink'),
                    'button',
                    () => void this.#copy(invitation.url),
                    'primary',
                  )}
                </div>
                ${this.copied === invitation.url ? html`<p>${t('it.linkCopied')}</p>` : nothing}`
        }
      </div>`
  }

  #renderClosing({ isDisabled, person: { name } }: StaffMember): TemplateResult {
    const close = () => (this.asked = 'close')
    const reopen = () => this.#wish({ type: 'disabled', isDisabled: false })
    return html`<div class="actions">
        ${
          isDisabled
            ? this.#renderButton(t('it.reopen'), 'button', reopen)
            : this.#renderButton(t('it.close'), 'button', close, 'grave')
        }
        ${this.#renderButton(t('it.delete'), 'button', () => (this.asked = 'delete'), 'grave')}
      </div>
      <div role="status">${this.#renderQuestion(name)}</div>`
  }

  #renderQuestion(name: string): TemplateResult | typeof nothing {
    if (this.asked === null) return nothing
    const isClosing = this.asked === 'close'
    const wish: StaffWish = isClosing ? { type: 'disabled', isDisabled: true } : { type: 'remove' }
    const yes = isClosing ? t('it.closeYes') : t('it.deleteYes')
    return html`<p>${isClosing ? t('it.closeAsk', { name }) : t('it.deleteAsk', { name })}</p>
      <div class="actions">
        ${this.#renderButton(yes, 'button', () => this.#wish(wish), 'grave')}
        ${this.#renderButton(t('it.deleteNo'), 'button', () => (this.asked = null))}
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
