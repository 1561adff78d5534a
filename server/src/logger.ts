import type { FastifyServerOptions } from 'fastify'
import type { Config } from './config.ts'

/**
 * Every field that may stand in a log line. Anything else is left out, so that no name, token,
 * description, candidate, address or query gets there by accident (criterion S-29).
 */
const ALLOWED = [
  'err',
  'code',
  'part',
  'steps',
  'callId',
  'head',
  'state',
  'outcome',
  'endReason',
  'closeCode',
  'type',
  'reqId',
  'actorRole',
  'method',
  'route',
  'status',
  'durationMs',
] as const

/** Errors by what they are and where they arose; what they carry along stays out. */
function toLoggedError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const code = 'code' in error ? String(error.code) : undefined
  return { type: error.name, message: error.message, code, stack: error.stack ?? '' }
}

/** JSON lines on standard output, one per event, with UTC times. */
export function makeLoggerOptions(config: Config): NonNullable<FastifyServerOptions['logger']> {
  return {
    level: config.logLevel,
    // Where the logs of several municipalities meet, each line says whose it is.
    base: { tenant: new URL(config.publicUrl).hostname },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: toLoggedError },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) =>
        Object.fromEntries(
          ALLOWED.filter((name) => name in fields).map((name) => [name, fields[name]]),
        ),
    },
  }
}
