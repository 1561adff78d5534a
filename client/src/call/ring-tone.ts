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

  /** Never throws: a ring without sound is still a ring, and must show all the same. */
  start(): void {
    this.stop()
    try {
      this.#begin(new AudioContext())
    } catch {
      this.#end()
      this.state.set('blocked')
    }
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

  #begin(context: AudioContext): void {
    this.#context = context
    addEventListener('pointerdown', () => void context.resume().catch(() => undefined), {
      signal: this.#touch.signal,
    })
    context.addEventListener('statechange', () => {
      if (context === this.#context) this.#update(context)
    })
    this.#timer = setInterval(() => {
      this.#ringOnce(context)
    }, PERIOD_MS)
    this.#update(context)
    this.#ringOnce(context)
  }

  #update(context: AudioContext): void {
    if (context.state === 'closed') return
    this.state.set(context.state === 'running' ? 'playing' : 'blocked')
  }

  #ringOnce(context: AudioContext): void {
    tryToVibrate()
    if (context.state !== 'running') return
    try {
      for (const note of NOTES) playNote(context, note)
    } catch {
      // The next round may sound.
    }
  }

  #end(): void {
    clearInterval(this.#timer)
    this.#touch.abort()
    this.#touch = new AbortController()
    const context = this.#context
    this.#context = null
    if (context !== null && context.state !== 'closed') context.close().catch(() => undefined)
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
  // Asking earlier than the first touch is a console error in Chromium. Absent in Safari before 16.4 and
  // in Firefox before 120, as vibrating is on iOS and in Firefox, whatever the DOM types say.
  const { userActivation } = navigator as { userActivation?: UserActivation }
  if (userActivation?.hasBeenActive === false || !('vibrate' in navigator)) return
  try {
    navigator.vibrate(VIBRATION_MS)
  } catch {
    // Only a telephone that could have buzzed as well.
  }
}
