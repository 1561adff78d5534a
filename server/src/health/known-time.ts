import fp from 'fastify-plugin'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'

/** Longer than any of a municipality's servers is off. */
export const DOUBT_MS: DurationMs = 31 * 24 * 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    knownTime: KnownTime
  }
}

/**
 * What is known of the time without the wall clock: the last heartbeat before the start, and what has passed since.
 * A clock that is years ahead would take everything for old, so what people miss is not removed by it.
 */
export class KnownTime {
  readonly #clock: Pick<Clock, 'now' | 'counted'>
  readonly #apartMs: DurationMs

  /** @param heartbeatAt - null where there has been none: a new server has nothing to remove */
  constructor(clock: Pick<Clock, 'now' | 'counted'>, heartbeatAt: UnixMs | null) {
    this.#clock = clock
    this.#apartMs = (heartbeatAt ?? clock.now()) - clock.counted()
  }

  /** Whether the clock is further ahead than a server is ever off. */
  get isDoubted(): boolean {
    return this.#clock.now() - this.#believed > DOUBT_MS
  }

  /** Tells the next start what the time is, and not what a doubted clock says. */
  async note(database: Database): Promise<void> {
    const { isDoubted } = this
    const at = isDoubted ? this.#believed : this.#clock.now()
    await database
      .insertInto('heartbeat')
      .values({ id: 1, at })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          // Whoever has looked at the clock and believes it may have said so meanwhile.
          at: isDoubted ? (row) => row.fn<UnixMs>('max', ['heartbeat.at', row.val(at)]) : at,
        }),
      )
      .execute()
  }

  get #believed(): UnixMs {
    return this.#clock.counted() + this.#apartMs
  }
}

/** Owns the time that is known. */
export const knownTimePlugin = fp(
  async (app) => {
    const { clock, database } = app
    const heartbeat = await database.selectFrom('heartbeat').select('at').executeTakeFirst()
    app.decorate('knownTime', new KnownTime(clock, heartbeat?.at ?? null))
  },
  { name: 'knownTime', dependencies: ['clock', 'database'] },
)

/** Said by somebody who has looked at the clock: it is right. */
export async function believeClock(database: Database, now: UnixMs): Promise<void> {
  await database
    .insertInto('heartbeat')
    .values({ id: 1, at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: now }))
    .execute()
}
