/** Why a session description is not relayed. */
export type SdpFault =
  | 'noSha256Fingerprint'
  | 'hasSdesKey'
  | 'tooManyMedia'
  | 'unknownMedia'
  | 'noMedia'
  | 'noAudio'
  | 'noOpus'

const MAX_SECTIONS = { audio: 1, video: 1, application: 1 } as const

/**
 * Checks what the server must be sure of before it relays a description it otherwise treats as opaque:
 * DTLS-SRTP with sha-256 only, at most one audio, one video and one data channel, and sound in Opus.
 *
 * @returns null when the description may pass
 * @see RFC 8827 § 6.5 (DTLS-SRTP, no SDES), RFC 8122 § 5 (fingerprint), RFC 7587 § 7 (Opus
 *   is always 48000 Hz there), criteria S-24 and A-01
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
  return findMediaFault(kinds) ?? (hasOpus(lines) ? null : 'noOpus')
}

/** Sound that ends at 3.4 kHz, as G.711's does, is not enough (EN 301 549 clause 6.1). */
function hasOpus(lines: readonly string[]): boolean {
  const start = lines.findIndex((line) => line.startsWith('m=audio'))
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('m='))
  const section = lines.slice(start, length === -1 ? undefined : start + 1 + length)
  const formats = (section[0] ?? '').split(' ').slice(3)
  return section.some((line) => {
    const [, format = ''] = /^a=rtpmap:(\d+) opus\/48000(\/2)?$/i.exec(line) ?? []
    return formats.includes(format)
  })
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
