import type { DurationMs } from '@naervaer/shared'
import type { AppServices } from '../app-services.ts'
import { isAppointmentNear } from './near-appointment.ts'

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

/** What would be lost with the page: a window that waits for an answer, or words not sent yet. */
function isMidway(): boolean {
  const isSeen = document.visibilityState === 'visible'
  return (isSeen && UNDERTAKINGS.includes(location.pathname)) || hasHalfDone(document)
}

function hasHalfDone(root: Document | ShadowRoot): boolean {
  if (root.querySelector('dialog[open]') !== null) return true
  return [...root.querySelectorAll('*')].some((element) => {
    if (isField(element) && element.value !== element.defaultValue) return true
    return element.shadowRoot !== null && hasHalfDone(element.shadowRoot)
  })
}

const isField = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  element.matches('textarea, input:not([type=radio], [type=checkbox])')

/** Somebody is looking, and has just done something. */
function watchTouches(): Reason {
  let touchedAt = performance.now()
  for (const type of ['pointerdown', 'keydown'])
    addEventListener(type, () => (touchedAt = performance.now()), { capture: true, passive: true })
  return () =>
    document.visibilityState === 'visible' && performance.now() - touchedAt < TOUCH_LASTS_MS
}

/** What a new version waits for (feature N27). */
export function listReasons(services: AppServices): readonly Reason[] {
  return [isInCall(services), isAppointmentNear(services), isMidway, watchTouches()]
}
