import type {
  AbsenceId,
  AppointmentId,
  AppointmentKind,
  AssignmentId,
  AttemptResult,
  ChoiceLanguage,
  ChoicePurpose,
  ChecklistLine,
  ChoiceStepKind,
  CallId,
  CalledOff,
  CallState,
  DeviceFault,
  DeviceId,
  BrowserKind,
  DurationMs,
  LateMinutes,
  EndReason,
  LegEnd,
  LegProtocol,
  Notice,
  Outcome,
  PairedKind,
  PairingId,
  Path,
  PersonId,
  PickUp,
  ReminderAnswered,
  Replaced,
  Role,
  SessionMethod,
  TeamId,
  UnixMs,
} from '@naervaer/shared'
import type { Rhythm } from '@naervaer/shared/appointments'
import type { Day } from '@naervaer/shared/wall'
import type { Generated } from 'kysely'
import type {
  AppointmentNewsRow,
  PushNoticeRow,
  PushSubscriptionRow,
  ReminderRow,
} from './push-rows.ts'

/** The tables as the newest migration leaves them. Instants are UTC milliseconds. */
export interface Tables {
  people: {
    id: PersonId
    name: string
    is_demo: 0 | 1
    created_at: UnixMs
    /** Since when the account is closed; null while it is open. */
    disabled_at: UnixMs | null
    /** Since when it is deleted, which it is for good; null for all others. */
    deleted_at: UnixMs | null
  }
  person_roles: { person_id: PersonId; role: Role }
  assignments: {
    id: AssignmentId
    worker_id: PersonId
    citizen_id: PersonId
    kind: 'primary' | 'substitute'
    from_at: UnixMs
    /** null while it lasts. */
    to_at: UnixMs | null
    /** Whether its end stands in the audit log, which it does once. */
    is_end_recorded: Generated<0 | 1>
  }
  /** When workers are not at work; the last day is one of them. */
  absences: {
    id: AbsenceId
    worker_id: PersonId
    first_day: Day
    last_day: Day
    created_at: UnixMs
  }
  teams: { id: TeamId; name: string; created_at: UnixMs }
  team_members: { team_id: TeamId; person_id: PersonId }
  devices: { id: DeviceId; person_id: PersonId; browser_hash: string; created_at: UnixMs }
  sessions: {
    id: string
    token_hash: string
    person_id: PersonId
    device_id: DeviceId
    created_at: UnixMs
    /** The end that nothing moves for staff; for citizens it moves on with every use. */
    expires_at: UnixMs
    method: SessionMethod
    device_kind: BrowserKind
    used_at: UnixMs
    /** How long it may lie unused; null for ever. */
    idle_limit_ms: DurationMs | null
    /** Whether its token must be replaced at the next request. */
    is_rotation_due: 0 | 1
    former_token_hash: string | null
    /** Until when the token before this one is still taken. */
    former_until_at: UnixMs | null
  }
  /** A fault is written apart from the rest. */
  calls: Omit<CallRow, 'fault' | 'replaced'> & {
    fault: Generated<DeviceFault | null>
    replaced: Generated<Replaced | null>
  }
  /** What a visit to a citizen costs on the road, there and back. */
  travel_profiles: { citizen_id: PersonId; minutes: number; km: number }
  /** What a kilometre is paid with, by the first day on which it is ("2026-01-01"). */
  mileage_rates: { valid_from: string; ore_per_km: number }
  /** What a worker and a citizen have agreed to take up in their next talk. */
  pick_ups: { worker_id: PersonId; citizen_id: PersonId; line: PickUp; agreed_at: UnixMs }
  call_legs: CallLegRow
  audit_events: AuditRow
  audit_head: {
    id: 1
    seq: number
    sealed: string
    /** The last line that standard output has been told. */
    told_seq: Generated<number>
  }
  /** The last line that has been removed for its age; 0 while none has. */
  audit_anchor: { id: 1; seq: number; sealed: string }
  /** Calls whose rows have been removed for their age: how many there were of each kind. */
  call_months: CallMonthRow
  /** When the server last found that it can write. */
  heartbeat: { id: 1; at: UnixMs }
  choice_steps: ChoiceStepRow
  /** A row for each citizen whose calls are relayed (S-23). */
  protected_addresses: { citizen_id: PersonId }
  /** Citizens who have said "Jeg er klar", until when it holds. */
  readiness: { citizen_id: PersonId; until_at: UnixMs }
  /** Citizens who would like to be rung, since when, and when a worker has seen it. */
  callbacks: {
    citizen_id: PersonId
    asked_at: UnixMs
    seen_at: UnixMs | null
    /** Whom it is to be; null where anybody will do. */
    waits_for: PersonId | null
  }
  appointments: AppointmentRow
  appointment_exceptions: AppointmentExceptionRow
  /** When citizens do not want to be rung, in minutes since midnight. */
  phones: { citizen_id: PersonId; number: string }
  quiet_hours: { citizen_id: PersonId; from_minute: number; to_minute: number }
  invitations: {
    id: string
    person_id: PersonId
    secret_hash: string
    created_at: UnixMs
    expires_at: UnixMs
    used_at: UnixMs | null
  }
  passkeys: PasskeyRow
  passphrases: {
    person_id: PersonId
    sign_in_name: string
    hash: string
    totp_seed: string
    totp_last_step: number
    created_at: UnixMs
  }
  sign_in_challenges: {
    hash: string
    purpose: 'signIn' | 'enrol' | 'totp'
    bound_to: string
    sealed: string | null
    expires_at: UnixMs
  }
  oidc_identities: {
    issuer: string
    /** What the person is by there, for ever: see `identify`. */
    key: string
    person_id: PersonId
    created_at: UnixMs
    used_at: UnixMs
  }
  oidc_sessions: {
    session_id: string
    issuer: string
    sub: string
    sid: string | null
    sealed_id_token: string
  }
  oidc_logouts: {
    jti_hash: string
    sub: string | null
    sid: string | null
    created_at: UnixMs
    expires_at: UnixMs
  }
  device_keys: {
    device_id: DeviceId
    thumbprint: string
    x: string
    y: string
    kind: PairedKind
    paired_by: PersonId
    paired_at: UnixMs
    seen_at: UnixMs | null
    /** null while the device may be used. */
    revoked_at: UnixMs | null
    /** null while it may be used, and where nobody has written down why. */
    revoked_for: 'asked' | 'replaced' | 'withdrawn' | null
  }
  pairings: PairingRow
  push_keys: { id: 1; public_key: string; sealed_private_key: string; created_at: UnixMs }
  push_subscriptions: PushSubscriptionRow
  push_notices: PushNoticeRow
  /** What is to be reminded of, once each. */
  reminders: ReminderRow
  /** What is to be told of what was moved or called off. */
  appointment_news: AppointmentNewsRow
  /** Up to when everything that was due has become a row of `reminders`. */
  reminder_progress: { id: 1; done_until: UnixMs }
  /** A row for each citizen who would like a reminder the day before as well. */
  reminder_wishes: { citizen_id: PersonId }
  /** The private address of a worker's calendar. */
  calendar_feeds: {
    worker_id: PersonId
    token_hash: string
    created_at: UnixMs
    /** Of what was read last; null before the first time. */
    digest: string | null
    changed_at: UnixMs
  }
  tech_reports: { code: string; report: string; created_at: UnixMs; expires_at: UnixMs }
  /** Of a paired device, each line as it was found last. */
  device_checks: { device_id: DeviceId; line: ChecklistLine; is_ok: 0 | 1; at: UnixMs }
  /** `state` as it has passed its schema. */
  device_states: { device_id: DeviceId; moment: 'last' | 'well'; at: UnixMs; state: string }
  /** `codes` one after the other, with a space between. */
  device_tests: { device_id: DeviceId; at: UnixMs; codes: string }
  migrations: {
    name: string
    applied_at: UnixMs
    /** The step that a version must know to run on these records; null where this one only added. */
    needs: Generated<string | null>
  }
}

