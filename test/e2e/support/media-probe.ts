import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Colour } from './media.ts'
import { PATIENCE_MS, waitFor } from './wait.ts'

/** What may be lost on the way through camera, codec and noise suppression. */
const COLOUR_TOLERANCE = 45
const TONE_TOLERANCE_HZ = 25

/** The other side's picture and sound, in whatever shadow root they stand. */
export const remoteVideo = (page: Page): Locator => page.locator('video[data-party="remote"]')

/** The person's own preview. */
export const ownVideo = (page: Page): Locator => page.locator('video[data-party="self"]')

/**
 * Counts frames of the other side that were really shown.
 *
 * Only frames with an RTP timestamp count: Chromium also shows black ones when a track begins or ends,
 * and `framesDecoded` can grow while the picture stands still.
 *
 * @returns the number when `atLeast` is reached or the limit has passed
 */
export async function countFrames(
  video: Locator,
  { atLeast = 10, limitMs = PATIENCE_MS }: { atLeast?: number; limitMs?: number } = {},
): Promise<number> {
  return video.evaluate(
    (element: HTMLVideoElement, [wanted, limit]) =>
      new Promise<number>((resolve) => {
        let frames = 0
        const timer = setTimeout(() => resolve(frames), limit)
        const onFrame = (_now: number, metadata: VideoFrameCallbackMetadata) => {
          if (metadata.rtpTimestamp !== undefined) frames += 1
          if (frames < wanted) element.requestVideoFrameCallback(onFrame)
          else {
            clearTimeout(timer)
            resolve(frames)
          }
        }
        element.requestVideoFrameCallback(onFrame)
      }),
    [atLeast, limitMs] as const,
  )
}

/** The mean colour of the picture shown now. */
export async function readMeanColour(video: Locator): Promise<Colour> {
  return video.evaluate((element: HTMLVideoElement) => {
    const [width, height] = [32, 18]
    const context = new OffscreenCanvas(width, height).getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(element, 0, 0, width, height)
    const { data } = context.getImageData(0, 0, width, height)
    const mean = [0, 0, 0]
    data.forEach((value, index) => {
      if (index % 4 < 3) mean[index % 4] = (mean[index % 4] ?? 0) + value / (width * height)
    })
    const [red = 0, green = 0, blue = 0] = mean
    return { red, green, blue }
  })
}

/** The loudest frequency and its level; silence is about −100 dB and below. */
export interface Sound {
  readonly frequencyHz: number
  readonly levelDb: number
}

/** Listens for a moment to the sound that an audio or video element plays. */
export async function readSound(media: Locator): Promise<Sound> {
  return media.evaluate(async (element: HTMLMediaElement) => {
    if (!(element.srcObject instanceof MediaStream)) return { frequencyHz: 0, levelDb: -Infinity }
    if (element.srcObject.getAudioTracks().length === 0) {
      return { frequencyHz: 0, levelDb: -Infinity }
    }
    const audio = new AudioContext()
    await audio.resume()
    const analyser = new AnalyserNode(audio, { fftSize: 8192, smoothingTimeConstant: 0 })
    audio.createMediaStreamSource(element.srcObject).connect(analyser)
    // The analyser looks at its last samples: as many must have come from this stream, by their own clock.
    const silence = new ConstantSourceNode(audio, { offset: 0 })
    silence.connect(audio.destination)
    silence.start()
    silence.stop(audio.currentTime + (1.5 * analyser.fftSize) / audio.sampleRate)
    await new Promise((resolve) => silence.addEventListener('ended', resolve, { once: true }))
    const levels = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(levels)
    const levelDb = Math.max(...levels)
    const frequencyHz = (levels.indexOf(levelDb) * audio.sampleRate) / analyser.fftSize
    await audio.close()
    return { frequencyHz, levelDb }
  })
}

const isNear = (a: Colour, b: Colour): boolean =>
  (['red', 'green', 'blue'] as const).every(
    (part) => Math.abs(a[part] - b[part]) <= COLOUR_TOLERANCE,
  )

/** Asserts that the other side's picture moves and has the colour of their camera. */
export async function assertPictureArrives(
  page: Page,
  colour: Colour,
  limitMs = PATIENCE_MS,
): Promise<void> {
  const video = remoteVideo(page)
  const frames = await countFrames(video)
  assert.ok(frames >= 10, `only ${frames} frames of the other side were shown`)
  let last: Colour | undefined
  await waitFor(
    'the colour of the other side',
    async () => {
      last = await readMeanColour(video)
      return isNear(last, colour) || undefined
    },
    limitMs,
  ).catch((cause: unknown) => {
    throw new Error(`the picture was ${JSON.stringify(last)}`, { cause })
  })
}

