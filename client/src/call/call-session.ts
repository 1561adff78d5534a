import {
  NaervaerError,
  otherSide,
  type CallId,
  type CallView,
  type Person,
  type PersonId,
  type SocketRole,
  type UnixMs,
} from '@naervaer/shared'
import type { ConnectionState } from '../services/connection-state.ts'
import type { ReplyTo } from '../services/pending-requests.ts'
import type { ServerNews, SignallingClient } from '../services/signalling-client.ts'
import { Store } from '../services/store.ts'
import { derivePhase, endUnseen, takeView } from './call-mirror.ts'
import { NO_MEDIA, type CallControl, type CallPhase, type CallSnapshot } from './call-snapshot.ts'
import { LocalMedia } from './local-media.ts'
import type { MakeLink } from './peer-link.ts'
import { Reports } from './reports.ts'
import { RingTone } from './ring-tone.ts'
import { seatMemory } from './seat-memory.ts'
import { Talk } from './talk.ts'

/** How long until what the server could not take in is said again. */
const SAY_AGAIN_MS = 2_000

const IDLE: CallSnapshot = {
  phase: 'idle',
  call: null,
  counterpart: null,
  ownMedia: NO_MEDIA,
  counterpartMedia: null,
  isOpening: false,
  isLinked: false,
  localStream: null,
  remoteStream: null,
  ringTone: 'none',
  isBusy: false,
  error: null,
}

/** The requests that change a call by naming it and nothing else; a person presses a button for each. */
type CallCommand = 'call.accept' | 'call.decline' | 'call.cancel' | 'call.hangUp' | 'call.attach'

export interface CallSessionOptions {
  readonly signalling: SignallingClient
  /** Its script comes after the first one: asked for as soon as a call is in sight. */
  readonly loadLink: () => Promise<MakeLink>
}

/**
 * This window's view of calls: mirrors the server's call, opens camera and microphone when the
 * person has answered, and lets go of them the moment a call is over here.
 *
 * Owned by the app for as long as the window lives; pages come and go and only subscribe.
 */
export class CallSession implements CallControl {
  readonly snapshot = new Store<CallSnapshot>(IDLE)
  readonly #signalling: SignallingClient
  readonly #loadLink: CallSessionOptions['loadLink']
  readonly #ringTone = new RingTone()
  readonly #reports: Reports
  #role: SocketRole = 'citizen'
  #view: CallView | null = null
  #media: LocalMedia | null = null
  #talk: Talk | null = null
  #involvedIn: CallId | null = null
  /** The call this person has hung up; the server may not have heard it yet. */
  #leaving: CallId | null = null
  #isSayingHangUp = false
  /** What the person has left behind: of this call, and as it was then. */
  #dismissed: { readonly call: CallId; readonly phase: CallPhase } | null = null

