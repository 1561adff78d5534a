/** What can go wrong with backups, restores and the copies before a migration; stable, for scripts. */
export const BACKUP_ERRORS = {
  BACKUP_KEY_MISSING:
    'there is no key to encrypt to. Make a pair with naervaer backup keygen, and set BACKUP_PUBLIC_KEY.',
  BACKUP_KEY_UNREADABLE: 'the file given as --key holds no secret key as backup keygen makes it.',
  BACKUP_KEY_WRONG:
    'the backup was not made for this key, or the beginning of the file is changed.',
  BACKUP_UNREADABLE: 'the file cannot be read, or is no backup of Nærvær.',
  BACKUP_CUT: 'the file is shorter than it was made: it was cut, or not copied whole.',
  BACKUP_DAMAGED: 'the file is not as it was made: something in it was changed.',
  BACKUP_MANIFEST_WRONG: 'the records in the backup are not those that its manifest tells of.',
  BACKUP_SCHEMA_NEWER:
    'the records in the backup are of a newer version of Nærvær. Restore it with that version or a later one.',
  BACKUP_AUDIT_BROKEN: 'the audit log in the backup is not whole.',
  BACKUP_DISK_FULL: 'there is no room left. Nothing has been changed; make room and try again.',
  BACKUP_FOLDER_UNUSABLE: 'the folder cannot be made or written to.',
  RECORDS_DAMAGED: 'the records do not pass their integrity check, so no backup was made of them.',
} as const

export type BackupErrorCode = keyof typeof BACKUP_ERRORS

/** Why there is no backup, or no restore; nothing that was there before has been changed. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code: BackupErrorCode

  constructor(code: BackupErrorCode, options?: ErrorOptions & { readonly about?: string }) {
    const about = options?.about === undefined ? '' : ` (${options.about})`
    super(`${code}: ${BACKUP_ERRORS[code]}${about}`, options)
    this.code = code
  }
}

const FULL = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE']
const CLOSED = ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EROFS', 'SQLITE_CANTOPEN', 'EEXIST']

/**
 * What a failure of the file system means here; others are handed on as they are.
 *
 * @param about - which folder or file it was
 */
export function toBackupError(error: unknown, about: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (FULL.includes(code)) return new BackupError('BACKUP_DISK_FULL', { cause: error, about })
  if (CLOSED.includes(code)) {
    return new BackupError('BACKUP_FOLDER_UNUSABLE', { cause: error, about })
  }
  return error
}
