import { sql } from 'kysely'
import { isOneOf, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const PROTOCOLS = ['udp', 'tcp', 'tls']
const ENDS = [
  'lost',
  'hangup_citizen',
  'hangup_staff',
  'timeout',
  'network',
  'citizen_busy',
  'citizen_offline',
  'revoked',
]
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

/** What each side met of a leg, in whole numbers. */
const FIGURES = ['rtt_ms', 'loss_percent', 'jitter_ms', 'freezes', 'steps']

/** What each leg was like at either side, how it ended, and what came of each attempt. */
export async function up(database: AnyDatabase): Promise<void> {
  await describeLegs(database)
  await judgeAttempts(database)
}

async function describeLegs(database: AnyDatabase): Promise<void> {
  const addNumber = (name: string) =>
    database.schema
      .alterTable('call_legs')
      .addColumn(name, 'integer', (column) => column.check(sql`${sql.ref(name)} >= 0`))
      .execute()
  const addWord = (name: string, words: readonly string[]) =>
    database.schema
      .alterTable('call_legs')
      .addColumn(name, 'text', (column) => column.check(isOneOf(name, words)))
      .execute()
  await addNumber('generation')
  await addNumber('recoveries')
  await addWord('ended_by', ENDS)
  for (const side of ['worker', 'citizen']) {
    await addWord(`${side}_protocol`, PROTOCOLS)
    for (const figure of FIGURES) await addNumber(`${side}_${figure}`)
  }
}

/** Calls of before stay without: what they met was not kept. */
async function judgeAttempts(database: AnyDatabase): Promise<void> {
  for (const [name, words] of [
    ['fault', FAULTS],
    ['result', RESULTS],
  ] as const) {
    await database.schema
      .alterTable('calls')
      .addColumn(name, 'text', (column) => column.check(isOneOf(name, words)))
      .execute()
  }
}
