import { isIP } from 'node:net'
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
 * certificates in front of the server and of TURN hold. Begun by the process that listens, not by every app that is built.
 */
export function watchNetwork(app: FastifyInstance, config: Config): void {
  const [url] = config.turn.urls
  if (url !== undefined) {
    app.parts.watch('turn', () => canAllocate(app.turn, url), { isSlow: true })
  }
  const page = config.isHttps && config.tls === null ? placeOf(new URL(config.publicUrl)) : null
  const turn = config.turn.urls.map(parseTurnUrl).find((place) => place?.kind === 'tls') ?? null
  if (page !== null || turn !== null) {
    app.parts.watch('certificate', () => lookAtCertificates(app, { page, turn }), { isSlow: true })
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

interface Place {
  readonly host: string
  readonly port: number
}

const placeOf = ({ hostname, port }: URL): Place => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: port === '' ? 443 : Number(port),
})

/**
 * The one that the proxy shows, and coturn's. Where one cannot be reached from here nothing is known of it, and
 * nothing said: that coturn serves nobody is another part.
 */
async function lookAtCertificates(
  { certificate }: FastifyInstance,
  { page, turn }: { readonly page: Place | null; readonly turn: Place | null },
): Promise<boolean> {
  if (page !== null) certificate.endsAt = await readEnd(page).catch(() => null)
  if (turn !== null) certificate.turnEndsAt = await readEnd(turn).catch(() => null)
  return certificate.isGood
}

function readEnd({ host, port }: Place): Promise<UnixMs> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host, port },
      // No name is sent to an address (RFC 6066 § 3).
      ...(isIP(host) === 0 ? { servername: host } : {}),
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
