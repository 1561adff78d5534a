/**
 * Why a WebSocket was closed. 4000–4499 invite the client back by itself, those that say that it did
 * too much after a delay; 4500–4999 do not, until the person acts. 1012 is a restart: back at once,
 * with jitter.
 */
export const CLOSE_CODES = {
  SERVICE_RESTART: 1012,
  SLOW_CONSUMER: 4000,
  RATE_LIMITED: 4001,
  HEARTBEAT_LOST: 4002,
  PROOF_DUE: 4003,
  SESSION_ENDED: 4501,
  FRAMES_REFUSED: 4502,
  TOO_MANY_CONNECTIONS: 4503,
} as const

/** What the client does when its socket has closed with `code` (RFC 6455 § 7.4). */
export type AfterClose = 'reconnectSoon' | 'reconnectLater' | 'stay'

/** Nothing is wrong: a page has slept, or the device only has to prove itself again. */
const COME_BACK_SOON: readonly number[] = [CLOSE_CODES.HEARTBEAT_LOST, CLOSE_CODES.PROOF_DUE]

/** @param code - the close event's code; 1006 when there was no close frame */
export function getAfterClose(code: number): AfterClose {
  if (code >= 4500 && code <= 4999) return 'stay'
  if (COME_BACK_SOON.includes(code)) return 'reconnectSoon'
  if (code >= 4000 && code <= 4499) return 'reconnectLater'
  return 'reconnectSoon'
}
