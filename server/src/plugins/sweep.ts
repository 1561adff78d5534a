import type { FastifyInstance } from 'fastify'
import type { DurationMs } from '@naervaer/shared'
import type {} from './clock.ts'

/** What a room does again and again, to forget what is over. */
export interface Sweep {
  readonly everyMs: DurationMs
  /** Completes "… failed" in the log. */
  readonly what: string
  readonly run: () => Promise<unknown>
  /** Whether it waits for another time. */
  readonly isHeld?: () => boolean
}

/** Sweeps until the server closes; a sweep that takes longer than the time between two is waited for. */
export function sweepRegularly(
  app: FastifyInstance,
  { everyMs, what, run, isHeld = () => false }: Sweep,
): void {
  let isSweeping = false
  const stop = app.clock.every(everyMs, () => {
    if (isSweeping || isHeld()) return
    isSweeping = true
    run()
      .catch((error: unknown) => {
        app.log.error({ err: error }, `${what} failed`)
      })
      .finally(() => (isSweeping = false))
  })
  app.addHook('onClose', (_app, done) => {
    stop()
    done()
  })
}
