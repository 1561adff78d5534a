import { sql, SqliteAdapter, type CreateTableBuilder, type Kysely, type RawBuilder } from 'kysely'

/** A database before its tables are known, as migrations see it. */
export type AnyDatabase = Kysely<unknown>

/** One step of the schema. A released one is never edited; the next one mends it. */
export interface Migration {
  up(database: AnyDatabase): Promise<void>
  /**
   * Of a step that takes away or tightens something: the earlier step, of the release before at least, whose version no
   * longer uses what goes. A version that does not know that step refuses these records (decision 36).
   */
  readonly needs?: string
}

/** Whether the schema is being made in SQLite, whose ways differ in places. */
export function isSqlite(database: AnyDatabase): boolean {
  return database.getExecutor().adapter instanceof SqliteAdapter
}

/** The column type of an instant: UTC milliseconds, which do not fit PostgreSQL's four-byte integer. */
export function instant(database: AnyDatabase): 'integer' | 'bigint' {
  return isSqlite(database) ? 'integer' : 'bigint'
}

/** SQLite checks column types only in STRICT tables; PostgreSQL always does. */
export function strict<Table extends string, Column extends string>(
  database: AnyDatabase,
  table: CreateTableBuilder<Table, Column>,
): CreateTableBuilder<Table, Column> {
  return isSqlite(database) ? table.modifyEnd(sql`strict`) : table
}

/** `column in ('a', 'b')` for a CHECK constraint; NULL passes, as CHECK has it. */
export function isOneOf(column: string, values: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} in (${sql.join(values.map((value) => sql.lit(value)))})`
}
