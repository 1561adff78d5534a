import {
  diagnose,
  listFirstAttempts,
  RETRY_WITHIN_MS,
  type AuditDetails,
  type DurationMs,
  type TechReport,
  type UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Meters } from './meters.ts'
import { makeMetricsRepository, type EndedRow, type Leg, type Span } from './repository.ts'

/** An end is dated when it was due, and may be written a little later. */
const WRITTEN_AFTER_MS: DurationMs = 15_000

/** A window that was offline has said its last word of a leg by now. */
const TOLD_AFTER_MS: DurationMs = 6 * 60_000

const DAY_MS: DurationMs = 24 * 3_600_000

/**
 * Counts what the records say has happened since the last look: the rooms that write them need not know that
 * anybody counts. Begins with the process, as counters do.
 */
export class PastEvents {
  readonly #clock: Clock
  readonly #database: Database
  readonly #meters: Meters
  #lookedAt: UnixMs
  #lastSeq: number | null = null
  #looking: Promise<void> | null = null

  constructor(clock: Clock, database: Database, meters: Meters) {
    this.#clock = clock
    this.#database = database
    this.#meters = meters
    this.#lookedAt = clock.now()
  }

  /** What is in the audit log by now is not counted. */
  async start(): Promise<void> {
    this.#lastSeq = await this.#repository.findLastEvent()
  }

  /** Whoever asks while a look is under way shares it. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null))
    return this.#looking
  }

  async #look(): Promise<void> {
    const span: Span = { from: this.#lookedAt, to: this.#clock.now() }
    // A clock that was set back is waited for.
    if (span.to > span.from) {
      const written = delayed(span, WRITTEN_AFTER_MS)
      const told = delayed(span, TOLD_AFTER_MS)
      const first = written.from - RETRY_WITHIN_MS
      const repository = this.#repository
      // All is read before anything is counted: what failed half-way would be counted again.
      const [calls, legs, acks, reports] = await Promise.all([
        repository.loadEnded({ from: first, to: written.to }, first - DAY_MS),
        repository.loadLegs(told, told.from - DAY_MS),
        repository.loadAcks(written),
        repository.loadReports(span),
      ])
      this.#lookedAt = span.to
      this.#countCalls(calls, written)
      this.#countLegs(legs)
      for (const ms of acks) this.#meters.pushAck.observe(ms / 1_000)
      for (const report of reports) this.#countReport(report)
    }
    await this.#countEvents()
  }

  /** @param rows - those before the span as well, which say what is a first attempt in it */
  #countCalls(rows: readonly EndedRow[], span: Span): void {
    const { calls, setup, firstTries } = this.#meters
    const isNew = ({ ended_at }: EndedRow) => ended_at >= span.from
    for (const row of rows.filter(isNew)) {
      calls.inc({
        outcome: row.outcome ?? 'none',
        reached: row.noticed_at === null ? 'app' : 'notice',
        path: row.path ?? 'none',
      })
      if (row.answered_at === null || row.connected_at === null) continue
      setup.observe(Math.max(0, row.connected_at - row.answered_at) / 1_000)
    }
    const attempts = rows.flatMap((row) =>
      row.result === null
        ? []
        : [
            {
              pair: `${row.worker_id} ${row.citizen_id}`,
              createdAt: row.created_at,
              endedAt: row.ended_at,
              result: row.result,
            },
          ],
    )
    for (const { endedAt, result } of listFirstAttempts(attempts)) {
      if (endedAt >= span.from) firstTries.inc({ result })
    }
  }

  #countLegs(legs: readonly Leg[]): void {
    const { rtt, loss } = this.#meters
    for (const leg of legs) {
      const { path } = leg
      for (const ms of [leg.worker_rtt_ms, leg.citizen_rtt_ms]) {
        if (ms !== null) rtt.observe({ path }, ms / 1_000)
      }
      for (const percent of [leg.worker_loss_percent, leg.citizen_loss_percent]) {
        if (percent !== null) loss.observe({ path }, percent / 100)
      }
    }
  }

  #countReport(report: string): void {
    // Checked against its schema before it was written.
    for (const code of diagnose(JSON.parse(report) as TechReport)) this.#meters.errors.inc({ code })
  }

  /** Page by page, until there is nothing new. */
  async #countEvents(): Promise<void> {
    for (;;) {
      const events = await this.#repository.loadEvents(this.#lastSeq ?? 0)
      for (const { seq, action, details } of events) {
        this.#countEvent(action, JSON.parse(details) as AuditDetails)
        this.#lastSeq = seq
      }
      if (events.length === 0) return
    }
  }

  #countEvent(action: string, details: AuditDetails): void {
    const { pairings, auth } = this.#meters
    const method = String(details['method'] ?? 'none')
    if (action === 'device.paired') pairings.inc({ result: 'paired' })
    if (action === 'pairing.refused') pairings.inc({ result: 'refused' })
    if (action === 'pairing.locked') pairings.inc({ result: 'locked' })
    if (action === 'session.started') auth.inc({ method, result: 'ok' })
    if (action !== 'signIn.refused') return
    // One line may stand for several.
    auth.inc({ method, result: String(details['reason']) }, Number(details['count']))
  }

  get #repository() {
    return makeMetricsRepository(this.#database)
  }
}

/** The same time, so much earlier: each moment is looked at once, when all of it has been written. */
function delayed({ from, to }: Span, byMs: DurationMs): Span {
  return { from: from - byMs, to: to - byMs }
}
