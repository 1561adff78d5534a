import { sql } from 'kysely'
import { isOneOf, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const FAULTS = [
  'microphoneRefused',
  'microphoneMissing',
  'microphoneInUse',
  'cameraRefused',
  'cameraMissing',
  'cameraInUse',
]
const RESULTS = [
  'worked',
  'deviceAsleep',
  'turnUnreachable',
  'relayMissing',
  'noPath',
  'connectingTooLong',
  'windowGone',
  'dropped',
  ...FAULTS,
  'declined',
  'notAnswered',
  'regretted',
  'busy',
  'revoked',
]

/** One more reason why an attempt was a miss. A check cannot be changed: the column is made anew. */
export async function up(database: AnyDatabase): Promise<void> {
  const calls = () => database.schema.alterTable('calls')
  await calls().renameColumn('result', 'former_result').execute()
  await calls()
    .addColumn('result', 'text', (column) => column.check(isOneOf('result', RESULTS)))
    .execute()
  await sql`update calls set result = former_result`.execute(database)
  await calls().dropColumn('former_result').execute()
}