export interface CallMonthRow {
  /** Such as "2026-11", by the clock on the wall. */
  month: string
  /** '' where neither of the two was in a team. */
  team_id: TeamId | ''
  mode: 'video'
  outcome: Outcome
  /** How long was talked, from so many minutes up to the next bucket. */
  from_minutes: number
  count: number
}

/** What has been agreed, by the clock on the wall: days as "2026-11-26", minutes since midnight. */
export interface AppointmentRow {
  id: AppointmentId
  citizen_id: PersonId
  worker_id: PersonId
  kind: AppointmentKind
  first_day: Day
  last_day: Day
  /** null for what happens once. */
  rhythm: Rhythm | null
  /** From 1, Monday, to 7, without anything between; null for what happens once. */
  weekdays: string | null
  start_minute: number
  length_minutes: number
  revision: number
  created_at: UnixMs
}

/** What is otherwise with the one time that was planned for `day`. */
export interface AppointmentExceptionRow {
  appointment_id: AppointmentId
  day: Day
  moved_day: Day | null
  moved_minute: number | null
  moved_length: number | null
  /** Where it is another than the plan's. */
  moved_kind: AppointmentKind | null
  worker_id: PersonId | null
  called_off: CalledOff | null
  late_minutes: LateMinutes
  is_held: 0 | 1
  /** What the citizen has said to the reminder; null before. */
  answered: ReminderAnswered | null
}

