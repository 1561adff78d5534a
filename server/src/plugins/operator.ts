import { createHash, timingSafeEqual } from 'node:crypto'
import { NaervaerError } from '@naervaer/shared'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** A proxy says so that it has passed something on; then the other end may be anybody. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']

/**
 * Whether somebody may read figures of the operation: with the token where there is one, otherwise from this
 * machine only, and not through a proxy.
 */
export function isOperator(
  { metricsToken }: Pick<Config, 'metricsToken'>,
  { headers, socket }: FastifyRequest,
): boolean {
  if (metricsToken !== null) return isSame(headers.authorization ?? '', `Bearer ${metricsToken}`)
  return (
    LOOPBACK.has(socket.remoteAddress ?? '') &&
    FORWARDED.every((name) => headers[name] === undefined)
  )
}

/** @throws NaervaerError NOT_FOUND for everybody else: for them there is nothing to see */
export function requireOperator(
  config: Pick<Config, 'metricsToken'>,
  request: FastifyRequest,
): void {
  if (!isOperator(config, request)) throw new NaervaerError('NOT_FOUND')
}

/** In the same time whatever was given. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
