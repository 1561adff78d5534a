import type { FastifyBaseLogger } from 'fastify'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { AuditRow } from '../database/schema.ts'
import type { Cancel, Clock } from '../plugins/clock.ts'
import { makeAuditRepository } from './repository.ts'

/** How long a line waits for others that are written beside it. */
const GATHER_MS: DurationMs = 250

/** How often lines of other processes, such as those of the command line, are looked for. */
const LOOK_MS: DurationMs = 10_000

export interface AuditStreamOptions {
  readonly clock: Clock
  readonly database: Database
  readonly log: FastifyBaseLogger
}

/**
 * Tells each line of the audit log to standard output too, beside the server's own log, for whoever gathers
 * events of many systems (domain-full § 4.4).
 *
 * It follows the log by number, and notes in the records how far it has come. So a line is told only when it
 * stands in the log, whoever wrote it, and none is left out; after a crash the last ones may come twice
 * (decision 35).
 */
export class AuditStream {
  readonly #clock: Clock
  readonly #database: Database
  readonly #log: FastifyBaseLogger
  readonly #lines: Pick<FastifyBaseLogger, 'info'>
  #stopLooking: Cancel = () => undefined
  #stopGathering: Cancel | null = null
  #telling: Promise<void> | null = null
  /** The last line that this process has told, also where the records could not be told of it. */
  #told = 0

  constructor({ clock, database, log }: AuditStreamOptions) {
    this.#clock = clock
    this.#database = database
    this.#log = log
    // Also where the log is set to warnings: what was done does not depend on that.
    this.#lines = log.child({ stream: 'audit' }, { level: 'info', formatters: { log: asItIs } })
  }

  /** Resolves when what was written while nobody listened has been told. */
  start(): Promise<void> {
    this.#stopLooking = this.#clock.every(LOOK_MS, () => void this.tell())
    return this.tell()
  }

  /** Tells what is left. */
  async stop(): Promise<void> {
    this.#stopLooking()
    this.#stopGathering?.()
    await this.#telling
    await this.tell()
  }

  /** A line is being written; it may still be taken back, so it is read when it stands there. */
  note(): void {
    this.#stopGathering ??= this.#clock.at(this.#clock.now() + GATHER_MS, () => {
      this.#stopGathering = null
      void this.tell()
    })
  }

  /** Tells what has been written since. Whoever asks while that is under way shares it. */
  tell(): Promise<void> {
    this.#telling ??= this.#tell().finally(() => (this.#telling = null))
    return this.#telling
  }

  async #tell(): Promise<void> {
    const repository = makeAuditRepository(this.#database)
    try {
      const noted = await repository.loadTold()
      this.#told = Math.max(this.#told, noted)
      let isNoted = this.#told === noted
      for (;;) {
        const rows = await repository.listAfter(this.#told)
        for (const row of rows) {
          this.#lines.info(toLine(row), 'audit')
          this.#told = row.seq
        }
        if (rows.length === 0 && isNoted) return
        await repository.noteTold(this.#told)
        isNoted = true
      }
    } catch (error) {
      // They are told at the next look.
      this.#log.error({ err: error, code: 'AUDIT_STREAM_UNREADABLE' }, 'audit lines not told')
    }
  }
}

/** The server's own log has other fields than these (see `toLine`). */
const asItIs = (line: object) => line

/** What is told of a line, and nothing else: codes, ids and numbers, never a name (criterion S-29). */
const toLine = (row: AuditRow) => ({
  seq: row.seq,
  at: readTime(row.at),
  action: row.action,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorRole: row.actor_role,
  subjectId: row.subject_id,
  details: readDetails(row.details),
  hash: row.hash,
})

// What somebody has changed into nonsense keeps no later line back; `naervaer audit verify` tells of it.

function readTime(at: UnixMs): string | null {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

function readDetails(details: string): unknown {
  try {
    return JSON.parse(details) as unknown
  } catch {
    return null
  }
}
