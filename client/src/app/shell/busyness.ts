import type { DurationMs } from '@naervaer/shared'
import type { AppServices } from '../app-services.ts'

/** Whether this window must not be loaded anew just now, and why. */
export type Reason = () => boolean

/** How long somebody who has touched the page may be reading what the touch has brought. */
const TOUCH_LASTS_MS: DurationMs = 30_000

/** Where a page loaded anew has lost what was begun: a scanned link, a new passkey, half a sign-in. */
const UNDERTAKINGS: readonly string[] = ['/start', '/invitation', '/sign-in']

/** It rings or a conversation runs, or one may still be gone back to. */
export const isInCall =
  ({ calls }: AppServices): Reason =>
  () => {
    const { phase } = calls.snapshot.value
    if (phase !== 'ended') return phase !== 'idle'
    return ['offered', 'waiting'].includes(calls.back.state.value.own)
  }

/** A window that waits for an answer, such as that with a start code, or a field that is being filled. */
function isMidway(): boolean {
  const isSeen = document.visibilityState === 'visible'
  return (isSeen && UNDERTAKINGS.includes(location.pathname)) || hasOpenDialog(document)
}

function hasOpenDialog(root: Document | ShadowRoot): boolean {
  if (root.querySelector('dialog[open]') !== null) return true
  const hosts = [...root.querySelectorAll('*')]
  return hosts.some(({ shadowRoot }) => shadowRoot !== null && hasOpenDialog(shadowRoot))
}

/** Somebody is looking, and has just done something. */
function watchTouches(): Reason {
  let touchedAt = performance.now()
  for (const type of ['pointerdown', 'keydown'])
    addEventListener(type, () => (touchedAt = performance.now()), { capture: true, passive: true })
  return () =>
    document.visibilityState === 'visible' && performance.now() - touchedAt < TOUCH_LASTS_MS
}

/**
 * What a new version waits for (feature N27). An appointment within ten minutes is one more reason, and
 * its place is here once the server tells of appointments.
 */
export function listReasons(services: AppServices): readonly Reason[] {
  return [isInCall(services), isMidway, watchTouches()]
}
