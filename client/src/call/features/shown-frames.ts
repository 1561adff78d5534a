/** A browser that never says where a frame came from is believed when it shows this many. */
const UNSTAMPED_ENOUGH = 3

/**
 * Counts frames of the other side that were really shown: what is decoded need not be (a rollback froze
 * Chromium's picture while `framesDecoded` rose).
 */
export class ShownFrames {
  #stamped = 0
  #unstamped = 0
  #watchers = 0

  /** @returns null while nobody could see them: no video on the page, a hidden page, a browser that cannot say */
  get count(): number | null {
    if (this.#watchers === 0 || document.visibilityState !== 'visible') return null
    return this.#stamped > 0 || this.#unstamped < UNSTAMPED_ENOUGH ? this.#stamped : this.#unstamped
  }

  /**
   * Frames with an RTP timestamp are the other side's: a track that begins or ends draws a black one
   * without (WICG video-rvfc).
   *
   * @returns ends the counting
   */
  watch(video: HTMLVideoElement): () => void {
    if (!('requestVideoFrameCallback' in video)) return () => undefined
    this.#watchers += 1
    const look: VideoFrameRequestCallback = (_now, { rtpTimestamp }) => {
      if (rtpTimestamp === undefined) this.#unstamped += 1
      else this.#stamped += 1
      handle = video.requestVideoFrameCallback(look)
    }
    let handle = video.requestVideoFrameCallback(look)
    return () => {
      this.#watchers -= 1
      video.cancelVideoFrameCallback(handle)
    }
  }
}
