import type { DurationMs } from '@naervaer/shared'

/** What a connection is made of, as simple-peer takes it instead of the page's own. */
export type ConnectionClasses = Pick<
  typeof globalThis,
  'RTCPeerConnection' | 'RTCSessionDescription' | 'RTCIceCandidate'
>

/** A question to a connection that has just ended is still answered; one whose frame is gone never is. */
const LINGER_MS: DurationMs = 1_000

/** What Chromium alone says of itself (User-Agent Client Hints § 4.1); no type of TypeScript's has it. */
interface HintingNavigator {
  readonly userAgentData?: { readonly platform: string }
}

/**
 * An empty document for one connection, which knows the networks as they are now.
 *
 * Chromium tells a document of other networks when they have settled, on desktops 0.5 to 2 s after the
 * change, and a connection made before that tries the old ones. A new document asks at once (decision 14).
 */
export class OwnFrame {
  readonly classes: ConnectionClasses
  readonly #element: HTMLIFrameElement

  constructor(element: HTMLIFrameElement, classes: ConnectionClasses) {
    this.#element = element
    this.classes = classes
  }

  /** Its connection has ended. */
  close(): void {
    setTimeout(() => {
      this.#element.remove()
    }, LINGER_MS)
  }
}

/**
 * Android tells of a network at once, and takes echo out of what the page's own connection plays only.
 * Its larger tablets call themselves Linux, as they do wherever *Desktop site* is on: but they are touched.
 */
function isDesktopChromium(): boolean {
  const { userAgentData, maxTouchPoints } = navigator as HintingNavigator & Navigator
  switch (userAgentData?.platform) {
    case 'Windows':
    case 'macOS':
      return true
    case 'Linux':
      return maxTouchPoints === 0
    default:
      return false
  }
}

/** @returns null where a connection of the page itself is as good or better */
export function openOwnFrame(): OwnFrame | null {
  if (!isDesktopChromium()) return null
  const element = document.createElement('iframe')
  element.hidden = true
  document.body.append(element)
  const inner = element.contentWindow as (Window & ConnectionClasses) | null
  if (inner !== null) return new OwnFrame(element, inner)
  element.remove()
  return null
}
