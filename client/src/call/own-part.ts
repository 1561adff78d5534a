import type {
  CallId,
  CallView,
  DurationMs,
  PersonId,
  ServerMessageOf,
  Side,
} from '@naervaer/shared'
import type { ServerNews, SignallingClient } from '../services/socket/signalling-client.ts'
import { NO_MEDIA, type OwnPartState } from './call-snapshot.ts'
import type { MakeFeatures } from './features/features.ts'
import { LateFeatures } from './late-features.ts'
import { LegReports } from './leg-reports.ts'
import { LocalMedia } from './media/local-media.ts'
import { makeCertificate } from './link/own-certificate.ts'
import { findOpenWish, type OpenWish } from './media/open-wish.ts'
import type { MakeLink } from './link/peer-link.ts'
import type { Reports } from './reports.ts'
import { SideLine } from './link/side-line.ts'
import { saysProtected } from './says-protected.ts'
import { Talk, type Linked } from './link/talk.ts'
import { talkMemory, type TalkWishes } from './talk-memory.ts'

export interface OwnPartOptions {
  readonly signalling: SignallingClient
  readonly loadLink: () => Promise<MakeLink>
  /** Their script comes after the first one, too. */
  readonly loadFeatures: () => Promise<MakeFeatures>
  readonly reports: Reports
  /** Something that `state` tells has changed. */
  readonly onChange: () => void
  /** Camera or microphone have changed, which `state` tells as well. */
  readonly onDevices: () => void
}

/** How long devices stay open for an answer that the server has not confirmed. */
const UNCONFIRMED_MS: DurationMs = 3_000

type Signal = ServerMessageOf<
  'signal.description' | 'signal.candidate' | 'signal.ack' | 'signal.please'
>

/**
 * This window's part in one call at a time: its camera and microphone, its peer connections, and the
 * direct line to the other side's window. `end` lets go of all of it at once.
 */
