import {
  CANDIDATE_TYPES,
  CheckTurnReplySchema,
  type DurationMs,
  type IceServer,
  type Probe,
  type TechReport,
} from '@naervaer/shared'
import { read, send } from '../services/http-request.ts'
import { makeCheck } from '../services/socket/check.ts'

/** Chromium gives up TURN over UDP after 9.5 s; a call would not wait so long. */
const PATIENCE_MS: DurationMs = 8_000

/** RFC 8489 § 9.2.4: the credentials are not taken. */
const UNAUTHORIZED = 401

/** RFC 8656 § 18: no more allocations for now, as where many strangers test (decision 16). */
const QUOTA_REACHED = 486

const isTurnReply = makeCheck(CheckTurnReplySchema)

type Way = 'udp' | 'tcp' | 'tls'
type Relay = TechReport['relay']

const ABSENT: Probe = { state: 'absent', ms: null }
const NOT_TRIED: Probe = { state: 'notTried', ms: null }

/** Credentials for a check, other ones for strangers; null where none are given just now. */
export async function fetchIceServers(isStranger: boolean): Promise<readonly IceServer[] | null> {
  try {
    const path = isStranger ? '/api/test/turn' : '/api/check/turn'
    return (await read(await send('POST', path), isTurnReply)).iceServers
  } catch {
    return null
  }
}

/**
 * Tries every way to TURN for itself, and then one of those that are open, with a message that goes out
 * to TURN and comes back through it.
 */
export async function probeRelay(servers: readonly IceServer[] | null): Promise<Relay> {
  const none = servers === null ? NOT_TRIED : ABSENT
  const ways = listWays(servers ?? [])
  const types = new Set<string>()
  const tried = await Promise.all(
    ways.map(async ([way, server]) => [way, await gather(server, types)] as const),
  )
  const open = ways.find(([way]) =>
    tried.some(([each, { state }]) => each === way && state === 'ok'),
  )
  const found = Object.fromEntries(tried) as Partial<Record<Way, Probe>>
  return {
    udp: found.udp ?? none,
    tcp: found.tcp ?? none,
    tls: found.tls ?? none,
    loop: open === undefined ? NOT_TRIED : await goRound(open[1]),
    candidateTypes: CANDIDATE_TYPES.filter((type) => types.has(type)),
  }
}

/** The first address of each way, alone: what one carries must not hide what the other does not. */
function listWays(servers: readonly IceServer[]): readonly (readonly [Way, IceServer])[] {
  const all = servers.flatMap((server) =>
    server.urls.map((url): [Way, IceServer] => [toWay(url), { ...server, urls: [url] }]),
  )
  return all.filter(([way], index) => all.findIndex(([each]) => each === way) === index)
}

/** RFC 7065 § 3.1: UDP where nothing else is said. */
function toWay(url: string): Way {
  if (url.startsWith('turns:')) return 'tls'
  return url.includes('transport=tcp') ? 'tcp' : 'udp'
}

/** Asks TURN for a relay address over one way. */
function gather(server: IceServer, types: Set<string>): Promise<Probe> {
  const startedAt = performance.now()
  const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' })
  connection.createDataChannel('check')
  return new Promise<Probe>((resolve) => {
    let failure: Probe['state'] = 'failed'
    const fail = () => {
      resolve({ state: failure, ms: null })
    }
    setTimeout(fail, PATIENCE_MS)
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null || candidate.candidate === '') {
        fail()
        return
      }
      if (candidate.type !== null) types.add(candidate.type)
      if (candidate.type === 'relay') {
        resolve({ state: 'ok', ms: Math.round(performance.now() - startedAt) })
      }
    })
    connection.addEventListener('icecandidateerror', ({ errorCode }) => {
      if (errorCode === UNAUTHORIZED) failure = 'refused'
      if (errorCode === QUOTA_REACHED) failure = 'notTried'
    })
    connection.setLocalDescription().catch(fail)
  }).finally(() => {
    connection.close()
  })
}

/** Two connections of this page meet through TURN only, and one message goes there and back. */
function goRound(server: IceServer): Promise<Probe> {
  const make = () => new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' })
  const [near, far] = [make(), make()]
  const startedAt = performance.now()
  return new Promise<Probe>((resolve) => {
    const fail = () => {
      resolve({ state: 'failed', ms: null })
    }
    setTimeout(fail, PATIENCE_MS)
    for (const side of [near, far]) {
      side.addEventListener('icecandidateerror', ({ errorCode }) => {
        if (errorCode === QUOTA_REACHED) resolve(NOT_TRIED)
      })
    }
    passCandidates(near, far)
    passCandidates(far, near)
    far.addEventListener('datachannel', ({ channel }) => {
      channel.addEventListener('message', () => {
        channel.send('back')
      })
    })
    const channel = near.createDataChannel('check')
    channel.addEventListener('open', () => {
      channel.send('there')
    })
    channel.addEventListener('message', () => {
      resolve({ state: 'ok', ms: Math.round(performance.now() - startedAt) })
    })
    describe(near, far).catch(fail)
  }).finally(() => {
    near.close()
    far.close()
  })
}

function passCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // Only while the other is closing can it be refused; then it does not matter.
    if (candidate !== null) to.addIceCandidate(candidate).catch(() => undefined)
  })
}

async function describe(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  const offer = await near.createOffer()
  await far.setRemoteDescription(offer)
  await near.setLocalDescription(offer)
  const answer = await far.createAnswer()
  await near.setRemoteDescription(answer)
  await far.setLocalDescription(answer)
}
