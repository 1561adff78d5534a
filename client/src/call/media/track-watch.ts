import type { DurationMs } from '@naervaer/shared'

/**
 * The system may take a track away for a moment, and gives it back by itself: what lasts shorter is not
 * worth a word, and nothing to act upon.
 */
const GRACE_MS: DurationMs = 1_000

/** After the page is back the system gives the devices back, most often by itself. */
const SETTLE_MS: DurationMs = 500

const PAGE_EVENTS = ['pageshow', 'focus'] as const

export interface TrackWatchListener {
  /** The system sends nothing from this track any more, though it is not over. */
  onMuted(track: MediaStreamTrack): void
  onUnmuted(track: MediaStreamTrack): void
  /** Unplugged, or taken away by the system; not by our own `stop`. */
  onEnded(track: MediaStreamTrack): void
  /** The page is looked at again: what has not come back by now is to be fetched. */
  onReturn(): void
}

/**
 * Notices when the system takes camera or microphone away, as for an ordinary telephone call, and when
 * there may be a chance to get them back. iOS tells of a return in different ways, and not always in
 * the same one (WebKit; kentcdodds/kody-video#97).
 */
export class TrackWatch {
  readonly #listener: TrackWatchListener
  readonly #tracks = new Map<MediaStreamTrack, AbortController>()
  readonly #page = new AbortController()
  #settleTimer: ReturnType<typeof setTimeout> | undefined

  constructor(listener: TrackWatchListener) {
    this.#listener = listener
    const { signal } = this.#page
    document.addEventListener('visibilitychange', this.#onPage, { signal })
    for (const type of PAGE_EVENTS) addEventListener(type, this.#onPage, { signal })
  }

  add(track: MediaStreamTrack): void {
    const over = new AbortController()
    const { signal } = over
    let timer: ReturnType<typeof setTimeout> | undefined
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
    })
    const onMute = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        this.#listener.onMuted(track)
      }, GRACE_MS)
    }
    track.addEventListener('mute', onMute, { signal })
    track.addEventListener(
      'unmute',
      () => {
        clearTimeout(timer)
        this.#listener.onUnmuted(track)
      },
      { signal },
    )
    track.addEventListener(
      'ended',
      () => {
        this.remove(track)
        this.#listener.onEnded(track)
      },
      { signal },
    )
    this.#tracks.set(track, over)
    if (track.muted) onMute()
  }

  remove(track: MediaStreamTrack): void {
    this.#tracks.get(track)?.abort()
    this.#tracks.delete(track)
  }

  close(): void {
    clearTimeout(this.#settleTimer)
    this.#page.abort()
    for (const track of [...this.#tracks.keys()]) this.remove(track)
  }

  readonly #onPage = (): void => {
    if (document.visibilityState !== 'visible') return
    clearTimeout(this.#settleTimer)
    this.#settleTimer = setTimeout(() => {
      this.#listener.onReturn()
    }, SETTLE_MS)
  }
}
