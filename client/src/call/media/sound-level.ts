import type { DurationMs } from '@naervaer/shared'

const INTERVAL_MS: DurationMs = 100

/** Speech at an arm's length is about a tenth of what a microphone can take. */
const SPEECH_RMS = 0.1

/**
 * How loud a microphone is, about ten times a second, from 0 for silence to 1 for speech.
 *
 * @returns ends it; the track goes on
 */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 2048 })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const sum = samples.reduce((total, sample) => total + sample * sample, 0)
    onLevel(Math.min(1, Math.sqrt(sum / samples.length) / SPEECH_RMS))
  }, INTERVAL_MS)
  return () => {
    clearInterval(timer)
    context.close().catch(() => undefined)
  }
}
