import type { Page } from 'playwright-core'
import t from 'tap'
import { launchPerson } from './support/browser.ts'
import { assertBothWays, startConversation } from './support/conversation.ts'
import { assertOneOfferer } from './support/one-offerer.ts'

/** How many decoded frames are waited for, and how many of them have to be shown to speak of a picture. */
const COUNT_FRAMES = 40
const PICTURE_FRAMES = 15

/** What came at the side that renegotiated, in the time after it. */
interface Frames {
  readonly decoded: number
  /** Those with an RTP timestamp: Chromium draws black ones of its own when a track changes. */
  readonly shown: number
}

/**
 * Two bare connections in one page with a moving picture each. The one that answered at the beginning
 * answers again; where there is glare it has just made an offer of its own, and gives way.
 */
async function renegotiate(page: Page, isGlare: boolean): Promise<Frames> {
  return page.evaluate(
    async ([hasGlare, count]) => {
      const [polite, other] = [new RTCPeerConnection(), new RTCPeerConnection()]
      polite.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined)
      other.onicecandidate = ({ candidate }) => void polite.addIceCandidate(candidate ?? undefined)
      const negotiate = async (from: RTCPeerConnection, to: RTCPeerConnection) => {
        if (from.signalingState === 'stable') await from.setLocalDescription()
        const offer = from.localDescription
        if (offer === null) throw new Error('no offer')
        // Rolls back an offer of its own, where there is one (W3C webrtc § 4.4.1.5).
        await to.setRemoteDescription(offer)
        await to.setLocalDescription()
        const answer = to.localDescription
        if (answer === null) throw new Error('no answer')
        await from.setRemoteDescription(answer)
      }
      const video = document.createElement('video')
      video.muted = true
      document.body.append(video)
      polite.ontrack = ({ track }) => {
        video.srcObject = new MediaStream([track])
        void video.play()
      }
      for (const connection of [polite, other]) {
        const canvas = document.createElement('canvas')
        const context = canvas.getContext('2d')
        let hue = 0
        setInterval(() => {
          if (context === null) return
          context.fillStyle = `hsl(${String((hue += 7))} 90% 50%)`
          context.fillRect(0, 0, canvas.width, canvas.height)
        }, 50)
        const stream = canvas.captureStream(20)
        for (const track of stream.getTracks()) connection.addTrack(track, stream)
      }
      let shown = 0
      const look: VideoFrameRequestCallback = (_now, { rtpTimestamp }) => {
        if (rtpTimestamp !== undefined) shown += 1
        video.requestVideoFrameCallback(look)
      }
      video.requestVideoFrameCallback(look)
      const until = async (isDone: () => boolean | Promise<boolean>) => {
        const endAt = performance.now() + 15_000
        while (!(await isDone())) {
          if (performance.now() > endAt) throw new Error('no frame comes any more')
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
      const countDecoded = async () => {
        const stats = [...(await polite.getStats()).values()] as Record<string, unknown>[]
        const video = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
        return Number(video?.['framesDecoded'] ?? 0)
      }
      await negotiate(other, polite)
      await until(() => shown >= 20)
      if (hasGlare) await Promise.all([polite.setLocalDescription(), other.setLocalDescription()])
      await negotiate(other, polite)
      const decode = async (frames: number) => {
        const first = await countDecoded()
        await until(async () => (await countDecoded()) >= first + frames)
      }
      // What was decoded before is still on its way to the screen: ten later ones push it out.
      await decode(10)
      const before = { decoded: await countDecoded(), shown }
      await decode(count)
      const after = { decoded: await countDecoded(), shown }
      polite.close()
      other.close()
      return { decoded: after.decoded - before.decoded, shown: after.shown - before.shown }
    },
    [isGlare, COUNT_FRAMES] as const,
  )
}

t.test(
  'a rollback freezes the picture, though frames are decoded; without one it goes on',
  async (t) => {
    const colour = { red: 40, green: 160, blue: 60 }
    const { page, browser } = await launchPerson(t, { colour, toneHz: 440 })
    const usual = await renegotiate(page, false)
    t.ok(usual.shown > PICTURE_FRAMES, `without: ${JSON.stringify(usual)}`)
    const rolledBack = await renegotiate(page, true)
    t.ok(rolledBack.decoded > PICTURE_FRAMES, `with: ${JSON.stringify(rolledBack)}`)
    // A Chromium that has mended it makes the rule no less ours: other browsers have their own troubles with glare.
    const isMended = rolledBack.shown > PICTURE_FRAMES
    if (isMended) t.comment(`Chromium ${browser.version()} shows the picture after a rollback`)
    else t.equal(rolledBack.shown, 0, `Chromium ${browser.version()} shows nothing any more`)
  },
)

t.test(
  'SI1 in our own calls one side alone offers, also after a connection has died',
  async (t) => {
    const { worker, citizen } = await startConversation(t)
    for (const { page } of [worker, citizen]) {
      await page.evaluate(() => window.nvTestPeers.at(-1)?.close())
      await assertBothWays(worker, citizen)
    }
    await assertOneOfferer(worker, citizen)
  },
)
