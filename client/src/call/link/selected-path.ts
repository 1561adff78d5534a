import type { Path } from '@naervaer/shared'

/** One entry of a report; the DOM types give it as `any`. */
export type StatsEntry = Readonly<Record<string, unknown>>

/** The entries of a report by their ids. */
export function listEntries(report: RTCStatsReport): ReadonlyMap<string, StatsEntry> {
  const entries = new Map<string, StatsEntry>()
  report.forEach((entry: StatsEntry, id: string) => entries.set(id, entry))
  return entries
}

/**
 * How the media of a connection travels, by the candidates of the pair in use.
 *
 * A peer reflexive candidate of the other side proves nothing: its first check may only have been here
 * before its candidate (RFC 8445 § 7.3.1.3), as it often is where candidates have names instead of addresses.
 * Whether there is a NAT in front of the other side, that side sees at its own candidate, and says itself.
 *
 * @returns null while no pair has been selected
 * @see W3C webrtc-stats §§ 8.21, 8.22 and 8.23 for the entries read here
 */
export function findSelectedPath(report: RTCStatsReport): Path | null {
  const entries = listEntries(report)
  const pair = findSelectedPair(entries)
  if (pair === undefined) return null
  const [local, remote] = [pair['localCandidateId'], pair['remoteCandidateId']].map((id) =>
    typeof id === 'string' ? entries.get(id)?.['candidateType'] : undefined,
  )
  if (local === 'relay' || remote === 'relay') return 'relay'
  return local === 'host' && (remote === 'host' || remote === 'prflx') ? 'host' : 'srflx'
}

/** The pair of candidates in use; undefined while there is none. */
export function findSelectedPair(entries: ReadonlyMap<string, StatsEntry>): StatsEntry | undefined {
  const all = [...entries.values()]
  const transport = all.find((entry) => entry['type'] === 'transport')
  const id = transport?.['selectedCandidatePairId']
  if (typeof id === 'string') return entries.get(id)
  // Firefox has no transport entry, and marks the pair itself.
  return all.find((entry) => entry['type'] === 'candidate-pair' && entry['selected'] === true)
}
