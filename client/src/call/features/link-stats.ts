import { LEG_PROTOCOLS, type LegProtocol } from '@naervaer/shared'
import { findSelectedPair, listEntries, type StatsEntry } from '../link/selected-path.ts'
import type { LineSample } from './line-quality.ts'

/** What one look at a peer connection tells; null where the browser does not say. Counts are since its beginning. */
export interface LinkStats {
  readonly protocol: LegProtocol
  readonly rttMs: number | null
  readonly availableBps: number | null
  /** Of what was sent, as the other side counts it just now, from 0 to 1; the worse of the two. */
  readonly sentLossShare: number | null
  readonly soundPackets: number
  readonly soundEnergy: number
  readonly receivedPackets: number
  readonly lostPackets: number
  readonly jitterMs: number | null
  readonly freezes: number
  readonly framesPerSecond: number | null
  readonly limitation: LineSample['limitation']
  readonly resolutionChanges: number
}

const LIMITATIONS = ['none', 'bandwidth', 'cpu', 'other'] as const

/**
 * Reads the figures that decisions and the record are made of. Addresses, names and ids stay behind.
 *
 * @returns null while no pair of candidates has been selected
 * @see W3C webrtc-stats § 8 for the entries read here
 */
export function readLinkStats(report: RTCStatsReport): LinkStats | null {
  const entries = listEntries(report)
  const pair = findSelectedPair(entries)
  if (pair === undefined) return null
  const all = [...entries.values()]
  const ofKind = (type: string, kind: string) =>
    all.find((entry) => entry['type'] === type && entry['kind'] === kind)
  const sound = ofKind('inbound-rtp', 'audio')
  const picture = ofKind('inbound-rtp', 'video')
  const sent = ofKind('outbound-rtp', 'video')
  return {
    protocol: findProtocol(entries, pair),
    rttMs: toMs(pair['currentRoundTripTime']),
    availableBps: toNumber(pair['availableOutgoingBitrate']),
    sentLossShare: findSentLoss(all),
    soundPackets: count(sound, 'packetsReceived'),
    soundEnergy: count(sound, 'totalAudioEnergy'),
    receivedPackets: count(sound, 'packetsReceived') + count(picture, 'packetsReceived'),
    lostPackets: count(sound, 'packetsLost') + count(picture, 'packetsLost'),
    jitterMs: toMs(sound?.['jitter']),
    freezes: count(picture, 'freezeCount'),
    framesPerSecond: sent?.['active'] === false ? null : toNumber(sent?.['framesPerSecond']),
    limitation: LIMITATIONS.find((each) => each === sent?.['qualityLimitationReason']) ?? null,
    resolutionChanges: count(sent, 'qualityLimitationResolutionChanges'),
  }
}

/** What leaves the device: a relayed candidate's own protocol is that behind the relay. */
function findProtocol(entries: ReadonlyMap<string, StatsEntry>, pair: StatsEntry): LegProtocol {
  const id = pair['localCandidateId']
  const local = typeof id === 'string' ? entries.get(id) : undefined
  const found = local?.['relayProtocol'] ?? local?.['protocol']
  return LEG_PROTOCOLS.find((each) => each === found) ?? 'udp'
}

function findSentLoss(all: readonly StatsEntry[]): number | null {
  const shares = all
    .filter((entry) => entry['type'] === 'remote-inbound-rtp')
    .map((entry) => toNumber(entry['fractionLost']))
    .filter((share) => share !== null)
  return shares.length === 0 ? null : Math.max(...shares)
}

const toNumber = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** From seconds, as statistics have them. */
function toMs(value: unknown): number | null {
  const seconds = toNumber(value)
  return seconds === null ? null : seconds * 1_000
}

const count = (entry: StatsEntry | undefined, name: string): number => toNumber(entry?.[name]) ?? 0
