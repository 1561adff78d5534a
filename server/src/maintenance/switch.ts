import { existsSync, readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DurationMs, Maintenance, UnixMs } from '@naervaer/shared'

/** So long after it should be over it ends by itself: a forgotten switch keeps no municipality from ringing. */
export const OVERTIME_MS: DurationMs = 4 * 3_600_000

/** How far ahead its end may be said: a time of day that has just gone by would mean tomorrow's. */
export const LONGEST_MS: DurationMs = 12 * 3_600_000

/** So far may the clock be behind that it was written by: what is later still was written by a wrong one. */
const CLOCK_SLACK_MS: DurationMs = 60_000

/** As it is written down. */
export interface Announced {
  readonly since: UnixMs
  readonly until: UnixMs | null
}

/**
 * Whether IT has said that it works on the system.
 *
 * A file in `DATA_DIR`, as the kill switch is: servers and the command line share that folder, it outlives a
 * restart, holds where the database does not, and no restored backup brings it back.
 */
export class MaintenanceSwitch {
  readonly #file: string

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'maintenance')
  }

  /** @returns null where nothing is announced, it has ended by itself, or nobody can read what is written */
  read(now: UnixMs): Announced | null {
    const announced = this.#load()
    if (announced === null || announced.since > now + CLOCK_SLACK_MS) return null
    return now < getEnd(announced) ? announced : null
  }

  async set(announced: Announced | null): Promise<void> {
    if (announced === null) {
      await rm(this.#file, { force: true })
      return
    }
    // Whole or not at all: a server may be reading.
    await writeFile(`${this.#file}.next`, JSON.stringify(announced))
    await rename(`${this.#file}.next`, this.#file)
  }

  #load(): Announced | null {
    // It is looked for every few seconds, and what is not there is told by an error that costs twenty times as much.
    if (!existsSync(this.#file)) return null
    try {
      const value: unknown = JSON.parse(readFileSync(this.#file, 'utf8'))
      return isAnnounced(value) ? value : null
    } catch {
      return null
    }
  }
}

/** When it ends by itself. */
export const getEnd = ({ since, until }: Announced): UnixMs =>
  Math.min(until ?? since, since + LONGEST_MS) + OVERTIME_MS

/** What people are told: a time that has gone by is none. */
export function toView(announced: Announced | null, now: UnixMs): Maintenance {
  if (announced === null) return null
  const { until } = announced
  return { until: until !== null && until > now ? until : null }
}

function isAnnounced(value: unknown): value is Announced {
  if (typeof value !== 'object' || value === null) return false
  const { since, until } = value as Partial<Record<keyof Announced, unknown>>
  return Number.isSafeInteger(since) && (until === null || Number.isSafeInteger(until))
}
