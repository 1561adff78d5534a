import { sql } from 'kysely'
import { strict, type AnyDatabase } from './dialect.ts'

/**
 * The rates that Skatterådet has set for driving in one's own car, up to 20,000 km a year, in øre. They are what the
 * state pays those with a written driving authorisation, and what municipalities follow by agreement. Read
 * from public summaries of the orders: dlf.org, "Kørselsgodtgørelse" (2024), and tekniq.dk, "Se satserne for
 * skattefrie kørepenge og diæter i 2026" (2025 and 2026). For later years none was known.
 */
const KNOWN = [
  { valid_from: '2024-01-01', ore_per_km: 379 },
  { valid_from: '2025-01-01', ore_per_km: 381 },
  { valid_from: '2026-01-01', ore_per_km: 394 },
]

/** What a kilometre is paid with, from a day on: data, because it changes every year. */
export async function up(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('mileage_rates'))
    .addColumn('valid_from', 'text', (column) =>
      column
        .primaryKey()
        .notNull()
        .check(sql`length(valid_from) = 10`),
    )
    .addColumn('ore_per_km', 'integer', (column) =>
      column.notNull().check(sql`ore_per_km between 10 and 2000`),
    )
    .execute()
  for (const { valid_from, ore_per_km } of KNOWN) {
    await sql`insert into mileage_rates (valid_from, ore_per_km) values (${valid_from}, ${ore_per_km})`.execute(
      database,
    )
  }
}
