import * as Type from 'typebox'

/** Everything a person may be, in the order in which it is told; a member of staff may be several. */
export const ROLES = ['citizen', 'worker', 'leader', 'authority', 'it', 'auditor'] as const

/** What a person may do follows from these; see docs/roles.md. */
export const RoleSchema = Type.Union([
  Type.Literal('citizen'),
  Type.Literal('worker'),
  Type.Literal('leader'),
  Type.Literal('authority'),
  Type.Literal('it'),
  Type.Literal('auditor'),
])
export type Role = Type.Static<typeof RoleSchema>

/** Staff are never citizens of the same municipality's records. */
export type StaffRole = Exclude<Role, 'citizen'>

export const RolesSchema = Type.Array(RoleSchema, { maxItems: ROLES.length })

/** The two who talk with each other, and so the only ones who get a socket. */
export const SocketRoleSchema = Type.Union([Type.Literal('citizen'), Type.Literal('worker')])
export type SocketRole = Type.Static<typeof SocketRoleSchema>

/** Which side of calls somebody with these roles is on; null for whoever takes part in none. */
export function toSocketRole(roles: readonly Role[]): SocketRole | null {
  if (roles.includes('worker')) return 'worker'
  return roles.includes('citizen') ? 'citizen' : null
}
