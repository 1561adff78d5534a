import type { DurationMs } from '@naervaer/shared'
import type { LocalMedia } from '../media/local-media.ts'
import type { PeerLink } from '../link/peer-link.ts'
import { ArrivalWatch, MissWatch, UNKNOWN, type Arrival } from './arrival.ts'
import type { FeatureContext } from './features.ts'
import { LegTally } from './leg-tally.ts'
import { applyStep, isScreen } from './line-driver.ts'
import {
  beginLine,
  continueLine,
  describeLine,
  judgeLine,
  type LineLevel,
  type LineState,
} from './line-quality.ts'
import { readLinkStats, type LinkStats } from './link-stats.ts'
import type { CallQuality } from './quality.ts'
import { listSent } from './sent.ts'
import { VoiceWatch } from './voice-watch.ts'

const LOOK_INTERVAL_MS: DurationMs = 1_000

/** A leg is told of this often, for the case that its window does not come to its end. */
const REPORT_INTERVAL_MS: DurationMs = 30_000

/** What has not changed is said this often. */
const SAY_AGAIN_MS: DurationMs = 5_000

/** How long it is said that the picture is back. */
const PICTURE_BACK_MS: DurationMs = 6_000

/** What belongs to one peer connection and ends with it. */
interface Leg {
  readonly link: PeerLink
  readonly tally: LegTally
  readonly arrival: ArrivalWatch
  told: Arrival & { readonly isPlaying: boolean }
  reportedAtMs: number
}

const NOTHING_TOLD: Leg['told'] = { ...UNKNOWN, isPlaying: true }

/**
 * Looks at the peer connection once a second: steers what is sent of the picture, tells the other side what
 * arrives of theirs, notices what does not arrive there, and keeps figures for the record.
 */
export class QualityWatch {
  readonly #context: FeatureContext
  readonly #quality: CallQuality
  readonly #voices: VoiceWatch
  readonly #missed = { sound: new MissWatch(), picture: new MissWatch() }
  #media: LocalMedia | null = null
  #line: LineState = beginLine(performance.now())
  #appliedTrack: MediaStreamTrack | null = null
  #leg: Leg | null = null
  #hasSounded = false
  #said = ''
  #saidAtMs = -Infinity
  #pictureBackAtMs = -Infinity
  #timer: ReturnType<typeof setInterval> | undefined
  #isLooking = false
  #isClosed = false

