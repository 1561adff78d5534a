import {
  NaervaerError,
  otherSide,
  type CallId,
  type CallView,
  type ConnectionId,
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
import { IDLE, type CallControl, type CallPhase, type CallSnapshot } from './call-snapshot.ts'
import { GoingBack } from './going-back.ts'
import { HangUp } from './hang-up.ts'
import type { OpenWish } from './open-wish.ts'
import { OwnPart } from './own-part.ts'
import type { MakeFeatures } from './features/features.ts'
import type { MakeLink } from './peer-link.ts'
import { Reports } from './reports.ts'
import { RingTone } from './ring-tone.ts'
import { seatMemory } from './seat-memory.ts'
import { talkMemory } from './talk-memory.ts'

/** The requests that change a call by naming it and nothing else; a person presses a button for each. */
type CallCommand = 'call.accept' | 'call.decline' | 'call.cancel' | 'call.hangUp'

export interface CallSessionOptions {
  readonly signalling: SignallingClient
  /** Its script comes after the first one: asked for as soon as a call is in sight. */
  readonly loadLink: () => Promise<MakeLink>
  /** As late, and as early. */
  readonly loadFeatures: () => Promise<MakeFeatures>
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
  readonly #part: OwnPart
  readonly #ringTone = new RingTone()
  readonly #reports: Reports
  readonly #hangUp: HangUp
  readonly back: GoingBack
  #role: SocketRole = 'citizen'
  #view: CallView | null = null
  #involvedIn: CallId | null = null
  /** The call that rings here, or the last that did. */
  #rings: CallId | null = null
  /** The connection with which this window had its seat last: the server may think that it still does. */
  #seatedBy: ConnectionId | null = null
  /** The server has been asked for the seat again, and has not answered. */
  #isReturning = false
  /** What the person has left behind: of this call, and as it was then. */
  #dismissed: { readonly call: CallId; readonly phase: CallPhase } | null = null

  constructor(options: CallSessionOptions) {
    this.#signalling = options.signalling
    this.#loadLink = options.loadLink
    this.#reports = new Reports(options.signalling, (call) => {
      if (this.#view?.id === call) this.#reportAgain(this.#view)
    })
    this.back = new GoingBack({
      signalling: options.signalling,
      command: (run) => this.#command(run),
      ring: (citizenId) => this.ring(citizenId),
      answer: (wish) => this.answer(wish),
    })
    this.#hangUp = new HangUp({
      getView: () => this.#view,
      say: () => this.#commandCall('call.hangUp'),
      takeSeat: (view) => {
        this.#returnToSeat(view)
      },
    })
    this.#part = new OwnPart({
      ...options,
      reports: this.#reports,
      onChange: () => {
        this.#render()
      },
      onDevices: () => {
        this.#render()
        if (this.#view !== null) this.#part.reportMedia(this.#view)
      },
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
      this.#part.end()
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

  async answer(wish: OpenWish): Promise<void> {
    const call = this.#view
    if (call === null) return
    // At once, and not after the server's reply: some browsers only ask for the camera in a tap.
    this.#part.openMedia(wish)
    this.#part.tellAnswered()
    const isDone = await this.#commandCall('call.accept')
    if (!isDone) this.#part.end()
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
    this.#hangUp.mark(call.id)
    this.#part.end()
    this.#render()
    await this.#hangUp.say()
  }

  async setCamera(isOn: boolean): Promise<void> {
    await this.#part.setCamera(isOn)
  }

  async recoverMedia(): Promise<void> {
    await this.#part.recoverMedia()
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    await this.#part.setMicrophone(isOn)
  }

  silenceRing(): void {
    this.#ringTone.silence()
  }

  async takeOver(): Promise<void> {
    const call = this.#view?.id
    if (call === undefined) return
    await this.#command(async () => {
      const reply = await this.#signalling.request({ type: 'call.attach', call, former: null })
      this.#show(reply.call)
    })
  }

  dismiss(): void {
    const call = this.#view?.id
    if (call !== undefined) this.#dismissed = { call, phase: this.#getWholePhase() }
    this.back.leave()
    this.#render()
  }

  /** Nobody is signed in here any more, or somebody else is: the talk is not this window's now. */
  #onConnection(state: ConnectionState): void {
    if (state !== 'signedOut' && state !== 'stopped') return
    this.#signalling.setHaste(false)
    this.#part.end()
    this.#ringTone.stop()
    this.#forget()
    this.#view = null
    this.#render()
  }

  #onNews(news: ServerNews): void {
    this.#part.hear(news)
    switch (news.type) {
      case 'welcome':
        this.#role = news.role
        this.#onSnapshot(news.call, news.serverTime)
        break
      case 'call.changed':
        this.#show(news.call)
        break
      case 'call.backAsked':
        this.back.noteAsked(news)
        break
      case 'presence.changed':
      case 'directory.changed':
      case 'pairing.claimed':
      case 'choice.changed':
      case 'protection.changed':
        break
      default:
        this.#part.receive(news)
    }
  }

  /** The welcome's call is the truth, whatever this window believed before (PR1). */
  #onSnapshot(call: CallView | null, serverTime: UnixMs): void {
    if (call !== null) {
      // Perhaps it is this tab's own former socket that sits there, not known to be dead yet: one of
      // this page gives way at once; for one of before a reload, asking makes the server look.
      const isOwnSeat = call.seat === 'elsewhere' && seatMemory.isRemembered(call.id)
      this.#isReturning = isOwnSeat
      const wasRinging = this.#getPhase() === 'incoming'
      this.#adopt(call)
      if (isOwnSeat) this.#returnToSeat(call)
      // A new connection may be the one on standby, where the former one was.
      if (wasRinging && call.state === 'ringing') this.#sayRinging(call)
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
    this.#part.turnTo(view.id)
    if (view.state !== 'ended' && view.seat === 'here') {
      seatMemory.remember(view.id)
      this.#seatedBy = this.#signalling.connection
    }
    const phase = this.#getPhase()
    this.#signalling.setHaste(isParty(view))
    // Whoever talks elsewhere is told of the end there.
    if (phase === 'elsewhere') this.#involvedIn = null
    else if (phase !== 'idle' && phase !== 'ended') this.#involvedIn = view.id
    if (phase === 'incoming' || phase === 'outgoing') this.#prepareLink()
    if (this.back.follow(view, phase, this.#role)) void this.#answerBack(view)
    if (view.state === 'ended') this.#forget()
    if (!this.back.isAnswering(view.id)) this.#ringOrBeQuiet(view, phase)
    if (this.#hangUp.isOf(view.id)) this.#hangUp.insist(view)
    else if (view.seat === 'vacant' && seatMemory.isRemembered(view.id)) this.#returnToSeat(view)
    else if (phase === 'talking') this.#part.talkOn(view, this.#role)
    else if (isPreparing(view)) this.#part.prepare(view, this.#role)
    // A window that is being answered in has its devices open already.
    else if (phase !== 'incoming') this.#part.end()
    this.#render()
  }

  /** What this tab remembers of a call is nobody's after it. */
  #forget(): void {
    seatMemory.forget()
    talkMemory.forget()
  }

  /** The ring that was asked for was not answered after all: now it rings. */
  async #answerBack(view: CallView): Promise<void> {
    await this.back.answerRing()
    if (this.#view?.id === view.id && this.#getPhase() === 'incoming') this.#adopt(this.#view)
  }

  /** While it rings: what is not there by the answer is asked for again by whoever needs it. */
  #prepareLink(): void {
    this.#loadLink().catch(() => undefined)
  }

  #ringOrBeQuiet(view: CallView, phase: CallPhase): void {
    if (phase !== 'incoming') {
      if (this.#ringTone.state.value !== 'none') this.#ringTone.stop()
      return
    }
    // Silence is for one ring: the next one may come while nobody has told of the end of the former.
    const isRinging = this.#ringTone.state.value !== 'none' && this.#rings === view.id
    this.#rings = view.id
    if (!isRinging) this.#ringTone.start()
    // The worker is told the truth: this device really rings. The first word may have been lost.
    if (!isRinging || view.state === 'inviting') this.#sayRinging(view)
  }

  #sayRinging(view: CallView): void {
    this.#reports.send({ type: 'call.ringing', call: view.id })
  }

  #returnToSeat(view: CallView): void {
    this.#isReturning = true
    const attach = { type: 'call.attach', call: view.id, former: this.#seatedBy } as const
    this.#signalling.request(attach).then(
      ({ call }) => {
        this.#isReturning = false
        this.#show(call)
        this.#part.resume(call)
      },
      (error: unknown) => {
        this.#isReturning = false
        // Another window was faster, or the call has ended: the next view says so.
        if (error instanceof NaervaerError && this.#view !== null) this.#adopt(this.#view)
      },
    )
  }

  #reportAgain(view: CallView): void {
    if (view.state === 'inviting') this.#ringOrBeQuiet(view, this.#getPhase())
    this.#part.resume(view)
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
    if (this.#hangUp.isOf(view.id)) return 'ended'
    // A window on its way back to its own seat shows what it showed: the picture must not blink.
    const isHeldByFormer = view.seat === 'elsewhere' && this.#isReturning && this.#part.isThere
    const isLost = view.seat === 'vacant' || isHeldByFormer
    const isReturning = isLost && seatMemory.isRemembered(view.id)
    const shown = isReturning ? ({ ...view, seat: 'here' } as const) : view
    return derivePhase(shown, this.#role, view.id === this.#involvedIn)
  }

  #render(): void {
    const phase = this.#getPhase()
    // A ring that this window answers by itself is not shown: the page says that one waits for it.
    if (phase === 'incoming' && this.back.isAnswering(this.#view?.id)) return
    const view = phase === 'idle' ? null : this.#view
    this.snapshot.patch({
      phase,
      call: view,
      counterpart: view === null ? null : this.#getCounterpart(view),
      counterpartMedia: view === null ? null : view.media[otherSide(this.#role)],
      ...this.#part.state,
    })
  }

  #getCounterpart(view: CallView): Person {
    return view[otherSide(this.#role)]
  }
}

/** Whether this window has, or may soon have, a part in a live call. */
function isParty({ state, seat }: CallView): boolean {
  return state !== 'ended' && seat !== 'elsewhere' && seat !== 'none'
}

/** Whether this window and the other side's may connect before the answer. */
function isPreparing({ state, seat }: CallView): boolean {
  return state === 'ringing' && (seat === 'here' || seat === 'standby')
}
