import address from 'simple-peer/simplepeer.min.js?url'
import type { PeerClass } from './peer-link.ts'

/** A phone that is busy drawing is not asked; one that never rests is asked all the same. */
const IDLE_LIMIT_MS = 3_000

/**
 * Fetches simple-peer's own bundle, which is made for a script element: as a module it leaves its class
 * with the window. Only its address is part of ours, so that each attempt can have another one.
 */
export async function fetchPeer(attempt: number): Promise<PeerClass> {
  const again = attempt === 0 ? '' : `?again=${attempt}`
  await import(/* @vite-ignore */ `${address}${again}`)
  const found: unknown = Reflect.get(globalThis, 'SimplePeer')
  if (typeof found !== 'function') throw new Error('simple-peer is not where it leaves its class')
  return found as PeerClass
}

/** Runs when the browser has nothing better to do; Safari has no word for that, and waits a moment. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: IDLE_LIMIT_MS })
  else setTimeout(run, 1_000)
}
