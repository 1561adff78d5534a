import { connect } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type {} from '../turn/plugin.ts'
import { TurnClient } from '../turn-client/turn-client.ts'
import { parseTurnUrl } from '../turn-client/wire.ts'
import type {} from './plugin.ts'

const ANSWER_MS: DurationMs = 4_000
/** For one allocation that is given back at once. */
const CREDENTIAL_SECONDS = 60

/**
 * Watches what can only be seen from the network: whether TURN gives places to real credentials, and how long the
 * certificate in front of the server holds. Begun by the process that listens, not by every app that is built.
 */
export function watchNetwork(app: FastifyInstance, config: Config): void {
  const [url] = config.turn.urls
  if (url !== undefined) {
    app.parts.watch('turn', () => canAllocate(app.turn, url), { isSlow: true })
  }
  if (config.isHttps && config.tls === null) {
    app.parts.watch('certificate', () => lookAtCertificate(app, config.publicUrl), { isSlow: true })
  }
  void app.parts.look()
}

/** @throws Error where nobody listens there, or the server refuses */
export async function canAllocate(turn: FastifyInstance['turn'], url: string): Promise<boolean> {
  const place = parseTurnUrl(url)
  const [server] = turn.makeIceServers(turn.makeOpaque(), CREDENTIAL_SECONDS)
  if (place === null || server === undefined) return false
  const { username, credential } = server
  const client = await TurnClient.connect(place, { username, credential }, { timeoutMs: ANSWER_MS })
  try {
    await client.allocate()
    return true
  } finally {
    await client.close()
  }
}

/** The one that the proxy shows. Where it cannot be reached from here nothing is known, and nothing said. */
async function lookAtCertificate(app: FastifyInstance, publicUrl: string): Promise<boolean> {
  app.certificate.endsAt = await readEnd(new URL(publicUrl)).catch(() => null)
  return app.certificate.isGood
}

function readEnd({ hostname, port }: URL): Promise<UnixMs> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host: hostname, port: port === '' ? 443 : Number(port), servername: hostname },
      // Only its end is read, and nothing is sent: one that has ended is what is looked for.
      rejectUnauthorized: false,
      timeout: ANSWER_MS,
    })
    socket.once('secureConnect', () => {
      resolve(Date.parse(socket.getPeerCertificate().valid_to))
      socket.destroy()
    })
    socket.once('timeout', () => socket.destroy(new Error('no answer')))
    socket.once('error', reject)
  })
}
