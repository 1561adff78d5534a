import {
  CHECK_SOCKET_PATH,
  CheckReplySchema,
  SUBPROTOCOL,
  type DurationMs,
  type Probe,
  type TechReport,
} from '@naervaer/shared'
import { makeCheck } from '../services/socket/check.ts'

const PATIENCE_MS: DurationMs = 8_000
const DAY_MS: DurationMs = 24 * 3_600_000
const ECHO = 'naervaer'

const isReply = makeCheck(CheckReplySchema)

type Line = Pick<TechReport['line'], 'http' | 'clockSkewS' | 'certificateDays' | 'isProxySeen'>

const round = (ms: number): DurationMs => Math.min(60_000, Math.round(ms))

/** Asks the server for its time: whether it is reached, how fast, and whose clock is wrong. */
export async function probeHttp(): Promise<Line> {
  const unknown = { clockSkewS: null, certificateDays: null, isProxySeen: null }
  const end = (state: Probe['state']): Line => ({ http: { state, ms: null }, ...unknown })
  if (!navigator.onLine) return end('failed')
  const startedAt = performance.now()
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const response = await fetch('/api/check', { cache: 'no-store', signal })
    const ms = performance.now() - startedAt
    // Far from our own server's words: a wi-fi that wants a sign-in answers for every address.
    if (response.status >= 500) return end('refused')
    const body: unknown = await response.json().catch(() => null)
    if (!isReply(body)) return end('strange')
    const deviceTime = Date.now() - ms / 2
    const { serverTime, certificateEndsAt, isProxied } = body
    const leftMs = certificateEndsAt === null ? null : certificateEndsAt - serverTime
    return {
      http: { state: 'ok', ms: round(ms) },
      clockSkewS: Math.round((deviceTime - serverTime) / 1_000),
      certificateDays: leftMs === null ? null : Math.floor(leftMs / DAY_MS),
      isProxySeen: isProxied || response.headers.has('via'),
    }
  } catch {
    return end('failed')
  }
}

/** Whether WebSockets come through, and how long a message takes there and back. */
export function probeSocket(): Promise<Pick<TechReport['line'], 'socket' | 'socketCloseCode'>> {
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${location.origin.replace(/^http/, 'ws')}${CHECK_SOCKET_PATH}`,
      SUBPROTOCOL,
    )
    let sentAt = 0
    const end = (state: Probe['state'], ms: DurationMs | null, code: number | null) => {
      clearTimeout(timer)
      resolve({ socket: { state, ms }, socketCloseCode: code })
      socket.close()
    }
    const timer = setTimeout(() => {
      end('failed', null, null)
    }, PATIENCE_MS)
    socket.addEventListener('open', () => {
      sentAt = performance.now()
      socket.send(ECHO)
    })
    socket.addEventListener('message', ({ data }) => {
      const isOurs = data === ECHO
      end(isOurs ? 'ok' : 'strange', isOurs ? round(performance.now() - sentAt) : null, null)
    })
    socket.addEventListener('close', ({ code }) => {
      end('failed', null, code)
    })
  })
}
