import type { DurationMs } from '@naervaer/shared'

const LENGTH_MS: DurationMs = 2_000

/** Two notes that rise: as calm as the ring, and not to be taken for one. */
const NOTES = [
  { frequencyHz: 440, startS: 0, lengthS: 0.8 },
  { frequencyHz: 659.25, startS: 0.6, lengthS: 1.2 },
] as const
const PEAK_GAIN = 0.25

/**
 * Plays a short sound where a call's sound would come out.
 *
 * @param loudspeaker - as the browser names it; null leaves it to the browser
 * @returns when it is over; silently where the browser cannot
 */
export async function playTestSound(loudspeaker: string | null): Promise<void> {
  const context = new AudioContext()
  const output = context.createMediaStreamDestination()
  for (const { frequencyHz, startS, lengthS } of NOTES) {
    const startAt = context.currentTime + startS
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    oscillator.frequency.value = frequencyHz
    gain.gain.setValueAtTime(0, startAt)
    gain.gain.linearRampToValueAtTime(PEAK_GAIN, startAt + 0.05)
    gain.gain.exponentialRampToValueAtTime(0.001, startAt + lengthS)
    oscillator.connect(gain).connect(output)
    oscillator.start(startAt)
    oscillator.stop(startAt + lengthS)
  }
  const audio = new Audio()
  audio.srcObject = output.stream
  try {
    if (loudspeaker !== null && 'setSinkId' in audio) await audio.setSinkId(loudspeaker)
    await audio.play()
    await new Promise((resolve) => setTimeout(resolve, LENGTH_MS))
  } catch {
    // Nothing was heard, which is what the person is asked about.
  } finally {
    audio.srcObject = null
    await context.close()
  }
}
