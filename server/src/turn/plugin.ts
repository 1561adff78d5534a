import { randomBytes } from 'node:crypto'
import fp from 'fastify-plugin'
import type { IceServer, MediaPolicy } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { makeTurnCredential } from './credentials.ts'

export interface Turn {
  readonly policy: MediaPolicy
  /** Whether the municipality runs a TURN server. */
  readonly isThere: boolean
  /** A random name for one side of one call, under which TURN counts its allocations. */
  makeOpaque(): string
  /**
   * Fresh credentials; none where the municipality runs no TURN server.
   *
   * @param seconds - how long they hold, where it is not as long as for calls
   */
  makeIceServers(opaque: string, seconds?: number): IceServer[]
}

declare module 'fastify' {
  interface FastifyInstance {
    turn: Turn
  }
}

/**
 * Short-lived credentials for coturn. Who may have them is decided by `calls`.
 *
 * Owns nothing. Asks for the clock.
 */
export const turnPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { urls, secret, lifetimeSeconds, policy } = config.turn
    app.decorate('turn', {
      policy,
      isThere: secret !== null,
      makeOpaque: () => randomBytes(16).toString('base64url'),
      makeIceServers(opaque, seconds = lifetimeSeconds) {
        if (secret === null) return []
        const now = app.clock.now()
        return [{ urls, ...makeTurnCredential(secret, opaque, seconds, now) }]
      },
    })
  },
  { name: 'turn', dependencies: ['clock'] },
)
