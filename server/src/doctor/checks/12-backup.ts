import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DurationMs } from '@naervaer/shared'
import { readHeader } from '../../backup/age-file.ts'
import { loadLastBackup, type LastBackup } from '../../backup/make-backup.ts'
import { failure, ok, onlyFromInside, warning, type Check, type Finding } from '../check.ts'

const HOUR_MS: DurationMs = 3_600_000
/** A night's backup, and two hours to be late. */
const WARNING_MS = 26 * HOUR_MS
const ERROR_MS = 7 * 24 * HOUR_MS

/** There is a new backup, and what can be read of it without its key is as it was made. */
export const backupCheck: Check = {
  number: 12,
  name: { da: 'Sikkerhedskopi', en: 'Backup' },
  isFromOutside: false,
  async run({ config, isOutside, now }) {
    if (isOutside) return [onlyFromInside()]
    if (config === null) return []
    if (config.backup.publicKey === null) return [noKey]
    const last = await loadLastBackup(config.dataDir)
    if (last === null) return [none]
    // Another container may make them, and its folder be closed to this one.
    const isHere = existsSync(dirname(last.path))
    const flaw = isHere ? await findFlaw(last) : null
    const age = judgeAge(last, now(), isHere)
    if (flaw === null) return [age]
    // One that was moved on purpose may be old as well.
    return age.level === 'ok' ? [flaw] : [flaw, age]
  },
}

const nightly = {
  da: 'Kør naervaer backup hver nat, og se i loggen, hvad den siger.',
  en: 'Run naervaer backup every night, and look in the log for what it says.',
}
const noKey = failure(
  'BACKUP_NO_KEY',
  { da: 'Der er ingen nøgle til sikkerhedskopier.', en: 'There is no key for backups.' },
  {
    da: 'Lav et par med naervaer backup keygen, og sæt BACKUP_PUBLIC_KEY.',
    en: 'Make a pair with naervaer backup keygen, and set BACKUP_PUBLIC_KEY.',
  },
)
const none = failure(
  'BACKUP_NONE',
  { da: 'Der er aldrig taget en sikkerhedskopi.', en: 'No backup has ever been made.' },
  nightly,
)

async function findFlaw({ path, at }: LastBackup): Promise<Finding | null> {
  const made = await stat(path).catch(() => null)
  if (made === null) {
    return warning(
      'BACKUP_GONE',
      { da: `${path} er der ikke mere.`, en: `${path} is not there any more.` },
      {
        da: 'Er den flyttet med vilje, er det godt. Ellers tag en ny.',
        en: 'If it was moved on purpose, that is good. Otherwise make a new one.',
      },
    )
  }
  const header = await readHeader(path).catch(() => null)
  if (header !== null && header.fileBytes === made.size && header.createdAt === at) return null
  return failure(
    'BACKUP_BROKEN',
    { da: `${path} er ikke, som den blev lavet.`, en: `${path} is not as it was made.` },
    {
      da: 'Tag en ny, og se efter på disken. Prøv den med naervaer backup verify.',
      en: 'Make a new one, and look at the disk. Try it with naervaer backup verify.',
    },
  )
}

function judgeAge({ at }: LastBackup, now: number, isHere: boolean): Finding {
  const hours = Math.max(0, Math.floor((now - at) / HOUR_MS))
  const rest = isHere
    ? {
        da: 'Om den kan åbnes, ses kun med den hemmelige nøgle: naervaer backup verify.',
        en: 'Whether it opens shows with the secret key only: naervaer backup verify.',
      }
    : {
        da: 'Filen selv ligger, hvor den ikke ses herfra.',
        en: 'The file itself lies where it is not seen from here.',
      }
  const text = {
    da: `Den nyeste er ${hours} timer gammel. ${rest.da}`,
    en: `The newest is ${hours} hours old. ${rest.en}`,
  }
  if (now - at > ERROR_MS) return failure('BACKUP_OLD', text, nightly)
  return now - at > WARNING_MS ? warning('BACKUP_OLD', text, nightly) : ok('BACKUP_OK', text)
}
