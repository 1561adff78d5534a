import SqliteFile from 'better-sqlite3'
import type { UnixMs } from '@naervaer/shared'

/** What had ended since a backup was made, and has ended again after it was restored: by how many rows. */
export interface EndedAgain {
  readonly deletedAccounts: number
  readonly closedAccounts: number
  readonly rolesTaken: number
  readonly keysRemoved: number
  readonly devicesRevoked: number
  readonly assignmentsEnded: number
  readonly feedsClosed: number
  readonly addressesProtected: number
  readonly choicesSaid: number
  readonly noticesOff: number
  readonly quietHoursKept: number
  readonly phonesDeleted: number
}

/**
 * Each says of the restored records what the former ones know of an end, a protection or a "no". Nothing
 * that a person was given since the backup comes back: only what was taken, ended, or said.
 */
const STATEMENTS: Readonly<Record<keyof EndedAgain, string>> = {
  deletedAccounts: `update people set (name, disabled_at, deleted_at) =
      (select name, disabled_at, deleted_at from former.people f where f.id = people.id)
    where deleted_at is null
      and id in (select id from former.people where deleted_at is not null)`,
  closedAccounts: `update people set disabled_at =
      (select disabled_at from former.people f where f.id = people.id)
    where disabled_at is null
      and id in (select id from former.people where disabled_at is not null)`,
  rolesTaken: `delete from person_roles where person_id in (select id from former.people)
    and (person_id, role) not in (select person_id, role from former.person_roles)`,
  keysRemoved: `delete from passkeys where id not in (select id from former.passkeys)`,
  devicesRevoked: `update device_keys set (revoked_at, revoked_for) =
      (select revoked_at, revoked_for from former.device_keys f where f.device_id = device_keys.device_id)
    where revoked_at is null
      and device_id in (select device_id from former.device_keys where revoked_at is not null)`,
  assignmentsEnded: `update assignments set to_at =
      (select max(f.to_at, assignments.from_at + 1) from former.assignments f where f.id = assignments.id)
    where id in (select f.id from former.assignments f
      where f.to_at is not null and f.to_at < coalesce(assignments.to_at, f.to_at + 1))`,
  feedsClosed: `delete from calendar_feeds
    where token_hash not in (select token_hash from former.calendar_feeds)`,
  addressesProtected: `insert or ignore into protected_addresses
    select citizen_id from former.protected_addresses where citizen_id in (select id from people)`,
  choicesSaid: `insert or ignore into choice_steps
      (id, citizen_id, purpose, number, kind, at, until_at, text_version, language, asked_by,
       asked_role, said_on_device, heard_by)
    select id, citizen_id, purpose, number, kind, at, until_at, text_version, language,
      case when asked_by in (select id from people) then asked_by end, asked_role,
      case when said_on_device in (select id from devices) then said_on_device end,
      case when heard_by in (select id from people) then heard_by end
    from former.choice_steps where citizen_id in (select id from people)`,
  noticesOff: `delete from push_subscriptions
    where device_id not in (select device_id from former.push_subscriptions)
      or device_id in (select device_id from device_keys where revoked_at is not null)`,
  quietHoursKept: `insert into quiet_hours (citizen_id, from_minute, to_minute)
    select citizen_id, from_minute, to_minute from former.quiet_hours f
      where citizen_id in (select id from people)
        and not exists (select 1 from quiet_hours q where q.citizen_id = f.citizen_id
          and q.from_minute = f.from_minute and q.to_minute = f.to_minute)
    on conflict (citizen_id) do update
      set from_minute = excluded.from_minute, to_minute = excluded.to_minute`,
  phonesDeleted: `delete from phones where citizen_id not in (select citizen_id from former.phones)`,
}

/** What opens a door and was opened before the backup; whoever it was for signs in anew. */
const DOORS = ['sessions', 'sign_in_challenges', 'invitations', 'pairings', 'oidc_sessions']

/**
 * Closes in restored records what had been closed in the former ones since the backup, so that a deleted
 * account, a stolen telephone or a citizen's "no" stays what it was (criterion L-07).
 *
 * @param former - the records that are replaced; they may be damaged
 * @returns null where nothing could be read there; then nothing has been closed
 */
export function endAgain(restored: string, former: string): EndedAgain | null {
  const file = new SqliteFile(restored)
  try {
    file.pragma('foreign_keys = ON')
    file.prepare('attach ? as former').run(former)
    const run = (name: keyof EndedAgain) => file.prepare(STATEMENTS[name]).run().changes
    const runAll = file.transaction((): EndedAgain => {
      const ended = {
        deletedAccounts: run('deletedAccounts'),
        closedAccounts: run('closedAccounts'),
        rolesTaken: run('rolesTaken'),
        keysRemoved: run('keysRemoved'),
        devicesRevoked: run('devicesRevoked'),
        assignmentsEnded: run('assignmentsEnded'),
        feedsClosed: run('feedsClosed'),
        addressesProtected: run('addressesProtected'),
        choicesSaid: run('choicesSaid'),
        noticesOff: run('noticesOff'),
        quietHoursKept: run('quietHoursKept'),
        phonesDeleted: run('phonesDeleted'),
      }
      file.exec(
        `delete from team_members where person_id in (select id from people where deleted_at is not null);
         delete from passphrases where person_id not in (select person_id from former.passphrases)`,
      )
      return ended
    })
    return runAll()
  } catch (error) {
    if (error instanceof SqliteFile.SqliteError && !error.code.startsWith('SQLITE_FULL'))
      return null
    throw error
  } finally {
    file.close()
  }
}

/** Ends everybody's sessions and what waits to become one: who has stolen a token is out as well. */
export function closeDoors(restored: string): void {
  const file = new SqliteFile(restored)
  try {
    file.pragma('foreign_keys = ON')
    for (const table of DOORS) file.prepare(`delete from ${table}`).run()
  } finally {
    file.close()
  }
}

/** How far the records that are replaced go. */
export interface FormerEnd {
  readonly at: UnixMs
  readonly lines: number
}

/** @returns null where there are none, or nothing in them can be read */
export function readFormerEnd(former: string): FormerEnd | null {
  let file: SqliteFile.Database | null = null
  try {
    file = new SqliteFile(former, { fileMustExist: true })
    const row = file.prepare('select max(seq) as lines, max(at) as at from audit_events').get()
    const { at, lines } = row as { at: number | null; lines: number | null }
    return at === null || lines === null ? null : { at, lines }
  } catch (error) {
    if (error instanceof SqliteFile.SqliteError) return null
    throw error
  } finally {
    file?.close()
  }
}
