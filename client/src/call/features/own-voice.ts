/** What the microphone gives just now, from 0 to 1. */
export interface OwnLevel {
  readonly level: number
  readonly peak: number
}

const SAMPLES = 2_048

/**
 * Listens to the own microphone, also while it is turned off: it then sends silence, but is open, so that
 * it can say that somebody speaks in vain. Nothing of it leaves the page.
 */
export class OwnVoice {
  #source: MediaStreamTrack | null = null
  /** A copy of its own: turning the other one off does not make it deaf. */
  #copy: MediaStreamTrack | null = null
  #audio: AudioContext | null = null
  #analyser: AnalyserNode | null = null
  readonly #samples = new Float32Array(SAMPLES)

  /** @param track - the microphone; null where there is none now */
  listenTo(track: MediaStreamTrack | null): void {
    if (track === this.#source) return
    this.#drop()
    this.#source = track
    if (track === null) return
    try {
      this.#open(track)
    } catch {
      // A browser that has no more of what it takes: the talk goes on without the marks.
      this.#drop()
      this.#source = track
    }
  }

  #open(track: MediaStreamTrack): void {
    this.#copy = track.clone()
    this.#copy.enabled = true
    this.#audio ??= new AudioContext()
    const analyser = new AnalyserNode(this.#audio, { fftSize: SAMPLES })
    this.#audio.createMediaStreamSource(new MediaStream([this.#copy])).connect(analyser)
    this.#analyser = analyser
  }

  /** @returns null where nothing can be heard: no microphone, taken away for a while, or not started yet */
  read(): OwnLevel | null {
    if (this.#analyser === null || this.#audio === null || this.#copy === null) return null
    if (this.#audio.state !== 'running') {
      this.#audio.resume().catch(() => undefined)
      return null
    }
    if (this.#copy.muted || this.#copy.readyState !== 'live') return null
    this.#analyser.getFloatTimeDomainData(this.#samples)
    let sum = 0
    let peak = 0
    for (const sample of this.#samples) {
      sum += sample * sample
      peak = Math.max(peak, Math.abs(sample))
    }
    return { level: Math.sqrt(sum / SAMPLES), peak }
  }

  close(): void {
    this.#drop()
    this.#audio?.close().catch(() => undefined)
    this.#audio = null
  }

  #drop(): void {
    // The lamp stays lit as long as one copy lives.
    this.#copy?.stop()
    this.#copy = null
    this.#source = null
    this.#analyser?.disconnect()
    this.#analyser = null
  }
}
