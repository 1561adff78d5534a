import type { Appointment, AppointmentKind, UnixMs } from '@naervaer/shared'
import { KEPT_KEY } from './forget-kept.ts'

/** The next appointment in as few words as the page needs. */
export interface KeptAppointment {
  readonly kind: AppointmentKind
  readonly startAt: UnixMs
  readonly endAt: UnixMs
  /** The first name of who rings or comes. */
  readonly worker: string
}

/** All that is kept of people for when the server cannot be reached: whom to expect and whom to ring. */
export interface Kept {
  /** First names of the citizen's own workers. */
  readonly workers: readonly string[]
  /** The municipality's number, as it is written; null where it has given none. */
  readonly dutyPhone: string | null
  /** The next that takes place; null where there is none. */
  readonly next: KeptAppointment | null
}

/** Storage may be refused; then nothing is kept, and nothing is said. */
export function keep(kept: Kept): void {
  try {
    localStorage.setItem(KEPT_KEY, JSON.stringify(kept))
  } catch {
    // As said above.
  }
}

/** @returns null where nothing is kept */
export function readKept(): Kept | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEPT_KEY) ?? 'null')
    return isKept(value) ? { ...value, next: isAppointment(value.next) ? value.next : null } : null
  } catch {
    return null
  }
}

/** What the page may keep of what lies ahead. */
export function toKept(
  appointments: readonly Appointment[],
  nameOf: (name: string) => string,
): KeptAppointment | null {
  const next = appointments.find(({ calledOff, isAway }) => calledOff === null && !isAway)
  if (next === undefined) return null
  const { kind, startAt, endAt, worker } = next
  return { kind, startAt, endAt, worker: nameOf(worker.name) }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  const { workers, dutyPhone } = value as Partial<Record<keyof Kept, unknown>>
  const isNamed = Array.isArray(workers) && workers.every((each) => typeof each === 'string')
  return isNamed && (dutyPhone === null || typeof dutyPhone === 'string')
}

/** An earlier version of the page kept none. */
function isAppointment(value: unknown): value is KeptAppointment {
  if (typeof value !== 'object' || value === null) return false
  const { kind, startAt, endAt, worker } = value as Partial<Record<keyof KeptAppointment, unknown>>
  const isTimed = typeof startAt === 'number' && typeof endAt === 'number'
  return isTimed && typeof worker === 'string' && /^(video|visit|phone)$/.test(String(kind))
}