export class OwnPart {
  readonly #options: OwnPartOptions
  readonly #legs: LegReports
  #call: CallId | null = null
  #media: LocalMedia | null = null
  #talk: Talk | null = null
  /** Of the talk, whose address may be protected. */
  #citizenId: PersonId | null = null
  #line: SideLine | null = null
  #features: LateFeatures | null = null
  #remoteStream: MediaStream | null = null
  #localStream: MediaStream | null = null
  /** The talk has the devices of this window; before, it only prepares. */
  #isTalking = false
  /** The other window's word has opened the devices in this call: it may do so once. */
  #wasOpenedAhead = false
  #unconfirmedTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OwnPartOptions) {
    this.#options = options
    this.#legs = new LegReports(options.signalling)
  }

  get state(): OwnPartState {
    const tracks = this.#media?.tracks.value
    this.#localStream = toStream(tracks?.video ?? null, this.#localStream)
    return {
      ownMedia: tracks?.state ?? NO_MEDIA,
      isOpening: tracks?.isOpening ?? false,
      isInterrupted: tracks?.isInterrupted ?? false,
      isPaused: tracks?.isPaused ?? this.#wasPaused,
      isLinked: (this.#talk?.linked ?? null) !== null,
      localStream: this.#localStream,
      remoteStream: this.#remoteStream,
      features: this.#features?.value ?? null,
    }
  }

  /** Whether there is a talk, or one being prepared. */
  get isThere(): boolean {
    return this.#talk !== null
  }

  /** What follows is about this call: the part in another one is over. */
  turnTo(call: CallId): void {
    if (call === this.#call) return
    this.end()
    this.#call = call
    this.#wasOpenedAhead = false
  }

  /** Opens the microphone and, where wished, the camera: in a tap, as some browsers demand. */
  openMedia(wish: OpenWish): LocalMedia {
    const { withCamera, withMicrophone = true } = wish
    this.#remember({ withCamera, withMicrophone })
    this.#media?.close()
    const media = new LocalMedia()
    this.#media = media
    media.tracks.subscribe(() => {
      if (media === this.#media) this.#options.onDevices()
    })
    void media.open(wish)
    return media
  }

  /** Says so to the other side's window directly, which is quicker than by the server. */
  tellAnswered(): void {
    this.#line?.send({ type: 'answered' })
  }

  async setCamera(isOn: boolean): Promise<void> {
    this.#remember({ withCamera: isOn })
    await this.#media?.setCamera(isOn)
  }

  /** Fetches what the system has taken away; in a tap, as some browsers demand. */
  async recoverMedia(): Promise<void> {
    await this.#media?.recover()
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    this.#remember({ withMicrophone: isOn })
    await this.#media?.setMicrophone(isOn)
  }

  /** Nothing is sent and nothing is heard, until it goes on. */
  async setPaused(isPaused: boolean): Promise<void> {
    this.#remember({ isPaused })
    await this.#media?.setPaused(isPaused)
    this.#options.onChange()
  }

  /** While it rings: all that can be done before the answer without opening camera or microphone. */
  prepare(view: CallView, side: Side): void {
    this.#talk ??= this.#begin(view, side)
  }

  /** The call is answered and this window plays its part. */
  talkOn(view: CallView, side: Side): void {
    if (this.#isTalking) return
    const media = this.#media ?? this.openMedia(findOpenWish(view, side))
    const talk = (this.#talk ??= this.#begin(view, side))
    this.#isTalking = true
    clearTimeout(this.#unconfirmedTimer)
    talk.useMedia(media)
    this.#features?.start(media)
    // What was up before the answer has not been told of yet.
    if (talk.linked !== null) this.#reportConnected(view.id, talk.linked)
    // Devices that were open before the seat was taken have not been told of yet.
    this.reportMedia(view)
  }

  receive(signal: Signal): void {
    this.#talk?.receive(signal)
  }

  /** What the server says besides; a talk is held to a protected address from the moment of it (PA4). */
  hear(news: ServerNews): void {
    if (this.#citizenId !== null && saysProtected(news, this.#citizenId)) this.#talk?.hideAddress()
  }

  /** The seat is this window's again, or the server could not take in what it was told. */
  resume(view: CallView): void {
    this.#talk?.resume()
    this.reportMedia(view)
  }

  reportMedia(view: CallView): void {
    const tracks = this.#media?.tracks.value
    if (view.seat !== 'here' || tracks === undefined || tracks.isOpening) return
    this.#options.reports.send({ type: 'call.media', call: view.id, media: tracks.state })
  }

  /** Ends what this window captures and sends; the lamp goes out. */
  end(): void {
    // First, while there is a connection of which something can be told.
    this.#features?.close()
    this.#features = null
    this.#talk?.close()
    this.#talk = null
    this.#line = null
    clearTimeout(this.#unconfirmedTimer)
    this.#remoteStream = null
    this.#isTalking = false
    // Out of sight first: a camera that is let go of at the end has not been turned off by anybody.
    const media = this.#media
    this.#media = null
    media?.close()
  }

  get #wasPaused(): boolean {
    return this.#call !== null && talkMemory.read(this.#call).isPaused
  }

  #remember(wishes: Partial<TalkWishes>): void {
    if (this.#call !== null) talkMemory.write(this.#call, wishes)
  }

  #reportConnected(call: CallId, { number, path }: Linked): void {
    this.#options.reports.send({ type: 'call.connected', call, generation: number, path })
  }

  /** Opening takes as long as the server's word: the two happen side by side. */
  #onAnswerAhead(): void {
    if (this.#media !== null || this.#wasOpenedAhead) return
    this.#wasOpenedAhead = true
    const media = this.openMedia({ withCamera: true })
    this.#unconfirmedTimer = setTimeout(() => {
      if (media !== this.#media) return
      this.#media = null
      media.close()
      this.#options.onDevices()
    }, UNCONFIRMED_MS)
  }

  #begin(view: CallView, side: Side): Talk {
    const { signalling, loadLink, reports, onChange } = this.#options
    const call = view.id
    const line = new SideLine()
    this.#citizenId = view.citizen.id
    const talk = new Talk({
      call,
      side,
      generation: view.generation,
      certificate: makeCertificate(),
      loadLink,
      send: (message) => {
        signalling.send(message)
      },
      fetchIceConfig: () => signalling.request({ type: 'turn.fetch', call }),
      onRemoteStream: (stream) => {
        this.#remoteStream = stream
        onChange()
      },
      onLinked: (generation, path) => {
        onChange()
        if (this.#isTalking) this.#reportConnected(call, { number: generation, path })
        line.tellUp()
      },
      onUnlinked: (generation) => {
        onChange()
        if (this.#isTalking) reports.send({ type: 'call.lost', call, generation })
      },
      onSilent: () => {
        signalling.probe()
      },
      onHeard: () => {
        signalling.hurry()
      },
      onMessage: (text) => {
        line.receive(text)
      },
    })
    line.connect(talk)
    this.#line = line
    if (side === 'worker') {
      line.on('answered', () => {
        this.#onAnswerAhead()
      })
    }
    this.#features = this.#makeFeatures(view, side, line)
    return talk
  }

  #makeFeatures({ id: call }: CallView, side: Side, line: SideLine): LateFeatures {
    return new LateFeatures({
      load: this.#options.loadFeatures,
      make: (make) =>
        make({
          call,
          side,
          line,
          getMedia: () => this.#media,
          reportLeg: (generation, quality) => {
            if (this.#isTalking) this.#legs.report(call, generation, quality)
          },
        }),
      line,
      onHere: () => {
        this.#options.onChange()
      },
    })
  }
}

/** The own picture, without sound; the same stream as long as the track is the same, so that it does not blink. */
function toStream(video: MediaStreamTrack | null, known: MediaStream | null): MediaStream | null {
  if (video === null) return null
  return known?.getVideoTracks()[0] === video ? known : new MediaStream([video])
}
