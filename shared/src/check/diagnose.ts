import type { CheckCode } from './code.ts'
import type { DeviceResult, TechReport } from './report.ts'

/** From how far off on a device's clock is wrong: reminders and "I dag kl. …" would be, too. */
export const CLOCK_SKEW_LIMIT_S = 120

/** So long before its end a certificate should have been renewed. */
export const CERTIFICATE_DAYS_LIMIT = 3

/** Says what a report shows to be wrong, the likeliest cause first: what comes before explains what follows. */
export function diagnose(report: TechReport): CheckCode[] {
  const { device, camera, microphone } = report
  // Without a browser that can do it nothing else has been tried.
  if (device.missing.length > 0) return ['V1']
  return [
    ...diagnoseLine(report),
    ...diagnoseDevice(camera.result, ['K1', 'K2', 'K3']),
    ...diagnoseDevice(microphone.result, ['M1', 'M2', 'M3']),
    ...(microphone.result === 'unconfirmed' ? (['M2'] as const) : []),
    ...diagnoseRelay(report),
    ...diagnoseClock(report),
    ...diagnoseNotices(report),
  ]
}

/** What is wrong with the way to the server; without one, more cannot be known. */
function diagnoseLine({ line }: TechReport): CheckCode[] {
  const { http, socket, isOnline } = line
  if (http.state === 'refused') return ['S1']
  if (http.state === 'failed' || http.state === 'strange') return ['N1']
  if (http.state === 'notTried' && !isOnline) return ['N1']
  return socket.state === 'failed' ? ['N4'] : []
}

function diagnoseDevice(
  result: DeviceResult,
  [refused, inUse, missing]: readonly [CheckCode, CheckCode, CheckCode],
): CheckCode[] {
  if (result === 'refused') return [refused]
  if (result === 'inUse') return [inUse]
  return result === 'missing' ? [missing] : []
}

/** Whether TURN itself is at fault: it answers and refuses, or takes a connection and carries nothing. */
export function isRelayAtFault({ relay }: TechReport): boolean {
  const ways = [relay.udp, relay.tcp, relay.tls]
  const isOpen = ways.some(({ state }) => state === 'ok')
  return isOpen ? relay.loop.state === 'failed' : ways.some(({ state }) => state === 'refused')
}

function diagnoseRelay(report: TechReport): CheckCode[] {
  const { udp, tcp, tls } = report.relay
  const tried = [udp, tcp, tls].filter(({ state }) => state !== 'notTried' && state !== 'absent')
  if (tried.length === 0) return []
  const isOpen = tried.some(({ state }) => state === 'ok')
  if (!isOpen || isRelayAtFault(report)) return ['N3']
  return udp.state === 'failed' ? ['N2'] : []
}

function diagnoseClock({ line }: TechReport): CheckCode[] {
  const { clockSkewS, certificateDays } = line
  const isWrong = clockSkewS !== null && Math.abs(clockSkewS) >= CLOCK_SKEW_LIMIT_S
  const isEnding = certificateDays !== null && certificateDays < CERTIFICATE_DAYS_LIMIT
  return [...(isWrong ? (['U1'] as const) : []), ...(isEnding ? (['S2'] as const) : [])]
}

function diagnoseNotices({ permissions, push }: TechReport): CheckCode[] {
  if (permissions.notifications === 'denied') return ['B1']
  const { state } = push.trial
  return state === 'failed' || state === 'refused' ? ['B2'] : []
}