export interface AuditRow {
  /** 1, 2, 3, … without a gap. */
  seq: number
  at: UnixMs
  action: string
  actor_kind: 'person' | 'cli' | 'system'
  actor_id: PersonId | null
  actor_role: Role | null
  subject_id: PersonId | null
  /** Canonical JSON. */
  details: string
  /** Of this line and all before it: SHA-256 in base64url. */
  hash: string
  /** A code over `hash` that only the holder of the master key can make. */
  seal: string
}

export interface ChoiceStepRow {
  id: string
  citizen_id: PersonId
  purpose: ChoicePurpose
  /** From 1 upwards for each citizen and purpose. */
  number: number
  kind: ChoiceStepKind
  at: UnixMs
  /** When a pause ends; null in every other step. */
  until_at: UnixMs | null
  /** The text that was shown or read aloud. */
  text_version: number | null
  language: ChoiceLanguage | null
  /** Whose question this is, or answers. */
  asked_by: PersonId | null
  asked_role: 'citizen' | 'worker' | 'leader' | 'authority' | null
  /** The citizen's own device; null where staff heard it spoken. */
  said_on_device: DeviceId | null
  /** The member of staff who heard it. */
  heard_by: PersonId | null
}

export interface PasskeyRow {
  id: string
  person_id: PersonId
  credential_id: string
  public_key: string
  counter: number
  /** With commas between. */
  transports: string
  created_at: UnixMs
  last_used_at: UnixMs | null
}

export interface PairingRow {
  id: PairingId
  citizen_id: PersonId
  worker_id: PersonId
  /** The worker's, in whose dialog the code stands. */
  session_id: string
  replaces_device_id: DeviceId | null
  code_hash: string
  secret_hash: string
  state: 'open' | 'claimed' | 'confirmed' | 'refused' | 'closed'
  created_at: UnixMs
  expires_at: UnixMs
  claim_hash: string | null
  digits: string | null
  x: string | null
  y: string | null
  kind: PairedKind | null
  device_id: DeviceId | null
}

export interface CallRow {
  id: CallId
  worker_id: PersonId
  citizen_id: PersonId
  worker_device_id: DeviceId
  citizen_device_id: DeviceId | null
  state: CallState
  revision: number
  generation: number
  outcome: Outcome | null
  end_reason: EndReason | null
  path: Path | null
  created_at: UnixMs
  ringing_at: UnixMs | null
  answered_at: UnixMs | null
  connected_at: UnixMs | null
  /** Since when media has been away, in `reconnecting`. */
  lost_at: UnixMs | null
  /** Since when the worker is signed out, in `connected`. */
  barred_at: UnixMs | null
  ended_at: UnixMs | null
  /** Whether a live call is held to a protected address; 0 of every ended one. */
  is_relayed: 0 | 1
  /** What came of the attempt; null while it lives, and in calls of before this was kept. */
  result: AttemptResult | null
  /** What has become of the notices to devices whose app may be closed. */
  notice: Notice
  /** When a device first said that it shows one. */
  noticed_at: UnixMs | null
  /** The first camera or microphone that could not be used. */
  fault: DeviceFault | null
  /** 1 while a live call has rung with the worker's word that they are alone. */
  is_worker_alone: 0 | 1
  /** What the worker says that the talk replaced; null where they have not. */
  replaced: Replaced | null
  /** The citizen's own worker, in whose place a substitute rang; null where it was their own. */
  on_behalf_of: PersonId | null
}

/** What a side says of a leg; null where it has not. */
export interface LegSideColumns {
  protocol: LegProtocol | null
  rtt_ms: DurationMs | null
  loss_percent: number | null
  jitter_ms: DurationMs | null
  freezes: number | null
  steps: number | null
}

type LegSide<S extends string> = {
  [Column in keyof LegSideColumns as `${S}_${Column}`]: Generated<LegSideColumns[Column]>
}

export interface CallLegRow extends LegSide<'worker'>, LegSide<'citizen'> {
  id: string
  call_id: CallId
  path: Path
  started_at: UnixMs
  ended_at: UnixMs | null
  generation: number | null
  /** How many legs the call had before: each was lost and recovered from. */
  recoveries: number | null
  ended_by: LegEnd | null
}
