import { sql } from 'kysely'
import { StartError } from '../start-error.ts'
import { STEP_NAMES } from './migrate.ts'
import type { Database } from './open.ts'

/** A step of the records' shape that has been made, as the records tell it. */
export interface MadeStep {
  readonly name: string
  /** The step that a version must know to run on these records; none where this one only added. */
  readonly needs?: string | null
}

/** How the records' shape stands to this version. */
export interface Shape {
  /** This version's own steps that are still to be made. */
  readonly missing: readonly string[]
  /** Steps of a newer version. */
  readonly newer: readonly string[]
  /** Those of the newer ones that took away what this version may still use: it must not run on them. */
  readonly tooNew: readonly string[]
}

/**
 * Judges by the steps that have been made: a newer version only adds, or says with the step what a version must
 * know to go on without what it took away (decision 36).
 */
export function judgeSteps(made: readonly MadeStep[]): Shape {
  const names = new Set(made.map(({ name }) => name))
  const newer = made.filter(({ name }) => !STEP_NAMES.includes(name))
  const isTooNew = ({ needs }: MadeStep) => typeof needs === 'string' && !STEP_NAMES.includes(needs)
  return {
    missing: STEP_NAMES.filter((name) => !names.has(name)),
    newer: newer.map(({ name }) => name),
    tooNew: newer.filter(isTooNew).map(({ name }) => name),
  }
}

/** @returns null where there are no records yet */
export async function loadShape(database: Database): Promise<Shape | null> {
  const { rows: tables } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name = 'migrations'`.execute(database)
  if (tables.length === 0) return null
  // All columns: older records do not have the last one yet.
  const { rows } = await sql<MadeStep>`select * from migrations order by name`.execute(database)
  return rows.length === 0 ? null : judgeSteps(rows)
}

/**
 * Looks before anything is written.
 *
 * @returns the steps of a newer version that this one runs on
 * @throws StartError SCHEMA_TOO_NEW where it must not
 */
export async function refuseTooNew(database: Database): Promise<readonly string[]> {
  const shape = await loadShape(database)
  if (shape === null) return []
  if (shape.tooNew.length === 0) return shape.newer
  throw new StartError(
    `the records are of a newer version of Nærvær, which this one cannot run on (${shape.tooNew.join(', ')}). ` +
      'Start that version or a later one, or restore a backup from before.',
    { code: 'SCHEMA_TOO_NEW' },
  )
}
