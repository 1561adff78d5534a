import type { DurationMs } from '@naervaer/shared'
import type { Tables } from '../../database/schema.ts'
import { KEPT } from '../../inventory/kept.ts'
import { failure, ok, type Check } from '../check.ts'
import { lookIntoRecords } from '../records.ts'

const HOUR_MS: DurationMs = 3_600_000
const DAY_MS: DurationMs = 24 * HOUR_MS

interface Overdue {
  readonly where: string
  readonly keptMs: DurationMs
  /** Where the table has days and no instants. */
  readonly isOfDays?: true
}

/**
 * What sweeps should have taken, by what the record of processing says. Not those that go only when somebody comes
 * (start codes, links, sessions), nor those of which it says that nothing deletes them.
 */
const OVERDUE: Readonly<Partial<Record<keyof Tables, Overdue>>> = {
  tech_reports: { where: 'expires_at < ?', keptMs: 0 },
  push_notices: { where: 'created_at < ?', keptMs: KEPT.notice },
  readiness: { where: 'until_at < ?', keptMs: 0 },
  callbacks: { where: 'asked_at < ?', keptMs: KEPT.callback },
  sign_in_challenges: { where: 'expires_at < ?', keptMs: 0 },
  pick_ups: { where: 'agreed_at < ?', keptMs: KEPT.pickUp },
  reminders: { where: 'start_at < ?', keptMs: KEPT.reminder },
  appointment_news: { where: 'made_at < ?', keptMs: KEPT.news },
  device_states: { where: 'at < ?', keptMs: KEPT.deviceState },
  device_tests: { where: 'at < ?', keptMs: KEPT.deviceState },
  // A day ends later here than by the clock of the world, and lasts until its end.
  absences: { where: 'last_day < ?', keptMs: KEPT.absence + DAY_MS, isOfDays: true },
}
/** Sweeps come at least this often. */
const GRACE_MS: DurationMs = 2 * HOUR_MS

/** What is to be forgotten has been forgotten. */
export const retentionCheck: Check = {
  number: 20,
  name: { da: 'Sletning til tiden', en: 'Deletion in time' },
  isFromOutside: false,
  run: (context) =>
    lookIntoRecords(context, 'RETENTION', (file) => {
      const left = Object.entries(OVERDUE).filter(([table, { where, keptMs, isOfDays }]) => {
        const before = context.now() - keptMs - GRACE_MS
        const row = file.prepare(`select 1 from ${table} where ${where} limit 1`)
        return (
          row.get(isOfDays ? new Date(before).toISOString().slice(0, 10) : before) !== undefined
        )
      })
      return judge(left.map(([table]) => table))
    }),
}

const LOOKED_AT = Object.keys(OVERDUE).join(', ')

function judge(tables: readonly string[]) {
  if (tables.length === 0) {
    return ok('RETENTION_OK', {
      da: `Intet ligger længere, end det må, i ${LOOKED_AT}.`,
      en: `Nothing is kept longer than it may be in ${LOOKED_AT}.`,
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
