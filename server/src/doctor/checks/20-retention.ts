import type { DurationMs } from '@naervaer/shared'
import type { Tables } from '../../database/schema.ts'
import { listKept } from '../../inventory/kept.ts'
import type { RetentionConfig } from '../../retention-config.ts'
import { DOUBT_MS } from '../../health/known-time.ts'
import { failure, ok, type Check } from '../check.ts'
import { lookIntoRecords } from '../records.ts'

const HOUR_MS: DurationMs = 3_600_000
const DAY_MS: DurationMs = 24 * HOUR_MS

interface Overdue {
  readonly where: string
  readonly keptMs: DurationMs
  /** Removed once a day and not within hours. */
  readonly isDaily?: true
  /** Where the table has days and no instants. */
  readonly isOfDays?: true
}

/**
 * What should have been removed, by what the record of processing says. Not those of which it says that nothing
 * deletes them.
 */
function listOverdue(
  retention?: RetentionConfig,
): Readonly<Partial<Record<keyof Tables, Overdue>>> {
  const kept = listKept(retention)
  return {
    tech_reports: { where: 'expires_at < ?', keptMs: 0 },
    push_notices: { where: 'created_at < ?', keptMs: kept.notice },
    readiness: { where: 'until_at < ?', keptMs: 0 },
    callbacks: { where: 'asked_at < ?', keptMs: kept.callback },
    sign_in_challenges: { where: 'expires_at < ?', keptMs: 0 },
    pick_ups: { where: 'agreed_at < ?', keptMs: kept.pickUp },
    reminders: { where: 'start_at < ?', keptMs: kept.reminder },
    appointment_news: { where: 'made_at < ?', keptMs: kept.news },
    device_states: { where: 'at < ?', keptMs: kept.deviceState },
    device_tests: { where: 'at < ?', keptMs: kept.deviceState },
    // A day ends later here than by the clock of the world, and lasts until its end.
    absences: { where: 'last_day < ?', keptMs: kept.absence + DAY_MS, isOfDays: true },
    calls: { where: `state = 'ended' and created_at < ?`, keptMs: kept.call, isDaily: true },
    choice_steps: {
      where: `kind in ('declined', 'withdrawn') and at < ?`,
      keptMs: kept.choice,
      isDaily: true,
    },
    // The last line stays whatever its age: the next is chained to it.
    audit_events: {
      where: 'at < ? and seq < (select seq from audit_head)',
      keptMs: kept.audit,
      isDaily: true,
    },
    sessions: { where: 'expires_at < ?', keptMs: 0, isDaily: true },
    invitations: { where: 'expires_at < ?', keptMs: 0, isDaily: true },
    pairings: { where: 'expires_at < ?', keptMs: kept.pairing, isDaily: true },
    oidc_logouts: { where: 'expires_at < ?', keptMs: 0, isDaily: true },
    push_subscriptions: { where: 'seen_at < ?', keptMs: kept.silentDevice },
    appointments: {
      where: `last_day < ? and id not in
        (select appointment_id from appointment_exceptions where moved_day is not null)`,
      keptMs: kept.appointment + DAY_MS,
      isDaily: true,
      isOfDays: true,
    },
  }
}
/** Sweeps come at least this often. */
const GRACE_MS: DurationMs = 2 * HOUR_MS
/** Whole days are kept, and what is old goes at the beginning of the next. */
const DAILY_GRACE_MS: DurationMs = DAY_MS + GRACE_MS

/** What is to be forgotten has been forgotten. */
export const retentionCheck: Check = {
  number: 20,
  name: { da: 'Sletning til tiden', en: 'Deletion in time' },
  isFromOutside: false,
  run: (context) =>
    lookIntoRecords(context, 'RETENTION', (file) => {
      const heartbeat = file.prepare('select at from heartbeat').pluck().get()
      if (typeof heartbeat === 'number' && context.now() - heartbeat > DOUBT_MS) return DOUBTED
      const overdue = listOverdue(context.config?.retention)
      const left = Object.entries(overdue).filter(
        ([table, { where, keptMs, isDaily, isOfDays }]) => {
          const graceMs = isDaily === true ? DAILY_GRACE_MS : GRACE_MS
          const before = context.now() - keptMs - graceMs
          const row = file.prepare(`select 1 from ${table} where ${where} limit 1`)
          return (
            row.get(isOfDays ? new Date(before).toISOString().slice(0, 10) : before) !== undefined
          )
        },
      )
      return judge(left.map(([table]) => table))
    }),
}

/** The server that runs notes the time every minute, and not what it does not believe. */
const DOUBTED = failure(
  'RETENTION_CLOCK',
  {
    da: 'Uret er over en måned foran serverens sidste livstegn. Så længe slettes intet.',
    en: 'The clock is more than a month ahead of the server’s last sign of life. Nothing is deleted meanwhile.',
  },
  {
    da: 'Se efter, om maskinens ur går rigtigt. Gør det det: naervaer retention run, og genstart serveren.',
    en: 'See whether the machine’s clock is right. If it is: naervaer retention run, and restart the server.',
  },
)

const LOOKED_AT = Object.keys(listOverdue()).join(', ')

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