/** Asserts that the other side's tone is the loudest thing heard. */
export async function assertSoundArrives(
  page: Page,
  toneHz: number,
  limitMs = PATIENCE_MS,
): Promise<void> {
  let last: Sound | undefined
  await waitFor(
    `a tone of ${toneHz} Hz`,
    async () => {
      last = await readSound(remoteVideo(page))
      const isHeard = last.levelDb > -80 && Math.abs(last.frequencyHz - toneHz) <= TONE_TOLERANCE_HZ
      return isHeard || undefined
    },
    limitMs,
  ).catch((cause: unknown) => {
    throw new Error(`the loudest was ${JSON.stringify(last)}`, { cause })
  })
}

/** The candidates that carry the page's newest connected call. */
export interface SelectedPath {
  readonly local: string
  readonly remote: string
  readonly protocol: string
}

/** Asks the browser which way the media of the page take; waits until a pair is selected. */
export async function readSelectedPath(page: Page): Promise<SelectedPath> {
  return waitFor('a selected candidate pair', () =>
    page.evaluate(async () => {
      for (const peer of window.nvTestPeers.toReversed()) {
        if (peer.connectionState === 'closed') continue
        const stats = await peer.getStats()
        const entries = [...stats.values()] as Record<string, string | undefined>[]
        const pairId = entries.find(({ type, selectedCandidatePairId }) => {
          return type === 'transport' && selectedCandidatePairId !== undefined
        })?.['selectedCandidatePairId']
        const pair = entries.find(({ id }) => id === pairId)
        const local = entries.find(({ id }) => id === pair?.['localCandidateId'])
        const remote = entries.find(({ id }) => id === pair?.['remoteCandidateId'])
        if (pairId !== undefined && local !== undefined && remote !== undefined) {
          return {
            local: String(local['candidateType']),
            remote: String(remote['candidateType']),
            protocol: String(local['relayProtocol'] ?? local['protocol']),
          }
        }
      }
      return undefined
    }),
  )
}

/** How many tracks the page has fetched and not stopped; what it listens to its own voice by is left out. */
export async function countFetchedTracks(page: Page): Promise<{ audio: number; video: number }> {
  return page.evaluate(() => {
    const isOpen = (track: MediaStreamTrack) =>
      track.readyState === 'live' && !window.nvTestClones.has(track)
    const open = window.nvTestTracks.filter(isOpen)
    const video = open.filter(({ kind }) => kind === 'video').length
    return { audio: open.length - video, video }
  })
}

/** How many tracks of camera and microphone are open, clones and all: the lamp is out when there is none. */
export async function countOpenTracks(page: Page): Promise<{ audio: number; video: number }> {
  return page.evaluate(() => {
    const open = window.nvTestTracks.filter(({ readyState }) => readyState === 'live')
    const video = open.filter(({ kind }) => kind === 'video').length
    return { audio: open.length - video, video }
  })
}

/** What the page sends to the other side over its newest peer connection, by the kinds of its tracks. */
export const readSent = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window.nvTestPeers.at(-1)?.getSenders() ?? []).flatMap(({ track }) =>
      track === null ? [] : [track.kind],
    ),
  )

/** Whether the page plays nothing of the other side's sound. */
export const isMuted = (page: Page): Promise<boolean> =>
  remoteVideo(page).evaluate((video: HTMLVideoElement) => video.muted)

/** Closes a page's peer connection under its feet, and waits until both pages have a new one that is up. */
export async function replaceConnection(pages: readonly Page[], whose: Page): Promise<void> {
  const countPeers = (page: Page) => page.evaluate(() => window.nvTestPeers.length)
  const before = await Promise.all(pages.map(countPeers))
  await whose.evaluate(() => {
    window.nvTestPeers.at(-1)?.close()
  })
  const isUp = (page: Page, n: number) =>
    page.evaluate(
      (known) =>
        window.nvTestPeers.length > known &&
        window.nvTestPeers.at(-1)?.connectionState === 'connected',
      before[n] ?? 0,
    )
  await waitFor('a new connection at both', async () =>
    (await Promise.all(pages.map(isUp))).every(Boolean) ? true : undefined,
  )
}
