import type { DurationMs } from '@naervaer/shared'
import { EchoGate } from './echo-gate.ts'

const INTERVAL_MS: DurationMs = 50

/** A word is held back so long that its beginning is still there when the gate has heard it. */
const AHEAD_S = 0.15

/** From open to closed without a click. */
const FADE_S = 0.01

/** Never louder than what was said. */
const ECHO_GAIN = 0.8

/** What is heard, said again after a while. Kept in the memory of the browser's sound, for so long and no longer. */
export class EchoSound {
  readonly #context: AudioContext
  readonly #output: MediaStreamAudioDestinationNode
  readonly #source: MediaStreamAudioSourceNode
  readonly #before: AnalyserNode
  readonly #after: AnalyserNode
  readonly #ear: GainNode
  readonly #gate = new EchoGate()
  readonly #timer: ReturnType<typeof setInterval>

  /** @param context - made in a tap, or some browsers leave it silent; ends with the echo */
  constructor(context: AudioContext, heard: MediaStreamTrack, delayMs: DurationMs) {
    this.#context = context
    const delayS = delayMs / 1_000
    this.#before = new AnalyserNode(context, { fftSize: 2_048 })
    this.#after = new AnalyserNode(context, { fftSize: 2_048 })
    this.#ear = new GainNode(context, { gain: 0 })
    this.#output = context.createMediaStreamDestination()
    const ahead = new DelayNode(context, { delayTime: AHEAD_S })
    const delay = new DelayNode(context, { maxDelayTime: delayS, delayTime: delayS - AHEAD_S })
    const mouth = new GainNode(context, { gain: ECHO_GAIN })
    this.#source = context.createMediaStreamSource(new MediaStream([heard]))
    this.#source.connect(this.#before)
    this.#source.connect(ahead).connect(this.#ear).connect(delay)
    delay.connect(this.#after)
    delay.connect(mouth).connect(this.#output)
    this.#timer = setInterval(() => {
      this.#listen()
    }, INTERVAL_MS)
  }

  /** What the echo says. */
  get track(): MediaStreamTrack | null {
    return this.#output.stream.getAudioTracks()[0] ?? null
  }

  close(): void {
    clearInterval(this.#timer)
    this.#source.disconnect()
    this.#context.close().catch(() => undefined)
  }

  #listen(): void {
    const levels = { heard: readLevel(this.#before), sounding: readLevel(this.#after) }
    const isOpen = this.#gate.listens(levels, performance.now())
    this.#ear.gain.setTargetAtTime(isOpen ? 1 : 0, this.#context.currentTime, FADE_S)
  }
}

function readLevel(analyser: AnalyserNode): number {
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  const sum = samples.reduce((total, sample) => total + sample * sample, 0)
  return Math.sqrt(sum / samples.length)
}
