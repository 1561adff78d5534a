/**
 * The column whose uniqueness a statement would have broken, such as `calls.worker_id`.
 *
 * @returns null for any other error
 * @see SQLite's result code SQLITE_CONSTRAINT_UNIQUE; its message ends in the column's full name
 */
export function findViolatedColumn(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE') return null
  return /UNIQUE constraint failed: ([\w.]+)/.exec(error.message)?.[1] ?? null
}
