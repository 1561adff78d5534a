import type { Tables } from '../database/schema.ts'

/** One thing that a restore does again, by what the former records know of it. */
export interface Again {
  /** Under which name its rows are counted in what the command prints. */
  readonly as: string
  /** On restored records with those that they replace attached as `former`. */
  readonly sql: string
  /** It takes a row that is missing there for one taken away: only true where the former go on from the backup. */
  readonly isByGap: boolean
}

/** What a restore does to the rows of a table. */
export type Fate =
  /** What had ended, been taken away or been refused since the backup does so again. */
  | { readonly again: readonly Again[] }
  /** What opens a door and was opened before the backup goes, whatever the former records say. */
  | 'door'
  /** It comes back as it was; why that hurts nobody. */
  | { readonly stays: string }

const byMark = (as: string, sql: string): Again => ({ as, sql, isByGap: false })
const byGap = (as: string, sql: string): Again => ({ as, sql, isByGap: true })
/** What had been taken away has no row there any more. */
const gone = (as: string, table: keyof Tables, keys: string): Again =>
  byGap(as, `delete from ${table} where (${keys}) not in (select ${keys} from former.${table})`)

/**
 * Every table, in the order in which they are seen to. A backup knows nothing of what came after it, so that each
 * table is asked: would a row that comes back let somebody in who is out, undo a protection or a "no", or tell
 * people of what is not so any more? Then it goes again. Nothing that a person was given since the backup comes
 * back, except what protects: where in doubt, the side with less access and fewer rings is taken.
 */
