import type { StaffRole } from '@naervaer/shared'
import { html, type TemplateResult } from 'lit'
import { t } from '../texts/text.ts'

const STAFF_ROLES: readonly StaffRole[] = ['worker', 'leader', 'authority', 'it', 'auditor']

/** What a role is called. */
export function roleText(role: StaffRole): string {
  return t(`role.${role}`)
}

/** One box for each role of staff; read them with `readRoles`. */
export function renderRoleChoices(chosen: readonly StaffRole[]): TemplateResult {
  return html`<fieldset>
    <legend>${t('it.roles')}</legend>
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
