const SHA_256 = 'sha-256'

/** RFC 8122, and no other hash: a browser that uses another shows us no digits. */
const PRINT_LINE = /^a=fingerprint:sha-256 ([0-9a-f]{2}(?::[0-9a-f]{2}){31})\r?$/i

/** SHA-256 over the certificates of the two ends of a peer connection (RFC 8122), in lower-case hex. */
export interface Fingerprints {
  readonly own: string
  readonly remote: string
  /** What the certificates say is also what the descriptions say that went through the server. */
  readonly isAsDescribed: boolean
}

/**
 * Reads them from the certificates that the connection really uses, not from what was said of them on
 * the way; from the descriptions only where a browser does not show certificates.
 *
 * @param certificate - the own one, where the connection was given it
 */
export async function readFingerprints(
  connection: Pick<RTCPeerConnection, 'localDescription' | 'remoteDescription' | 'sctp'>,
  certificate: RTCCertificate | null,
): Promise<Fingerprints | null> {
  const described = {
    own: findDescribed(connection.localDescription?.sdp),
    remote: findDescribed(connection.remoteDescription?.sdp),
  }
  const own = readOwn(certificate) ?? described.own
  const remote = (await readRemote(connection.sctp?.transport)) ?? described.remote
  if (own === null || remote === null) return null
  const isAsDescribed = own === described.own && remote === described.remote
  return { own, remote, isAsDescribed }
}

/** Some browsers make certificates and cannot say their fingerprint, whatever the type says. */
function readOwn(certificate: RTCCertificate | null): string | null {
  const prints = (certificate as Partial<RTCCertificate> | null)?.getFingerprints?.() ?? []
  const value = prints.find(({ algorithm }) => algorithm === SHA_256)?.value
  return value === undefined ? null : toHex(value)
}

/** One transport carries everything, since all of a link is bundled. */
async function readRemote(
  transport: Partial<RTCDtlsTransport> | undefined,
): Promise<string | null> {
  const [certificate] = transport?.getRemoteCertificates?.() ?? []
  if (certificate === undefined) return null
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', certificate))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * @returns null where there is none, where the parts of a description disagree, and where one of them is
 *   not as it must be: a browser may read of it what we do not
 */
function findDescribed(sdp: string | undefined): string | null {
  const lines = (sdp ?? '').split('\n').filter((line) => /^\s*a\s*=\s*fingerprint/i.test(line))
  const prints = new Set(lines.map((line) => PRINT_LINE.exec(line)?.[1]?.toUpperCase()))
  const value = prints.size === 1 ? [...prints][0] : undefined
  return value === undefined ? null : toHex(value)
}

const toHex = (value: string): string => value.replaceAll(':', '').toLowerCase()
