/** A public key for backups as age writes it: Bech32 of 32 bytes. */
export const BACKUP_PUBLIC_KEY = /^age1[02-9ac-hj-np-z]{58}$/
