import type {
  AppointmentId,
  CallId,
  DeviceId,
  NewsId,
  PersonId,
  ReminderId,
  UnixMs,
} from '@naervaer/shared'
import type { Lead, NewsState, ReminderState } from '@naervaer/shared/reminders'
import type { Day } from '@naervaer/shared/wall'
import type { PushLanguage, PushLevel } from '@naervaer/shared/push'

/** A paired device that is told while its app is closed. */
export interface PushSubscriptionRow {
  device_id: DeviceId
  /** Keyed: the same browser is one row, and a copy of the database tells nobody which. */
  endpoint_hash: string
  /** The push service's address of the device and the keys to seal for it. */
  sealed: string
  level: PushLevel
  language: PushLanguage
  created_at: UnixMs
  /** When its browser last said that it has it. */
  seen_at: UnixMs
  /** When a notice last arrived; null before the first. */
  proven_at: UnixMs | null
  /** Since when it leads nowhere, as the server's key is another; null while it holds. */
  lost_at: UnixMs | null
}

/** A reminder of one time of an appointment. */
export interface ReminderRow {
  id: ReminderId
  appointment_id: AppointmentId
  day: Day
  /** For which time: one that is moved is reminded of anew. */
  start_at: UnixMs
  lead: Lead
  citizen_id: PersonId
  state: ReminderState
  state_at: UnixMs
}

/** What a citizen is told of an appointment that has been moved or called off, also where it is no more. */
export interface AppointmentNewsRow {
  id: NewsId
  citizen_id: PersonId
  /** Where it stands now, as far as it does. */
  appointment_id: AppointmentId
  day: Day
  /** When it was to be, as the citizen knows it; null where they know it as called off. */
  from_at: UnixMs | null
  /** Whether something stands on a screen that is no longer so. */
  replaces: 0 | 1
  /** Under which it is told: what stands on a screen has the same. */
  tag: string
  state: NewsState
  made_at: UnixMs
  due_at: UnixMs
}

/** A notice to one device. Kept for days only, so that a late one is told how its call stands. */
export interface PushNoticeRow {
  id: string
  /** null for a trial, and for what is about an appointment. */
  call_id: CallId | null
  reminder_id: ReminderId | null
  news_id: NewsId | null
  device_id: DeviceId
  token_hash: string
  /** The same for all notices of one call; says nothing of it. */
  tag: string
  state: 'sending' | 'sent' | 'failed'
  created_at: UnixMs
  arrived_at: UnixMs | null
}