export const TABLE_FATES: Readonly<Record<keyof Tables, Fate>> = {
  people: {
    again: [
      byMark(
        'deletedAccounts',
        `update people set (name, disabled_at, deleted_at) =
            (select name, disabled_at, deleted_at from former.people f where f.id = people.id)
          where deleted_at is null
            and id in (select id from former.people where deleted_at is not null)`,
      ),
      byMark(
        'closedAccounts',
        `update people set disabled_at =
            (select disabled_at from former.people f where f.id = people.id)
          where disabled_at is null
            and id in (select id from former.people where disabled_at is not null)`,
      ),
    ],
  },
  person_roles: { again: [gone('rolesTaken', 'person_roles', 'person_id, role')] },
  passkeys: { again: [gone('keysRemoved', 'passkeys', 'id')] },
  passphrases: {
    again: [
      // Whoever replaced one did so for a reason: it may be known to somebody.
      gone('passphrasesRemoved', 'passphrases', 'person_id, hash, totp_seed'),
      byMark(
        'codesUsed',
        `update passphrases set totp_last_step = f.totp_last_step from former.passphrases f
          where f.person_id = passphrases.person_id and f.totp_seed = passphrases.totp_seed
            and f.totp_last_step > passphrases.totp_last_step`,
      ),
    ],
  },
  oidc_identities: {
    again: [gone('workAccountsRemoved', 'oidc_identities', 'issuer, key, person_id')],
  },
  device_keys: {
    again: [
      byMark(
        'devicesRevoked',
        `update device_keys set (revoked_at, revoked_for) =
            (select revoked_at, revoked_for from former.device_keys f
              where f.device_id = device_keys.device_id)
          where revoked_at is null
            and device_id in (select device_id from former.device_keys where revoked_at is not null)`,
      ),
      gone('devicesRemoved', 'device_keys', 'device_id'),
    ],
  },
  assignments: {
    again: [
      byMark(
        'assignmentsEnded',
        `update assignments set to_at =
            (select max(f.to_at, assignments.from_at + 1) from former.assignments f
              where f.id = assignments.id)
          where id in (select f.id from former.assignments f
            where f.to_at is not null and f.to_at < coalesce(assignments.to_at, f.to_at + 1))`,
      ),
      // One that is cancelled before it begins is deleted and not ended.
      gone('assignmentsEnded', 'assignments', 'id'),
    ],
  },
  team_members: {
    again: [
      byMark(
        'teamMembershipsTaken',
        `delete from team_members where person_id in (select id from people where deleted_at is not null)`,
      ),
      gone('teamMembershipsTaken', 'team_members', 'team_id, person_id'),
    ],
  },
  calendar_feeds: { again: [gone('feedsClosed', 'calendar_feeds', 'token_hash')] },
  protected_addresses: {
    again: [
      byMark(
        'addressesProtected',
        `insert or ignore into protected_addresses
          select citizen_id from former.protected_addresses where citizen_id in (select id from people)`,
      ),
    ],
  },
  choice_steps: {
    again: [
      byMark(
        'choicesSaid',
        `insert or ignore into choice_steps
            (id, citizen_id, purpose, number, kind, at, until_at, text_version, language, asked_by,
             asked_role, said_on_device, heard_by)
          select id, citizen_id, purpose, number, kind, at, until_at, text_version, language,
            case when asked_by in (select id from people) then asked_by end, asked_role,
            case when said_on_device in (select id from devices) then said_on_device end,
            case when heard_by in (select id from people) then heard_by end
          from former.choice_steps where citizen_id in (select id from people)`,
      ),
    ],
  },
  push_subscriptions: {
    again: [
      byMark(
        'noticesOff',
        `delete from push_subscriptions
          where device_id in (select device_id from device_keys where revoked_at is not null)`,
      ),
      gone('noticesOff', 'push_subscriptions', 'device_id'),
      // Addresses that were made for a pair that has been given up since: see push_keys.
      byGap(
        'noticesLost',
        `update push_subscriptions set lost_at = key.created_at, proven_at = null
          from former.push_keys as key
          where lost_at is null and key.public_key not in (select public_key from push_keys)`,
      ),
    ],
  },
  push_keys: {
    again: [
      // Whoever draws a new pair may fear that the former one is in other hands.
      byGap(
        'noticeKeyChanged',
        `update push_keys set public_key = key.public_key,
            sealed_private_key = key.sealed_private_key, created_at = key.created_at
          from former.push_keys as key
          where key.id = push_keys.id and key.public_key <> push_keys.public_key`,
      ),
    ],
  },
  quiet_hours: {
    again: [
      byMark(
        'quietHoursKept',
        `insert into quiet_hours (citizen_id, from_minute, to_minute)
          select citizen_id, from_minute, to_minute from former.quiet_hours f
            where citizen_id in (select id from people)
              and not exists (select 1 from quiet_hours q where q.citizen_id = f.citizen_id
                and q.from_minute = f.from_minute and q.to_minute = f.to_minute)
          on conflict (citizen_id) do update
            set from_minute = excluded.from_minute, to_minute = excluded.to_minute`,
      ),
    ],
  },
  phones: { again: [gone('phonesDeleted', 'phones', 'citizen_id')] },
  travel_profiles: { again: [gone('travelDeleted', 'travel_profiles', 'citizen_id')] },
  reminder_wishes: { again: [gone('wishesTakenBack', 'reminder_wishes', 'citizen_id')] },
  readiness: { again: [gone('messagesOver', 'readiness', 'citizen_id')] },
  callbacks: { again: [gone('messagesOver', 'callbacks', 'citizen_id')] },
  pick_ups: { again: [gone('messagesOver', 'pick_ups', 'worker_id, citizen_id')] },
  absences: { again: [gone('absencesTakenOut', 'absences', 'id')] },
  appointments: {
    again: [
      // Nobody is reminded of what has been called off.
      gone('appointmentsOff', 'appointments', 'id'),
      byMark(
        'appointmentsOff',
        `update appointments set last_day = max(f.last_day, appointments.first_day)
          from former.appointments f
          where f.id = appointments.id and appointments.rhythm is not null
            and max(f.last_day, appointments.first_day) < appointments.last_day`,
      ),
    ],
  },
  appointment_exceptions: {
    again: [
      byMark(
        'appointmentsOff',
        `insert into appointment_exceptions (appointment_id, day, called_off, late_minutes, is_held)
          select f.appointment_id, f.day, f.called_off, 0, 0 from former.appointment_exceptions f
            where f.called_off is not null and f.appointment_id in (select id from appointments)
              and not exists (select 1 from appointment_exceptions e
                where e.appointment_id = f.appointment_id and e.day = f.day
                  and e.called_off is not null)
          on conflict (appointment_id, day) do update set called_off = excluded.called_off`,
      ),
    ],
  },
  appointment_news: { again: [gone('messagesOver', 'appointment_news', 'id')] },
  reminders: { again: [gone('messagesOver', 'reminders', 'id')] },
  device_checks: { again: [gone('deviceNotesDeleted', 'device_checks', 'device_id, line')] },
  device_states: { again: [gone('deviceNotesDeleted', 'device_states', 'device_id, moment')] },
  device_tests: { again: [gone('deviceNotesDeleted', 'device_tests', 'device_id')] },
  tech_reports: { again: [gone('deviceNotesDeleted', 'tech_reports', 'code')] },

  // Those of others first: rows of the later ones are pointed at.
  oidc_sessions: 'door',
  sessions: 'door',
  sign_in_challenges: 'door',
  invitations: 'door',
  pairings: 'door',

  devices: { stays: 'a browser’s number opens nothing: its sessions and its key do' },
  oidc_logouts: { stays: 'logouts that are over; all sessions are' },
  teams: { stays: 'names; who is in them is seen to above' },
  calls: { stays: 'what has been; no call goes on by it' },
  call_legs: { stays: 'what has been' },
  push_notices: { stays: 'what was sent; the sweep takes it by its age' },
  audit_events: { stays: 'the log is only added to, and the restore is its next line' },
  audit_head: { stays: 'as the log' },
  audit_anchor: { stays: 'as the log' },
  call_months: { stays: 'counts, of calls that are not among those of the backup' },
  heartbeat: { stays: 'of the server' },
  mileage_rates: { stays: 'figures' },
  migrations: { stays: 'the shape' },
  reminder_progress: { stays: 'of the server; what was reminded of is not due any more' },
}
