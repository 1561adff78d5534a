import type { DurationMs } from '@naervaer/shared'
import { FrameQueue } from './frame-queue.ts'

/** Enough for a face that speaks, and little enough for an old telephone. */
const PICTURES_PER_SECOND = 12

/**
 * What is seen, shown again after a while. The pictures wait in canvases of this page, each for so long
 * and no longer.
 */
export class EchoPicture {
  readonly #video = document.createElement('video')
  readonly #canvas = document.createElement('canvas')
  readonly #stream: MediaStream
  readonly #queue: FrameQueue<HTMLCanvasElement>
  readonly #timer: ReturnType<typeof setInterval>
  #lastTime = 0

  /** @param heard - played here without a sound: Chromium gives a page no sound of a call that nothing plays */
  constructor(seen: MediaStreamTrack, heard: MediaStreamTrack, delayMs: DurationMs) {
    this.#queue = new FrameQueue(delayMs)
    // The browser makes a stream of a canvas only once something can be drawn on it.
    this.#canvas.getContext('2d')
    this.#stream = this.#canvas.captureStream(PICTURES_PER_SECOND)
    this.#video.muted = true
    this.#video.playsInline = true
    this.#video.srcObject = new MediaStream([seen, heard])
    // Ended by `close`, or tried again when the picture comes.
    this.#video.play().catch(() => undefined)
    this.#timer = setInterval(() => {
      this.#tick(performance.now())
    }, 1_000 / PICTURES_PER_SECOND)
  }

  /** What the echo shows. */
  get track(): MediaStreamTrack | null {
    return this.#stream.getVideoTracks()[0] ?? null
  }

  /** Forgets what waits to be shown. */
  clear(): void {
    this.#queue.clear()
    this.#canvas.getContext('2d')?.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
  }

  close(): void {
    clearInterval(this.#timer)
    this.clear()
    this.#video.srcObject = null
    for (const track of this.#stream.getTracks()) track.stop()
  }

  #tick(nowMs: number): void {
    const { currentTime, videoWidth, readyState } = this.#video
    const isNew = currentTime !== this.#lastTime && videoWidth > 0
    if (isNew && readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      this.#lastTime = currentTime
      const frame = this.#queue.takeFree() ?? document.createElement('canvas')
      draw(frame, this.#video, this.#video.videoWidth, this.#video.videoHeight)
      this.#queue.put(frame, nowMs)
    }
    this.#queue.showDue(nowMs, (frame) => {
      draw(this.#canvas, frame, frame.width, frame.height)
    })
  }
}

/** A telephone that is turned changes the size of its picture. */
function draw(
  canvas: HTMLCanvasElement,
  image: CanvasImageSource,
  width: number,
  height: number,
): void {
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
}
