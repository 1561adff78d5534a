/** Knows whether what arrives of the other side is also played: a browser may refuse until somebody taps. */
export class Playback {
  readonly #videos = new Set<HTMLVideoElement>()

  /** There is something to be heard, and it stands still; what is silenced on purpose, in a pause, does not count. */
  get isStopped(): boolean {
    return [...this.#videos].some(
      ({ paused, muted, srcObject }) => paused && !muted && srcObject !== null,
    )
  }

  /** @returns ends the watching */
  watch(video: HTMLVideoElement): () => void {
    this.#videos.add(video)
    return () => {
      this.#videos.delete(video)
    }
  }
}
