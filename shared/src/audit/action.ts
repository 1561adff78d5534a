/**
 * Everything that leaves a line in the audit log: `change` for what was done, `lookup` for reading
 * about somebody, which that somebody may see. Names are stable and never used again.
 */
export const AUDIT_ACTIONS = {
  'session.started': 'change',
  'session.ended': 'change',
  'signIn.refused': 'change',
  'breakGlass.used': 'change',
  'sessions.ended': 'change',
  'sessions.listed': 'lookup',
  'people.listed': 'lookup',
  'staff.listed': 'lookup',
  'audit.verified': 'change',
  'audit.headRead': 'change',
  'choice.offered': 'change',
  'choice.accepted': 'change',
  'choice.declined': 'change',
  'choice.later': 'change',
  'choice.paused': 'change',
  'choice.resumed': 'change',
  'choice.withdrawn': 'change',
  'oidc.logoutReceived': 'change',
  'staff.created': 'change',
  'staff.rolesChanged': 'change',
  'staff.disabled': 'change',
  'staff.enabled': 'change',
  'staff.deleted': 'change',
  'team.created': 'change',
  'team.joined': 'change',
  'team.left': 'change',
  'citizen.created': 'change',
  'assignment.started': 'change',
  'assignment.changed': 'change',
  'assignment.ended': 'change',
  'audit.read': 'change',
  'team.read': 'lookup',
  'invitation.created': 'change',
  'invitation.used': 'change',
  'passkey.added': 'change',
  'passkey.removed': 'change',
  'pairing.begun': 'change',
  'pairing.refused': 'change',
  'pairing.locked': 'change',
  'device.paired': 'change',
  'device.revoked': 'change',
  'devices.listed': 'lookup',
  'report.read': 'change',
  'offers.listed': 'lookup',
  'choice.read': 'lookup',
  'protection.set': 'change',
  'protection.cleared': 'change',
  'travel.set': 'change',
  'travel.cleared': 'change',
  'rates.listed': 'change',
  'rate.added': 'change',
  'rate.removed': 'change',
  'killSwitch.set': 'change',
  'quiet.overruled': 'change',
  'quiet.set': 'change',
  'quiet.cleared': 'change',
  'phone.set': 'change',
  'phone.cleared': 'change',
  'notices.turnedOn': 'change',
  'notices.turnedOff': 'change',
} as const satisfies Record<string, 'change' | 'lookup'>

export type AuditAction = keyof typeof AUDIT_ACTIONS

/** The actions that are told to the person whom they were about. */
export const LOOKUP_ACTIONS: readonly AuditAction[] = Object.entries(AUDIT_ACTIONS)
  .filter(([, kind]) => (kind as string) === 'lookup')
  // The keys of the table, which entries() forgets.
  .map(([action]) => action as AuditAction)
