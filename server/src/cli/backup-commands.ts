import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { findSecretKey, makeKeys } from '../backup/age-file.ts'
import type { EndedAgain } from '../backup/end-again.ts'
import { BackupError, toBackupError } from '../backup/backup-error.ts'
import { makeBackup } from '../backup/make-backup.ts'
import { restoreBackup, verifyBackup, type Restored } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { systemClock } from '../plugins/clock.ts'
import { CLI_ACTOR, toTime, UsageError, type Arguments, type BareCommand } from './command.ts'
import { openCore } from './open-core.ts'

const keygen: BareCommand = {
  name: 'backup keygen',
  usage: '--to <file>',
  summary:
    'make the pair of keys for backups: the secret one goes to the file, and then away from here',
  wordCount: [0, 0],
  options: ['to'],
  async runBare({ options }) {
    const { to } = options
    if (to === undefined) throw new UsageError('usage: naervaer backup keygen --to <file>')
    const { publicKey, secretKey } = await makeKeys()
    const text = `# Secret key for backups of Nærvær. Its public key: ${publicKey}\n${secretKey}\n`
    await writeFile(to, text, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
      throw toBackupError(error, to)
    })
    return {
      lines: [
        `BACKUP_PUBLIC_KEY=${publicKey}`,
        `The secret key is in ${to}. Move it off this machine, to where the master key has its copy:`,
        'without it no backup can be restored, and with it every backup can be read.',
      ],
      json: { publicKey, secretKeyFile: resolve(to) },
    }
  },
}

const verify: BareCommand = {
  name: 'backup verify',
  usage: '<file> --key <file>',
  summary: 'open a backup and look through all of it, without touching the records',
  wordCount: [1, 1],
  options: ['key'],
  async runBare(given) {
    const { manifest, auditLines, steps } = await verifyBackup(await readOptions(given))
    return {
      lines: [
        `The backup is whole: made ${toTime(manifest.createdAt)} by version ${manifest.appVersion}.`,
        `Records up to ${manifest.schema}, ${manifest.sizeBytes} bytes, ${auditLines} lines of audit log.`,
        ...(steps.length === 0 ? [] : [`A restore brings it up to date: ${steps.join(', ')}.`]),
      ],
      json: { manifest, auditLines, steps },
    }
  },
}

const backup: BareCommand = {
  name: 'backup',
  usage: '[--to <folder>]',
  summary: 'make an encrypted backup of the records, also while the server runs',
  wordCount: [0, 0],
  options: ['to'],
  async runBare({ options }) {
    const config = readConfig()
    const core = await openCore(config, { clock: systemClock })
    try {
      const made = await makeBackup({
        config,
        now: systemClock.now(),
        ...(options['to'] === undefined ? {} : { folder: resolve(options['to']) }),
        loadAuditHead: () => core.audit.loadHeadText(),
      })
      const count = Object.values(made.manifest.rows).reduce((sum, rows) => sum + rows, 0)
      const event = { action: 'backup.made', actor: CLI_ACTOR, subjectId: null } as const
      await core.audit.record({ ...event, details: { count } })
      return {
        lines: [
          made.path,
          `${made.sizeBytes} bytes, SHA-256 ${made.sha256}`,
          `${count} rows up to ${made.manifest.schema}; the copy has passed its check.`,
          `Backups are kept for ${config.backup.keepDays} days; ${made.removed.length} older ones are gone.`,
        ],
        json: made,
      }
    } finally {
      await core.close()
    }
  },
}

const restore: BareCommand = {
  name: 'restore',
  usage: '<file> --key <file>',
  summary: 'put a backup in the place of the records; the server must be stopped',
  wordCount: [1, 1],
  options: ['key'],
  async runBare(given) {
    const restored = await restoreBackup(await readOptions(given))
    return { lines: describeRestored(restored), json: restored }
  },
}

export const BACKUP_COMMANDS: readonly BareCommand[] = [keygen, verify, backup, restore]

async function readOptions({ words: [path = ''], options }: Arguments) {
  const { key } = options
  if (key === undefined) throw new UsageError('--key must name the file with the secret key')
  const text = await readFile(key, 'utf8').catch((cause: unknown) => {
    throw new BackupError('BACKUP_KEY_UNREADABLE', { cause })
  })
  const secretKey = findSecretKey(text)
  return { config: readConfig(), clock: systemClock, path: resolve(path), secretKey }
}

function describeRestored({ manifest, auditLines, steps, ...rest }: Restored): string[] {
  const { former, formerFile, endedAgain } = rest
  return [
    `Restored: the records of ${toTime(manifest.createdAt)}, ${auditLines} lines of audit log, all checked.`,
    ...(steps.length === 0 ? [] : [`Brought up to date: ${steps.join(', ')}.`]),
    former === null
      ? `Lost (RPO): what came after ${toTime(manifest.createdAt)}; the former records do not tell how much.`
      : `Lost (RPO): ${describeSpan(former.at - manifest.createdAt)}, from ${toTime(manifest.createdAt)} to ${toTime(former.at)}.`,
    ...(formerFile === null ? [] : [`The former records are kept in ${formerFile}.`]),
    endedAgain === null
      ? 'What was deleted, closed or refused since the backup could not be read: look it up in the kept log, and do it again.'
      : `Done again since the backup: ${describeEnded(endedAgain.counts)}.`,
    ...(endedAgain === null || endedAgain.isSequel ? [] : [NO_SEQUEL]),
    'Everybody who was signed in signs in anew. Start the server now.',
  ]
}

const NO_SEQUEL =
  'The former records do not go on from this backup: what was taken away since (roles, keys, passphrases, assignments, team memberships, a new key for notices) could not be told. Look it up in the kept log, and do it again.'

function describeEnded(counts: EndedAgain['counts']): string {
  const said = Object.entries(counts).filter(([, count]) => count > 0)
  if (said.length === 0) return 'nothing was needed'
  return said
    .map(
      ([name, count]) =>
        `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${count}`,
    )
    .join(', ')
}

function describeSpan(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