  constructor(context: FeatureContext, quality: CallQuality) {
    this.#context = context
    this.#quality = quality
    this.#voices = new VoiceWatch(context.line, quality)
    context.line.on('arrives', ({ sound, picture, isPlaying }) => {
      if (this.#leg !== null) this.#leg.told = { sound, picture, isPlaying }
    })
    context.line.on('line', ({ level }) => {
      this.#takeOtherLevel(level)
    })
    context.line.onUp(() => {
      if (this.#media !== null && !this.#isClosed) this.#changeLeg(context.line.link)
    })
  }

  start(media: LocalMedia): void {
    if (this.#media !== null || this.#isClosed) return
    this.#media = media
    this.#line = beginLine(performance.now())
    this.#voices.start(media)
    this.#timer = setInterval(() => void this.#look(), LOOK_INTERVAL_MS)
    void this.#look()
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#voices.close()
    this.#endLeg()
  }

  async #look(): Promise<void> {
    // Statistics of a busy browser may take longer than a second.
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      const { link } = this.#context.line
      if (link !== this.#leg?.link) this.#changeLeg(link)
      const report = await link?.readStats()
      const stats = report ? readLinkStats(report) : null
      if (this.#isClosed || link !== this.#context.line.link) return
      if (this.#leg !== null && stats !== null) this.#take(this.#leg, stats)
      this.#judgeMisses()
    } finally {
      this.#isLooking = false
    }
  }

  #changeLeg(link: PeerLink | null): void {
    this.#endLeg()
    const { linkNumber } = this.#context.line
    if (link === null || linkNumber === null) return
    const atMs = performance.now()
    this.#line = continueLine(this.#line, atMs)
    this.#leg = {
      link,
      tally: new LegTally(linkNumber),
      arrival: new ArrivalWatch(atMs, this.#hasSounded),
      told: NOTHING_TOLD,
      reportedAtMs: atMs,
    }
    this.#saidAtMs = -Infinity
    this.#apply(link)
  }

  #endLeg(): void {
    if (this.#leg !== null) this.#report(this.#leg)
    this.#leg = null
  }

  #report({ tally }: Leg): void {
    const quality = tally.read()
    if (quality !== null) this.#context.reportLeg(tally.generation, quality)
  }

  #take(leg: Leg, stats: LinkStats): void {
    const atMs = performance.now()
    leg.tally.add(stats)
    if (atMs - leg.reportedAtMs >= REPORT_INTERVAL_MS) {
      leg.reportedAtMs = atMs
      this.#report(leg)
    }
    const { soundPackets, soundEnergy } = stats
    const shownFrames = this.#quality.shownFrames.count
    const isPlaying = !this.#quality.playback.isStopped
    const arrival = leg.arrival.look({ atMs, soundPackets, soundEnergy, shownFrames, isPlaying })
    this.#hasSounded = leg.arrival.hasSounded
    this.#steer(leg, stats, atMs)
    this.#say({ ...arrival, isPlaying }, describeLine(this.#line), atMs)
  }

  #steer(leg: Leg, stats: LinkStats, atMs: number): void {
    const { step } = this.#line
    const level = describeLine(this.#line)
    const track = leg.link.getSender('video')?.track ?? null
    this.#line = judgeLine(this.#line, {
      atMs,
      lossShare: stats.sentLossShare,
      rttMs: stats.rttMs,
      availableBps: stats.availableBps,
      framesPerSecond: track === null ? null : stats.framesPerSecond,
      limitation: track === null ? null : stats.limitation,
      isMoving: !isScreen(track),
    })
    if (this.#line.step !== step) leg.tally.addStep()
    const isBack = level === 'soundOnly' && describeLine(this.#line) !== 'soundOnly'
    if (isBack) this.#pictureBackAtMs = atMs
    // Another camera is of another size, and a screen wants other things than a face.
    if (this.#line.step !== step || track !== this.#appliedTrack) this.#apply(leg.link)
  }

  #apply(link: PeerLink): void {
    this.#appliedTrack = link.getSender('video')?.track ?? null
    applyStep(link, this.#line.step)
  }

  #takeOtherLevel(level: LineLevel): void {
    const { state } = this.#quality
    if (state.value.otherLine === 'soundOnly' && level !== 'soundOnly') {
      this.#pictureBackAtMs = performance.now()
    }
    state.patch({ otherLine: level })
  }

  /** What has changed at once, and all of it now and then: what was said into the end of a link is lost. */
  #say(arrival: Leg['told'], level: LineLevel, atMs: number): void {
    const said = JSON.stringify([arrival, level])
    if (said === this.#said && atMs - this.#saidAtMs < SAY_AGAIN_MS) return
    const { line } = this.#context
    if (!line.send({ type: 'arrives', ...arrival }) || !line.send({ type: 'line', level })) return
    this.#said = said
    this.#saidAtMs = atMs
  }

  /** What the person has on, compared with what the other side says of it. */
  #judgeMisses(): void {
    const atMs = performance.now()
    const { state } = this.#quality
    const told = this.#leg?.told ?? NOTHING_TOLD
    const line = describeLine(this.#line)
    const sent = listSent(this.#leg === null ? null : this.#media, line)
    const sound = this.#missed.sound.look(sent.sound, told.sound, atMs, told.isPlaying)
    const picture = this.#missed.picture.look(sent.picture, told.picture, atMs, told.isPlaying)
    const isBack = atMs - this.#pictureBackAtMs < PICTURE_BACK_MS
    const next = {
      line,
      isUnheard: sound.isMissed && !state.value.isMicrophoneSilent,
      isUnseen: picture.isMissed,
      isPictureBack: isBack && line !== 'soundOnly' && state.value.otherLine !== 'soundOnly',
    }
    const { value } = state
    const keys = ['line', 'isUnheard', 'isUnseen', 'isPictureBack'] as const
    if (keys.some((key) => value[key] !== next[key])) state.patch(next)
    // A microphone that gives nothing is not mended by another connection.
    const isOfLine = sound.isRenewalDue && !value.isMicrophoneSilent
    if (isOfLine || picture.isRenewalDue) this.#context.line.renew()
  }
}
