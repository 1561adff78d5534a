import type SqliteFile from 'better-sqlite3'
import * as Type from 'typebox'
import type { MadeStep } from '../database/steps.ts'

/** The first line in a backup, before the records themselves. It is encrypted with them. */
export const ManifestSchema = Type.Object({
  format: Type.Literal(1),
  createdAt: Type.Integer({ minimum: 0 }),
  appVersion: Type.String(),
  /** The last step of the records' shape. */
  schema: Type.String(),
  /** Of the records, uncompressed. */
  sizeBytes: Type.Integer({ minimum: 1 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  rows: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  /** The last line of the audit log with its seal; null while the log is empty. */
  auditHead: Type.Union([Type.String(), Type.Null()]),
})

export type Manifest = Type.Static<typeof ManifestSchema>

/** How many rows each table has. */
export function countRows(file: SqliteFile.Database): Record<string, number> {
  const tables = file
    .prepare(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`,
    )
    .pluck()
    .all() as string[]
  return Object.fromEntries(
    tables.map((name) => [
      name,
      // The name comes from the schema itself.
      file.prepare(`select count(*) from "${name}"`).pluck().get() as number,
    ]),
  )
}

/** The steps of the records' shape that have been made, the first one first. */
export function listSteps(file: SqliteFile.Database): string[] {
  return file.prepare('select name from migrations order by name').pluck().all() as string[]
}

/** The same with what each of them asks of a version that does not know it. */
export function listMadeSteps(file: SqliteFile.Database): MadeStep[] {
  // All columns: older records do not have the last one yet.
  return file.prepare('select * from migrations order by name').all() as MadeStep[]
}

/** What SQLite finds wrong with a file, foreign keys included; null where that is nothing. */
export function findFlaw(file: SqliteFile.Database): string | null {
  const [first] = file.prepare('pragma integrity_check(1)').pluck().all() as string[]
  if (first !== 'ok') return first ?? 'no answer'
  const [orphan] = file.prepare('pragma foreign_key_check').all() as { table: string }[]
  return orphan === undefined ? null : `a row of ${orphan.table} points at nothing`
}
