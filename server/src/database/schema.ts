import type {
  CallId,
  CallState,
  DeviceId,
  EndReason,
  Outcome,
  Path,
  PersonId,
  Role,
  UnixMs,
} from '@naervaer/shared'

/** The tables as the newest migration leaves them. Instants are UTC milliseconds. */
export interface Tables {
  people: { id: PersonId; name: string; is_demo: 0 | 1; created_at: UnixMs }
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
  devices: { id: DeviceId; person_id: PersonId; browser_hash: string; created_at: UnixMs }
  sessions: {
    id: string
    token_hash: string
    person_id: PersonId
    device_id: DeviceId
    created_at: UnixMs
    expires_at: UnixMs
  }
  calls: CallRow
  call_legs: {
    id: string
    call_id: CallId
    path: Path
    started_at: UnixMs
    ended_at: UnixMs | null
  }
  migrations: { name: string; applied_at: UnixMs }
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
