/** Why a session description is not relayed. */
export type SdpFault =
  'noSha256Fingerprint' | 'hasSdesKey' | 'tooManyMedia' | 'unknownMedia' | 'noMedia' | 'noAudio'

const MAX_SECTIONS = { audio: 1, video: 1, application: 1 } as const

/**
 * Checks what the server must be sure of before it relays a description it otherwise treats as opaque:
 * DTLS-SRTP with sha-256 only, and at most one audio, one video and one data channel.
 *
 * @returns null when the description may pass
 * @see RFC 8827 § 6.5 (DTLS-SRTP, no SDES), RFC 8122 § 5 (fingerprint), criterion S-24
 */
export function findSdpFault(sdp: string): SdpFault | null {
  const lines = sdp.split(/\r\n|\n|\r/)
  const kinds = lines
    .filter((line) => line.startsWith('m='))
    .map((line) => line.slice(2).split(' ')[0])
  if (kinds.length === 0) return 'noMedia'
  if (lines.some((line) => /^a=crypto:/i.test(line))) return 'hasSdesKey'
  const prints = lines.filter((line) => /^a=fingerprint:/i.test(line))
  if (prints.length === 0 || !prints.every((line) => /^a=fingerprint:sha-256 /i.test(line))) {
    return 'noSha256Fingerprint'
  }
  return findMediaFault(kinds)
}

function findMediaFault(kinds: readonly (string | undefined)[]): SdpFault | null {
  const counts = { audio: 0, video: 0, application: 0 }
  for (const kind of kinds) {
    if (kind !== 'audio' && kind !== 'video' && kind !== 'application') return 'unknownMedia'
    counts[kind] += 1
    if (counts[kind] > MAX_SECTIONS[kind]) return 'tooManyMedia'
  }
  return counts.audio === 1 ? null : 'noAudio'
}
