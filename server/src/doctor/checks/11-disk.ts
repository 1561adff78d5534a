import { constants, existsSync } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import type { DurationMs } from '@naervaer/shared'
import type { Config } from '../../config.ts'
import {
  describeError,
  failure,
  ok,
  onlyFromInside,
  warning,
  type Check,
  type DoctorContext,
  type Finding,
} from '../check.ts'
import { isBusy, isHeldByOthers, openRecords } from '../records.ts'

const WARNING_SHARE = 0.15
const ERROR_SHARE = 0.05
const ERROR_BYTES = 100_000_000

/** File systems on other machines, by Linux's numbers (statfs(2)): SQLite's locks do not hold there. */
const REMOTE: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x01021997: '9p',
  0x5346414f: 'AFS',
  0xc36400: 'Ceph',
}

/** There is room, on a volume that keeps locks, and the records are whole. */
export const diskCheck: Check = {
  number: 11,
  name: { da: 'Disk og database', en: 'Disk and database' },
  isFromOutside: false,
  async run(context) {
    const { config, isOutside } = context
    if (isOutside) return [onlyFromInside()]
    if (config === null) return []
    const findings = await lookAtVolume(config)
    const isReadOnly = findings.some(({ code }) => code === 'DISK_READ_ONLY')
    // Without a place to write SQLite opens whole records only by chance: nobody is sent to restore them.
    if (!isReadOnly) findings.push(...(await lookAtRecords(context)))
    if (findings.length > 0) return findings
    return [
      ok('DISK_OK', {
        da: 'Der er plads, og databasen er hel og i WAL-tilstand.',
        en: 'There is room, and the database is whole and in WAL mode.',
      }),
    ]
  },
}

async function lookAtVolume({
  dataDir,
  databaseFile,
}: Pick<Config, 'dataDir' | 'databaseFile'>): Promise<Finding[]> {
  if (!existsSync(dataDir)) {
    return [
      failure(
        'DATA_DIR_MISSING',
        { da: `${dataDir} findes ikke.`, en: `${dataDir} does not exist.` },
        {
          da: 'Er volumen sat på? Passer DATA_DIR?',
          en: 'Is the volume mounted? Is DATA_DIR right?',
        },
      ),
    ]
  }
  const { type, bavail, blocks, bsize } = await statfs(dataDir)
  const [share, bytes] = [bavail / Math.max(1, blocks), bavail * bsize]
  const percent = Math.round(share * 100)
  const text = {
    da: `Der er ${percent} % plads tilbage (${Math.round(bytes / 1e6)} MB).`,
    en: `${percent} % of the room is left (${Math.round(bytes / 1e6)} MB).`,
  }
  const todo = { da: 'Giv volumen mere plads.', en: 'Give the volume more room.' }
  const findings: Finding[] = []
  if (share < ERROR_SHARE || bytes < ERROR_BYTES) findings.push(failure('DISK_FULL', text, todo))
  else if (share < WARNING_SHARE) findings.push(warning('DISK_FULL', text, todo))
  const refusal = await findRefusal(dataDir, databaseFile)
  if (refusal !== null) {
    findings.push(
      failure(
        'DISK_READ_ONLY',
        {
          da: `Der kan ikke skrives i DATA_DIR eller i databasen der (${refusal}).`,
          en: `DATA_DIR, or the database in it, cannot be written to (${refusal}).`,
        },
        {
          da: 'Er volumen sat på som skrivebeskyttet, eller er disken blevet det efter en fejl? Ejer serverens bruger mappen og filerne i den?',
          en: 'Is the volume mounted read-only, or has the disk become so after a fault? Does the server’s user own the folder and the files in it?',
        },
      ),
    )
  }
  const remote = findRemote(type)
  if (remote !== null) {
    findings.push(
      failure(
        'DISK_REMOTE',
        {
          da: `DATA_DIR ligger på et netværksdrev (${remote}).`,
          en: `DATA_DIR lies on a network drive (${remote}).`,
        },
        {
          da: 'Flyt den til en lokal disk: databasen kan gå i stykker på netværksdrev.',
          en: 'Move it to a local disk: databases break on network drives.',
        },
      ),
    )
  }
  return findings
}

/** @returns why nothing can be written there; null where it can */
async function findRefusal(dataDir: string, databaseFile: string): Promise<string | null> {
  try {
    await access(dataDir, constants.W_OK)
    if (existsSync(databaseFile)) await access(databaseFile, constants.R_OK | constants.W_OK)
    return null
  } catch (error) {
    return describeError(error)
  }
}

/** @param type - as statfs(2) says it. @returns its name where it lies on another machine */
export function findRemote(type: number): string | null {
  return REMOTE[type] ?? null
}

async function lookAtRecords(context: DoctorContext): Promise<Finding[]> {
  const { config, timeoutMs } = context
  try {
    const records = await openRecords(context)
    if (records === null) return [none]
    try {
      const mode = records.file.pragma('journal_mode', { simple: true })
      const [flaw] = records.file.prepare('pragma quick_check(1)').pluck().all() as string[]
      if (flaw !== 'ok') return [broken(flaw ?? '')]
      const isHeld = config !== null && isHeldByOthers(config.databaseFile, timeoutMs)
      return [...(mode === 'wal' ? [] : [notWal]), ...(isHeld ? [busy(timeoutMs)] : [])]
    } finally {
      records.close()
    }
  } catch (error) {
    return [isBusy(error) ? busy(timeoutMs) : broken(describeError(error))]
  }
}

const none = failure(
  'RECORDS_NONE',
  { da: 'Der er ingen database i DATA_DIR.', en: 'There is no database in DATA_DIR.' },
  {
    da: 'Er det den rigtige volumen? Ellers lav den første konto: naervaer admin create.',
    en: 'Is it the right volume? Otherwise make the first account: naervaer admin create.',
  },
)
const notWal = warning(
  'RECORDS_NOT_WAL',
  { da: 'Databasen er ikke i WAL-tilstand.', en: 'The database is not in WAL mode.' },
  { da: 'Start serveren: den slår det til.', en: 'Start the server: it turns that on.' },
)
const busy = (waitedMs: DurationMs): Finding =>
  failure(
    'RECORDS_BUSY',
    {
      da: `Et andet program holder databasen, og der kan ikke skrives i den (ventet ${waitedMs / 1_000} s). Det betyder ikke, at den er i stykker.`,
      en: `Another program holds the database, and nothing can be written (waited ${waitedMs / 1_000} s). That does not mean that it is broken.`,
    },
    {
      da: 'Se, hvilket program der har filen åben (lsof), for eksempel en kopiering eller en kommando, der hænger, og stop det. Læg ingen sikkerhedskopi tilbage.',
      en: 'See which program has the file open (lsof), such as a copy or a command that hangs, and end it. Restore no backup.',
    },
  )
const broken = (why: string): Finding =>
  failure(
    'RECORDS_BROKEN',
    { da: `Databasen er ikke hel (${why}).`, en: `The database is not whole (${why}).` },
    {
      da: 'Stop serveren, gem filen, og læg den nyeste sikkerhedskopi tilbage: naervaer restore.',
      en: 'Stop the server, keep the file, and restore the newest backup: naervaer restore.',
    },
  )
