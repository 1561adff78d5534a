import type { FastifyRequest } from 'fastify'
import { NaervaerError } from '@naervaer/shared'
import type { Session } from '../accounts/session.ts'
import type {} from '../accounts/plugin.ts'

/** The session that the guard of a route has found; @throws NaervaerError where the route has no guard */
export function getSession({ session }: FastifyRequest): Session {
  if (session === null) throw new NaervaerError('SESSION_MISSING')
  return session
}
