import type { DurationMs } from '@naervaer/shared'
import { describeError, failure, ok, onlyFromInside, unseen, type Check } from '../check.ts'
import { openRecords } from '../records.ts'

const HOUR_MS: DurationMs = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * What must not be there any more, with an hour for the sweep that should have taken it; by the instant
 * of now. Longer than the texts of the operating manual say is too long.
 */
const OVERDUE: Readonly<Record<string, { readonly where: string; readonly keptMs: DurationMs }>> = {
  tech_reports: { where: 'expires_at < ?', keptMs: 0 },
  push_notices: { where: 'created_at < ?', keptMs: 2 * DAY_MS },
  readiness: { where: 'until_at < ?', keptMs: 0 },
  callbacks: { where: 'asked_at < ?', keptMs: 7 * DAY_MS },
  sign_in_challenges: { where: 'expires_at < ?', keptMs: 0 },
  pick_ups: { where: 'agreed_at < ?', keptMs: 30 * DAY_MS },
}
/** Sweeps come at least this often. */
const GRACE_MS: DurationMs = 2 * HOUR_MS

/** What is to be forgotten has been forgotten. */
export const retentionCheck: Check = {
  number: 20,
  name: { da: 'Sletning til tiden', en: 'Deletion in time' },
  isFromOutside: false,
  async run(context) {
    if (context.isOutside) return [onlyFromInside()]
    try {
      const records = await openRecords(context)
      if (records === null)
        return [unseen('RETENTION_NONE', { da: 'Ingen database.', en: 'No database.' })]
      try {
        const left = Object.entries(OVERDUE).filter(([table, { where, keptMs }]) => {
          const before = context.now() - keptMs - GRACE_MS
          return (
            records.file.prepare(`select 1 from ${table} where ${where} limit 1`).get(before) !==
            undefined
          )
        })
        return [judge(left.map(([table]) => table))]
      } finally {
        records.close()
      }
    } catch (error) {
      const why = describeError(error)
      return [
        unseen('RETENTION_UNREADABLE', {
          da: `Kan ikke læses (${why}).`,
          en: `Cannot be read (${why}).`,
        }),
      ]
    }
  },
}

function judge(tables: readonly string[]) {
  if (tables.length === 0) {
    return ok('RETENTION_OK', {
      da: 'Intet ligger længere, end det må.',
      en: 'Nothing is kept longer than it may be.',
    })
  }
  const list = tables.join(', ')
  return failure(
    'RETENTION_LATE',
    { da: `Det her skulle være slettet: ${list}.`, en: `This should have been deleted: ${list}.` },
    {
      da: 'Kører serveren? Den sletter selv; se dens log efter "failed".',
      en: 'Is the server running? It deletes by itself; look in its log for "failed".',
    },
  )
}
