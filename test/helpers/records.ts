import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import type { AuditAction } from '@naervaer/shared'
import { FIRST_HASH, hashRow, sealHash } from '../../server/src/audit/chain.ts'
import { migrate } from '../../server/src/database/migrate.ts'
import { openDatabase } from '../../server/src/database/open.ts'
import { Secrets } from '../../server/src/secrets/secrets.ts'

/** The master key of records that tests keep; nobody else's. */
export const FIXTURE_KEY = '5f0c7a91e3b24d6885aa1f3c9d70e2b64c81f7d2093ea65b1478cd90ef2365ba'

/** Everybody's name in made-up records begins so: no file outside of them may contain it. */
export const CANARY = 'Kanariefugl'

const DAY_MS = 24 * 3_600_000

/** So that a server keeps all of the records that a test has made up, however old they are by now. */
export const KEEP_ALL = {
  RETENTION_CALLS_DAYS: '3650',
  RETENTION_APPOINTMENTS_DAYS: '3650',
  RETENTION_CHOICE_DAYS: '3650',
  RETENTION_AUDIT_DAYS: '3650',
  RETENTION_PUSH_DAYS: '3650',
}

export interface RecordsSize {
  readonly citizens: number
  readonly workers: number
  readonly days: number
  readonly callsPerDay: number
  readonly auditLinesPerDay: number
  /** The first moment in them. */
  readonly fromAt: number
}

/**
 * Fills `DATA_DIR` with records as a municipality has them after a while: people, devices, answers,
 * calls with their legs, appointments, and an audit log whose chain holds under `FIXTURE_KEY`.
 */
export async function fillRecords(dataDir: string, size: RecordsSize): Promise<string> {
  const path = join(dataDir, 'naervaer.sqlite')
  const database = openDatabase(path)
  await migrate(database, size.fromAt)
  await database.destroy()
  const file = new SqliteFile(path)
  file.pragma('foreign_keys = ON')
  file.transaction(() => {
    addPeople(file, size)
    addCalls(file, size)
    addAuditLines(file, size)
  })()
  file.close()
  return path
}

const worker = (number: number) => `worker-${number}`
const citizen = (number: number) => `citizen-${number}`

function addPeople(file: SqliteFile.Database, { citizens, workers, fromAt }: RecordsSize): void {
  const person = file.prepare('insert into people values (?, ?, 0, ?, null, null)')
  const role = file.prepare('insert into person_roles values (?, ?)')
  const device = file.prepare('insert into devices values (?, ?, ?, ?)')
  for (let number = 0; number < workers; number += 1) {
    person.run(worker(number), `${CANARY} Medarbejder ${number}`, fromAt)
    role.run(worker(number), 'worker')
    device.run(`device-of-${worker(number)}`, worker(number), `hash-w${number}`, fromAt)
  }
  const assignment = file.prepare(`insert into assignments values (?, ?, ?, 'primary', ?, null, 0)`)
  const key = file.prepare(
    `insert into device_keys values (?, ?, 'x', 'y', 'ipad', ?, ?, ?, null, null)`,
  )
  const step = file.prepare(
    `insert into choice_steps values (?, ?, 'video', 1, 'accepted', ?, null, 1, 'da', ?, 'worker', ?, null)`,
  )
  const appointment = file.prepare(
    `insert into appointments values (?, ?, ?, 'video', ?, ?, 'week', '1', 600, 30, 1, ?)`,
  )
  const first = findMonday(fromAt)
  const days = [toDay(first), toDay(first + 51 * 7 * DAY_MS)]
  for (let number = 0; number < citizens; number += 1) {
    const [id, own] = [citizen(number), worker(number % workers)]
    person.run(id, `${CANARY} Borger ${number}`, fromAt)
    role.run(id, 'citizen')
    device.run(`device-of-${id}`, id, `hash-c${number}`, fromAt)
    assignment.run(`assignment-${number}`, own, id, fromAt)
    key.run(`device-of-${id}`, `thumb-${number}`, own, fromAt, fromAt)
    step.run(`step-${number}`, id, fromAt, own, `device-of-${id}`)
    appointment.run(`appointment-${number}`, id, own, ...days, fromAt)
  }
}

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The first one from this moment on. */
function findMonday(at: number): number {
  return at + ((8 - new Date(at).getUTCDay()) % 7) * DAY_MS
}

function addCalls(file: SqliteFile.Database, size: RecordsSize): void {
  const call = file.prepare(
    `insert into calls (id, worker_id, citizen_id, worker_device_id, citizen_device_id, state,
       revision, generation, outcome, end_reason, path, created_at, ringing_at, answered_at,
       connected_at, ended_at, result)
     values (?, ?, ?, ?, ?, 'ended', 5, 1, 'completed', 'hangup_staff', 'srflx', ?, ?, ?, ?, ?, 'worked')`,
  )
  const leg = file.prepare(
    `insert into call_legs (id, call_id, path, started_at, ended_at, generation, ended_by,
       worker_protocol, worker_rtt_ms, worker_loss_percent)
     values (?, ?, 'srflx', ?, ?, 1, 'hangup_staff', 'udp', 24, 0)`,
  )
  for (let number = 0; number < size.days * size.callsPerDay; number += 1) {
    const at = size.fromAt + Math.floor((number / size.callsPerDay) * DAY_MS)
    const who = number % size.citizens
    const [by, to] = [worker(who % size.workers), citizen(who)]
    const ended = at + 1_200_000
    const devices = [`device-of-${by}`, `device-of-${to}`]
    call.run(`call-${number}`, by, to, ...devices, at, at + 400, at + 9_000, at + 10_000, ended)
    leg.run(`leg-${number}`, `call-${number}`, at + 10_000, ended)
  }
}

function addAuditLines(file: SqliteFile.Database, size: RecordsSize): void {
  const secrets = new Secrets(Buffer.from(FIXTURE_KEY, 'hex'))
  const rowKey = secrets.key('audit-rows')
  const line = file.prepare(
    `insert into audit_events (seq, at, action, actor_kind, actor_id, actor_role, subject_id, details, hash, seal)
     values (@seq, @at, @action, @actor_kind, @actor_id, @actor_role, @subject_id, @details, @hash, @seal)`,
  )
  const actions: AuditAction[] = ['session.started', 'team.read', 'session.ended']
  const count = size.days * size.auditLinesPerDay
  let hash = FIRST_HASH
  for (let seq = 1; seq <= count; seq += 1) {
    const row = {
      seq,
      at: size.fromAt + Math.floor((seq / size.auditLinesPerDay) * DAY_MS),
      action: actions[seq % actions.length] ?? 'team.read',
      actor_kind: 'person' as const,
      actor_id: worker(seq % size.workers) as never,
      actor_role: 'worker' as const,
      subject_id: citizen(seq % size.citizens) as never,
      details: '{}',
    }
    hash = hashRow(hash, row)
    line.run({ ...row, hash, seal: sealHash(rowKey, hash) })
  }
  const sealed = secrets.seal('audit-head', Buffer.from(`${count}:${hash}`))
  file
    .prepare('update audit_head set seq = ?, sealed = ?, told_seq = ? where id = 1')
    .run(count, sealed, count)
}
