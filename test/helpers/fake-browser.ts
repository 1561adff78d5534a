/** An `AudioContext` that may not sound before somebody has touched the page. */
class FakeAudioContext extends EventTarget {
  state = 'suspended'

  close(): Promise<void> {
    this.state = 'closed'
    return Promise.resolve()
  }

  resume(): Promise<void> {
    return Promise.resolve()
  }
}

class FakeMediaStream {
  readonly #tracks: readonly unknown[]

  constructor(tracks: readonly unknown[] = []) {
    this.#tracks = tracks
  }

  getVideoTracks(): readonly unknown[] {
    return this.#tracks
  }
}

const fakeStorage = (kept: Map<string, string>) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
})

/**
 * What the modules of a call use of the browser besides its devices.
 *
 * @param kept - what is left of the page before this one
 * @returns the window's events
 */
export function installFakeBrowser(kept: { sessionStorage?: Storage } = {}): EventTarget {
  const page = new EventTarget()
  const fakes = {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    AudioContext: FakeAudioContext,
    MediaStream: FakeMediaStream,
    sessionStorage: kept.sessionStorage ?? fakeStorage(new Map<string, string>()),
    localStorage: fakeStorage(new Map<string, string>()),
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  }
  for (const [name, value] of Object.entries(fakes)) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value })
  }
  const ofNavigator = { userActivation: { hasBeenActive: false }, onLine: true }
  for (const [name, value] of Object.entries(ofNavigator)) {
    Object.defineProperty(navigator, name, { configurable: true, writable: true, value })
  }
  return page
}
