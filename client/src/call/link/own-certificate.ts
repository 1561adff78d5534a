/** One for all peer connections of a call, ready before the first needs it; null: the browser makes its own. */
export async function makeCertificate(): Promise<RTCCertificate | null> {
  const kind: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' }
  try {
    return await RTCPeerConnection.generateCertificate(kind)
  } catch {
    return null
  }
}
