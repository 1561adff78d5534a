import type { StaffRole } from '@naervaer/shared'
import { html, type TemplateResult } from 'lit'
import { t } from '../texts/text.ts'

const STAFF_ROLES: readonly StaffRole[] = ['worker', 'leader', 'authority', 'it', 'auditor']

/** What a role is called. */
export function roleText(role: StaffRole): string {
  return t(`role.${role}`)
}

/**
 * One box for each role of staff; read them with `readRoles`.
 *
 * @param isMissing - that one is needed is said, and was not yet
 */
export function renderRoleChoices(chosen: readonly StaffRole[], isMissing = false): TemplateResult {
  return html`<fieldset aria-describedby="role-needed">
    <legend>${t('it.roles')}</legend>
    <p class="needed" id="role-needed" role="status">${isMissing ? t('it.roleNeeded') : ''}</p>
    ${STAFF_ROLES.map(
      (role) =>
        html`<label class="choice">
          <input type="checkbox" name="role" value=${role} .checked=${chosen.includes(role)} />
          ${roleText(role)}
        </label>`,
    )}
  </fieldset>`
}

/** The boxes that are ticked. */
export function readRoles(form: HTMLFormElement): StaffRole[] {
  const chosen = new FormData(form).getAll('role')
  return STAFF_ROLES.filter((role) => chosen.includes(role))
}
