import type {
  CallId,
  CallState,
  DeviceId,
  DeviceKind,
  DurationMs,
  EndReason,
  Outcome,
  Path,
  PersonId,
  Role,
  SignInMethod,
  TeamId,
  UnixMs,
} from '@naervaer/shared'

/** The tables as the newest migration leaves them. Instants are UTC milliseconds. */
export interface Tables {
  people: {
    id: PersonId
    name: string
    is_demo: 0 | 1
    created_at: UnixMs
    /** Since when the account is closed; null while it is open. */
    disabled_at: UnixMs | null
  }
  person_roles: { person_id: PersonId; role: Role }
  assignments: {
    id: string
    worker_id: PersonId
    citizen_id: PersonId
    kind: 'primary' | 'substitute'
    from_at: UnixMs
    /** null while it lasts. */
    to_at: UnixMs | null
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
    method: SignInMethod
    device_kind: DeviceKind
    used_at: UnixMs
    /** How long it may lie unused; null for ever. */
    idle_limit_ms: DurationMs | null
    /** Whether its token must be replaced at the next request. */
    is_rotation_due: 0 | 1
    former_token_hash: string | null
    /** Until when the token before this one is still taken. */
    former_until_at: UnixMs | null
  }
  calls: CallRow
  call_legs: {
    id: string
    call_id: CallId
    path: Path
    started_at: UnixMs
    ended_at: UnixMs | null
  }
  audit_events: AuditRow
  audit_head: { id: 1; seq: number; sealed: string }
  migrations: { name: string; applied_at: UnixMs }
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
  ended_at: UnixMs | null
}
