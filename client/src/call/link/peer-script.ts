import address from 'simple-peer/simplepeer.min.js?url'
import { importAt } from './import-at.ts'
import { PeerLink, type MakeLink, type PeerClass } from './peer-link.ts'

/**
 * Fetches simple-peer's own bundle, a third of all script, which is made for a script element: as a module
 * it leaves its class with the window. Only its address is part of ours.
 */
export async function fetchPeer(attempt: number): Promise<MakeLink> {
  await importAt(address, attempt)
  const found: unknown = Reflect.get(globalThis, 'SimplePeer')
  if (typeof found !== 'function') throw new Error('simple-peer is not where it leaves its class')
  return (options, listener) => new PeerLink(found as PeerClass, options, listener)
}