  constructor(options: CallSessionOptions) {
    this.#signalling = options.signalling
    this.#loadLink = options.loadLink
    this.#reports = new Reports(options.signalling, (call) => {
      if (this.#view?.id === call) this.#reportAgain(this.#view)
    })
    this.#signalling.onNews((news) => {
      this.#onNews(news)
    })
    this.#ringTone.state.subscribe(() => {
      this.snapshot.patch({ ringTone: this.#ringTone.state.value })
    })
    this.#signalling.state.subscribe(() => {
      this.#onConnection(this.#signalling.state.value)
    })
    // A closed tab would leave its TURN allocations behind until they expire.
    addEventListener('pagehide', () => {
      this.#endTalk()
    })
    addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload()
    })
  }

  async ring(citizenId: PersonId): Promise<void> {
    await this.#command(async () => {
      const { call } = await this.#signalling.request({ type: 'call.invite', citizenId })
      this.#involvedIn = call.id
      this.#show(call)
    })
  }

  async answer({ withCamera }: { withCamera: boolean }): Promise<void> {
    const call = this.#view
    if (call === null) return
    // At once, and not after the server's reply: some browsers only ask for the camera in a tap.
    this.#openMedia(withCamera)
    const isDone = await this.#commandCall('call.accept')
    if (!isDone) this.#endTalk()
  }

  async decline(): Promise<void> {
    this.#ringTone.silence()
    await this.#commandCall('call.decline')
  }

  async cancel(): Promise<void> {
    await this.#commandCall('call.cancel')
  }

  async hangUp(): Promise<void> {
    const call = this.#view
    if (call === null) return
    this.#leaving = call.id
    this.#endTalk()
    this.#render()
    await this.#sayHangUp()
  }

  async setCamera(isOn: boolean): Promise<void> {
    await this.#media?.setCamera(isOn)
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    await this.#media?.setMicrophone(isOn)
  }

  silenceRing(): void {
    this.#ringTone.silence()
  }

  async takeOver(): Promise<void> {
    await this.#commandCall('call.attach')
  }

  dismiss(): void {
    const call = this.#view?.id
    if (call !== undefined) this.#dismissed = { call, phase: this.#getWholePhase() }
    this.#render()
  }

  /** Nobody is signed in here any more, or somebody else is: the talk is not this window's now. */
  #onConnection(state: ConnectionState): void {
    if (state !== 'signedOut' && state !== 'stopped') return
    this.#endTalk()
    this.#ringTone.stop()
    seatMemory.forget()
    this.#view = null
    this.#render()
  }

  #onNews(news: ServerNews): void {
    switch (news.type) {
      case 'welcome':
        this.#role = news.role
        this.#onSnapshot(news.call, news.serverTime)
        break
      case 'call.changed':
        this.#show(news.call)
        break
      case 'presence.changed':
      case 'directory.changed':
      case 'pairing.claimed':
      case 'choice.changed':
        break
      default:
        this.#talk?.receive(news)
    }
  }

  /** The welcome's call is the truth, whatever this window believed before (PR1). */
  #onSnapshot(call: CallView | null, serverTime: UnixMs): void {
    if (call !== null) {
      this.#adopt(call)
      // Perhaps it is this tab's own former socket that sits there, not known to be dead yet: asking
      // makes the server look, and the view that says `vacant` follows.
      if (call.seat === 'elsewhere' && seatMemory.isRemembered(call.id)) this.#returnToSeat(call)
    } else if (this.#view !== null && this.#view.state !== 'ended') {
      this.#adopt(endUnseen(this.#view, serverTime))
    }
  }

  /** Takes the server's word for the call, unless it is older than what is known. */
  #show(incoming: CallView): void {
    if (takeView(this.#view, incoming) === incoming) this.#adopt(incoming)
  }

  /** Does what the call as it now is asks of this window. */
  #adopt(view: CallView): void {
    this.#view = view
    if (view.state === 'ended') seatMemory.forget()
    else if (view.seat === 'here') seatMemory.remember(view.id)
    const phase = this.#getPhase()
    // Whoever talks elsewhere is told of the end there.
    if (phase === 'elsewhere') this.#involvedIn = null
    else if (phase !== 'idle' && phase !== 'ended') this.#involvedIn = view.id
    if (phase === 'incoming' || phase === 'outgoing') this.#prepareLink()
    this.#ringOrBeQuiet(view, phase)
    if (view.id === this.#leaving) this.#insistOnHangUp(view)
    else if (view.seat === 'vacant' && seatMemory.isRemembered(view.id)) this.#returnToSeat(view)
    else if (phase === 'talking') this.#talkOn(view)
    else if (phase !== 'incoming') this.#endTalk()
    this.#render()
  }

  /** While it rings: what is not there by the answer is asked for again by whoever needs it. */
  #prepareLink(): void {
    this.#loadLink().catch(() => undefined)
  }

  #ringOrBeQuiet(view: CallView, phase: CallPhase): void {
    const isRinging = this.#ringTone.state.value !== 'none'
    if (phase !== 'incoming') {
      if (isRinging) this.#ringTone.stop()
      return
    }
    if (!isRinging) this.#ringTone.start()
    // The worker is told the truth: this device really rings. The first word may have been lost.
    if (!isRinging || view.state === 'inviting') {
      this.#reports.send({ type: 'call.ringing', call: view.id })
    }
  }

  /** The hang-up has been lost, or could not be taken in; without a seat that must be taken first. */
  #insistOnHangUp(view: CallView): void {
    if (view.state === 'ended' || this.#isSayingHangUp) return
    if (view.seat === 'here') void this.#sayHangUp()
    else if (view.seat === 'vacant') this.#returnToSeat(view)
  }

  /** Until the server has heard it: the person is gone, and the other one must not sit and wait. */
  async #sayHangUp(): Promise<void> {
    this.#isSayingHangUp = true
    await this.#commandCall('call.hangUp')
    this.#isSayingHangUp = false
    setTimeout(() => {
      const view = this.#view
      if (view !== null && view.id === this.#leaving) this.#insistOnHangUp(view)
    }, SAY_AGAIN_MS)
  }

  #returnToSeat(view: CallView): void {
    this.#signalling.request({ type: 'call.attach', call: view.id }).then(
      ({ call }) => {
        this.#show(call)
        this.#talk?.resume()
        this.#reportMedia()
      },
      // Another window was faster, or the call has ended: the next view says so.
      () => undefined,
    )
  }

  /** The call is answered and this window plays its part. */
  #talkOn(view: CallView): void {
    if (this.#talk !== null) return
    const media = this.#media ?? this.#openMedia(view.media[this.#role]?.camera !== 'off')
    this.#talk = new Talk({
      call: view.id,
      side: this.#role,
      generation: view.generation,
      media,
      loadLink: this.#loadLink,
      send: (message) => {
        this.#signalling.send(message)
      },
      fetchIceConfig: () => this.#signalling.request({ type: 'turn.fetch', call: view.id }),
      onRemoteStream: (remoteStream) => {
        this.snapshot.patch({ remoteStream })
      },
      onLinked: (generation, path) => {
        this.snapshot.patch({ isLinked: true })
        this.#reports.send({ type: 'call.connected', call: view.id, generation, path })
      },
      onUnlinked: (generation) => {
        this.snapshot.patch({ isLinked: false })
        this.#reports.send({ type: 'call.lost', call: view.id, generation })
      },
    })
    // Devices that were open before the seat was taken have not been told of yet.
    this.#reportMedia()
  }

  #openMedia(withCamera: boolean): LocalMedia {
    this.#media?.close()
    const media = new LocalMedia()
    this.#media = media
    media.tracks.subscribe(() => {
      if (media !== this.#media) return
      this.#render()
      this.#reportMedia()
    })
    void media.open({ withCamera })
    return media
  }

  /** Ends what this window captures and sends; the lamp goes out. */
  #endTalk(): void {
    this.#talk?.close()
    this.#talk = null
    // Out of sight first: a camera that is let go of at the end has not been turned off by anybody.
    const media = this.#media
    this.#media = null
    media?.close()
  }

  #reportMedia(): void {
    const call = this.#view
    const tracks = this.#media?.tracks.value
    if (call?.seat !== 'here' || tracks === undefined || tracks.isOpening) return
    this.#reports.send({ type: 'call.media', call: call.id, media: tracks.state })
  }

  #reportAgain(view: CallView): void {
    if (view.state === 'inviting') this.#ringOrBeQuiet(view, this.#getPhase())
    this.#talk?.resume()
    this.#reportMedia()
  }

  /** @returns whether the server did it */
  async #commandCall(type: CallCommand): Promise<boolean> {
    const call = this.#view?.id
    if (call === undefined) return false
    return this.#command(async () => {
      const reply: ReplyTo<CallCommand> = await this.#signalling.request({ type, call })
      this.#show(reply.call)
    })
  }

  async #command(run: () => Promise<void>): Promise<boolean> {
    this.snapshot.patch({ isBusy: true, error: null })
    try {
      await run()
      return true
    } catch (error) {
      this.snapshot.patch({
        error: error instanceof NaervaerError ? error.code : 'CONNECTION_LOST',
      })
      return false
    } finally {
      this.snapshot.patch({ isBusy: false })
    }
  }

  #getPhase(): CallPhase {
    const phase = this.#getWholePhase()
    const isDismissed = this.#dismissed?.call === this.#view?.id && this.#dismissed?.phase === phase
    return isDismissed ? 'idle' : phase
  }

  /** Whatever has been dismissed. */
  #getWholePhase(): CallPhase {
    const view = this.#view
    if (view === null) return 'idle'
    if (view.id === this.#leaving) return 'ended'
    // A window on its way back to its own seat shows what it showed: the picture must not blink.
    const isReturning = view.seat === 'vacant' && seatMemory.isRemembered(view.id)
    const shown = isReturning ? ({ ...view, seat: 'here' } as const) : view
    return derivePhase(shown, this.#role, view.id === this.#involvedIn)
  }

  #render(): void {
    const phase = this.#getPhase()
    const view = phase === 'idle' ? null : this.#view
    const tracks = this.#media?.tracks.value
    const { localStream, remoteStream, isLinked } = this.snapshot.value
    this.snapshot.patch({
      phase,
      call: view,
      counterpart: view === null ? null : this.#getCounterpart(view),
      counterpartMedia: view === null ? null : view.media[otherSide(this.#role)],
      ownMedia: tracks?.state ?? NO_MEDIA,
      isOpening: tracks?.isOpening ?? false,
      isLinked: this.#talk !== null && isLinked,
      localStream: toStream(tracks?.video ?? null, localStream),
      remoteStream: this.#talk === null ? null : remoteStream,
    })
  }

  #getCounterpart(view: CallView): Person {
    return view[otherSide(this.#role)]
  }
}

/** The own picture, without sound; the same stream as long as the track is the same, so that it does not blink. */
function toStream(video: MediaStreamTrack | null, known: MediaStream | null): MediaStream | null {
  if (video === null) return null
  return known?.getVideoTracks()[0] === video ? known : new MediaStream([video])
}
