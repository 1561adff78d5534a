const SHA_256 = 'sha-256'

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

/** @returns null where there is none, and where the parts of a description disagree */
function findDescribed(sdp: string | undefined): string | null {
  const found = [...(sdp ?? '').matchAll(/^a=fingerprint:(\S+) (\S+)\r?$/gim)]
  const prints = new Set(found.map(([, algorithm = '', value = '']) => `${algorithm} ${value}`))
  const [algorithm, value] = prints.size === 1 ? ([...prints][0] ?? '').split(' ') : []
  return algorithm === SHA_256 && value !== undefined ? toHex(value) : null
}

const toHex = (value: string): string => value.replaceAll(':', '').toLowerCase()
