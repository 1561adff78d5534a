import { Store } from '../services/store.ts'

export type RingToneState = 'playing' | 'silenced' | 'blocked' | 'none'

/** Two soft tones, a fourth apart, every three seconds: heard across a room, and not an alarm. */
const NOTES = [
  { frequencyHz: 587.33, startS: 0, lengthS: 0.9 },
  { frequencyHz: 783.99, startS: 0.45, lengthS: 1.2 },
] as const
const PERIOD_MS = 3_000
const PEAK_GAIN = 0.25
const VIBRATION_MS = [300, 200, 300]

/**
 * The sound of an incoming call, made by WebAudio so that there is no file to load.
 *
 * A browser lets a page sound only after the person has touched it: until then the state is
 * `blocked`, and it becomes `playing` by itself at the first touch.
 */
export class RingTone {
  readonly state = new Store<RingToneState>('none')
  #context: AudioContext | null = null
  #touch = new AbortController()
  #timer: ReturnType<typeof setInterval> | undefined

  start(): void {
    this.stop()
    const context = tryToMakeContext()
    if (context === null) {
      this.state.set('blocked')
      return
    }
    this.#context = context
    addEventListener('pointerdown', () => void context.resume().catch(() => undefined), {
      signal: this.#touch.signal,
    })
    context.addEventListener('statechange', () => {
      if (context === this.#context) this.#update(context)
    })
    this.#timer = setInterval(() => {
      this.#ringOnce()
    }, PERIOD_MS)
    this.#update(context)
    this.#ringOnce()
  }

  /** For the rest of this ring. */
  silence(): void {
    this.#end()
    this.state.set('silenced')
  }

  stop(): void {
    this.#end()
    this.state.set('none')
  }

  #update(context: AudioContext): void {
    if (context.state === 'closed') return
    this.state.set(context.state === 'running' ? 'playing' : 'blocked')
  }

  #ringOnce(): void {
    const context = this.#context
    if (context === null) return
    // Asking earlier than the first touch is a console error in Chromium.
    if (navigator.userActivation.hasBeenActive) tryToVibrate()
    if (context.state !== 'running') return
    for (const note of NOTES) playNote(context, note)
  }

  #end(): void {
    clearInterval(this.#timer)
    this.#touch.abort()
    this.#touch = new AbortController()
    const context = this.#context
    this.#context = null
    if (context !== null && context.state !== 'closed') void context.close()
  }
}

/** A ring without sound is still a ring: it must show all the same. */
function tryToMakeContext(): AudioContext | null {
  try {
    return new AudioContext()
  } catch {
    return null
  }
}

function playNote(context: AudioContext, note: (typeof NOTES)[number]): void {
  const start = context.currentTime + note.startS
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency: note.frequencyHz })
  const gain = new GainNode(context, { gain: 0 })
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(PEAK_GAIN, start + 0.04)
  gain.gain.exponentialRampToValueAtTime(0.001, start + note.lengthS)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + note.lengthS)
}

function tryToVibrate(): void {
  // Absent on iOS and in Firefox, whatever the DOM types say.
  if ('vibrate' in navigator) navigator.vibrate(VIBRATION_MS)
}
