import { performance } from 'node:perf_hooks'
import fp from 'fastify-plugin'
import type { DurationMs, UnixMs } from '@naervaer/shared'

/** Stops a timer; harmless once it has run. */
export type Cancel = () => void

/** Time and timers, so that tests can move both. */
export interface Clock {
  now(): UnixMs
  /** Time that passes, which nobody can set: for what has gone by, never for when. */
  counted(): DurationMs
  /** Runs once: at `instant`, or soon when that has passed, but never before. */
  at(instant: UnixMs, run: () => void): Cancel
  every(intervalMs: DurationMs, run: () => void): Cancel
}

/** `setTimeout` takes at most a signed 32-bit number of milliseconds. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  counted: () => performance.now(),
  at(instant, run) {
    let timer: NodeJS.Timeout
    const arm = () => {
      const delayMs = Math.min(Math.max(0, instant - Date.now()), LONGEST_TIMEOUT_MS)
      timer = setTimeout(fire, delayMs)
    }
    // Timers count time that passes, not the clock: when that was set back, there is some left.
    const fire = () => (Date.now() < instant ? arm() : run())
    arm()
    return () => clearTimeout(timer)
  },
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs)
    return () => clearInterval(timer)
  },
}

declare module 'fastify' {
  interface FastifyInstance {
    clock: Clock
  }
}

/** Gives every room the one clock. Owns nothing; whoever starts a timer stops it. */
export const clockPlugin = fp<{ clock: Clock }>(
  async (app, { clock }) => {
    app.decorate('clock', clock)
  },
  { name: 'clock' },
)
