import { KEPT_KEY } from './forget-kept.ts'

/** All that is kept of people for when the server cannot be reached: whom to expect and whom to ring. */
export interface Kept {
  /** First names of the citizen's own workers. */
  readonly workers: readonly string[]
  /** The municipality's number, as it is written; null where it has given none. */
  readonly dutyPhone: string | null
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
    return isKept(value) ? value : null
  } catch {
    return null
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  const { workers, dutyPhone } = value as Partial<Record<keyof Kept, unknown>>
  const isNamed = Array.isArray(workers) && workers.every((each) => typeof each === 'string')
  return isNamed && (dutyPhone === null || typeof dutyPhone === 'string')
}
