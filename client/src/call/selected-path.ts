import type { Path } from '@naervaer/shared'

/**
 * How the media of a connection travels, by the candidates of the pair in use.
 *
 * @returns null while no pair has been selected
 * @see W3C webrtc-stats §§ 8.21, 8.22 and 8.23 for the entries read here
 */
export function findSelectedPath(report: RTCStatsReport): Path | null {
  const entries = new Map<string, Record<string, unknown>>()
  // The DOM types give a report's entries as `any`.
  report.forEach((entry: Record<string, unknown>, id: string) => entries.set(id, entry))
  const pair = findSelectedPair(entries)
  if (pair === undefined) return null
  const types = [pair['localCandidateId'], pair['remoteCandidateId']].map((id) =>
    typeof id === 'string' ? entries.get(id)?.['candidateType'] : undefined,
  )
  if (types.includes('relay')) return 'relay'
  return types.every((type) => type === 'host') ? 'host' : 'srflx'
}

function findSelectedPair(entries: ReadonlyMap<string, Record<string, unknown>>) {
  const all = [...entries.values()]
  const transport = all.find((entry) => entry['type'] === 'transport')
  const id = transport?.['selectedCandidatePairId']
  if (typeof id === 'string') return entries.get(id)
  // Firefox has no transport entry, and marks the pair itself.
  return all.find((entry) => entry['type'] === 'candidate-pair' && entry['selected'] === true)
}
