import type { Page } from 'playwright-core'
import t from 'tap'
import { findFreePort } from '../helpers/free-port.ts'
import { assertLampOut, button, launchWorker } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { assertPictureArrives } from './support/media-probe.ts'
import { startServer } from './support/server.ts'

declare global {
  interface Window {
    /** A room whose microphone hears one word, and the loudspeaker louder than it is. */
    nvTestRoom?: { readonly context: AudioContext; readonly microphone: GainNode }
  }
}

/** Louder at the microphone than at the loudspeaker: as bad as a telephone on a table can be. */
const COUPLING = 1.5
const WORD_MS = 500
const LISTEN_MS = 9_000

/** Instead of the browser's microphone one that only the room speaks into: no echo is cancelled. */
function furnishRoom(): void {
  if (!('mediaDevices' in navigator)) return
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const { video = false } = wish ?? {}
    const tracks = video === false ? [] : (await ask({ video })).getVideoTracks()
    const context = new AudioContext()
    const microphone = new GainNode(context)
    const output = context.createMediaStreamDestination()
    microphone.connect(output)
    window.nvTestRoom = { context, microphone }
    return new MediaStream([...tracks, ...output.stream.getAudioTracks()])
  }
}

/** A word is said, and the loudspeaker speaks into the microphone: what the loudspeaker says meanwhile. */
const sayWord = (page: Page): Promise<{ atMs: number; level: number }[]> =>
  page.evaluate(
    async ([coupling, wordMs, listenMs]) => {
      const { context, microphone } = window.nvTestRoom ?? {}
      const [near] = window.nvTestPeers.filter(
        ({ connectionState }) => connectionState !== 'closed',
      )
      const heard = near?.getReceivers().find(({ track }) => track.kind === 'audio')?.track
      if (context === undefined || microphone === undefined || heard === undefined) return []
      await context.resume()
      const loudspeaker = context.createMediaStreamSource(new MediaStream([heard]))
      const analyser = new AnalyserNode(context, { fftSize: 2_048 })
      loudspeaker.connect(analyser)
      loudspeaker.connect(new GainNode(context, { gain: coupling })).connect(microphone)
      const word = new OscillatorNode(context, { frequency: 660 })
      word.connect(new GainNode(context, { gain: 0.2 })).connect(microphone)
      word.start()
      word.stop(context.currentTime + wordMs / 1_000)
      const startedAt = performance.now()
      const levels: { atMs: number; level: number }[] = []
      const samples = new Float32Array(analyser.fftSize)
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const atMs = performance.now() - startedAt
          analyser.getFloatTimeDomainData(samples)
          const sum = samples.reduce((total, sample) => total + sample * sample, 0)
          levels.push({ atMs, level: Math.sqrt(sum / samples.length) })
          if (atMs < listenMs) return
          clearInterval(timer)
          resolve()
        }, 50)
      })
      return levels
    },
    [COUPLING, WORD_MS, LISTEN_MS] as const,
  )

t.test('N17 a relay that is not reached is told; without it the echo dies away', async (t) => {
  const nobody = await findFreePort()
  const server = await startServer(t, {
    env: {
      TURN_URLS: `turn:127.0.0.1:${String(nobody)}?transport=tcp`,
      TURN_SECRET: 'a-secret-of-this-test',
    },
  })
  const { page } = await launchWorker(t, server, { initScript: furnishRoom })
  await page.getByRole('link', { name: 'Øv et opkald' }).click()
  await button(page, 'Begynd').click()
  await button(page, 'Svar').click()
  await page.getByRole('heading', { name: 'Vi kunne ikke få forbindelse' }).waitFor()
  await assertLampOut(page)

  await button(page, 'Øv på din enhed').click()
  await page.getByRole('heading', { name: 'Ekko ringer' }).waitFor()
  await button(page, 'Svar').click()
  await assertPictureArrives(page, COLOURS.blue)
  const levels = await sayWord(page)
  const loud = levels.filter(({ level }) => level > 0.01)
  const [first, last] = [loud.at(0)?.atMs ?? 0, loud.at(-1)?.atMs ?? Infinity]
  t.ok(first >= 1_900, `said again after ${String(Math.round(first))} ms`)
  t.ok(last - first <= WORD_MS + 500, `for ${String(Math.round(last - first))} ms, and never again`)
  t.ok(Math.max(...levels.map(({ level }) => level)) < 0.2, 'not louder than it was said')
  await button(page, 'Læg på').click()
  await page.getByText('Der er ikke gemt noget.').waitFor()
  await page.getByRole('link', { name: 'Tilbage' }).click()
  await page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
})
