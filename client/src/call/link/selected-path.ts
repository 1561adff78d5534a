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
 * @returns null while no pair has been selected
 * @see W3C webrtc-stats §§ 8.21, 8.22 and 8.23 for the entries read here
 */
export function findSelectedPath(report: RTCStatsReport): Path | null {
  const entries = listEntries(report)
  const pair = findSelectedPair(entries)
  if (pair === undefined) return null
  const types = [pair['localCandidateId'], pair['remoteCandidateId']].map((id) =>
    typeof id === 'string' ? entries.get(id)?.['candidateType'] : undefined,
  )
  if (types.includes('relay')) return 'relay'
  return types.every((type) => type === 'host') ? 'host' : 'srflx'
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
