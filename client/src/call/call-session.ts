import type { CallId, CallView, PersonId, SocketRole, UnixMs } from '@naervaer/shared'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { ServerNews, SignallingClient } from '../services/socket/signalling-client.ts'
import { Store } from '../services/store.ts'
import { Answering } from './answering.ts'
import {
  derivePhase,
  describeCounterpart,
  endUnseen,
  isParty,
  isPreparing,
  takeView,
} from './call-mirror.ts'
import {
  IDLE,
  type CallControl,
  type CallPhase,
  type CallSnapshot,
  type RingWords,
} from './call-snapshot.ts'
import { Commands } from './commands.ts'
import { GoingBack } from './going-back.ts'
import { Handover } from './handover.ts'
import { HangUp } from './hang-up.ts'
import { IncomingRing } from './incoming-ring.ts'
import type { OpenWish } from './media/open-wish.ts'
import { OwnPart } from './own-part.ts'
import { OwnSeat } from './own-seat.ts'
import type { MakeFeatures } from './features/features.ts'
import type { MakeLink } from './link/peer-link.ts'
import { followPage } from './follow-page.ts'
import { Reports } from './reports.ts'
import { talkMemory } from './talk-memory.ts'
import { UnsureRing } from './unsure-ring.ts'

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
  readonly #reports: Reports
  readonly #ring: IncomingRing
  readonly #commands: Commands
  readonly #seat: OwnSeat
  readonly #answering: Answering
  readonly #hangUp: HangUp
  readonly #handover = new Handover(() => {
    this.#render()
  })
  readonly back: GoingBack
  #role: SocketRole = 'citizen'
  #view: CallView | null = null
  #involvedIn: CallId | null = null
  readonly #unsureRing = new UnsureRing()
  /** What the person has left behind: of this call, and as it was then. */
  #dismissed: { readonly call: CallId; readonly phase: CallPhase } | null = null

  constructor(options: CallSessionOptions) {
    this.#signalling = options.signalling
    this.#loadLink = options.loadLink
    this.#reports = new Reports(options.signalling, (call) => {
      if (this.#view?.id === call) this.#reportAgain(this.#view)
    })
    this.#ring = new IncomingRing(this.#reports)
    this.#commands = new Commands(options.signalling, this.snapshot, (view) => {
      this.#show(view)
    })
    this.back = new GoingBack({
      signalling: options.signalling,
      command: async (run) => (await this.#commands.run(run)) === 'done',
      ring: (citizenId) => this.ring(citizenId),
      answer: (wish) => this.answer(wish),
    })
    this.#seat = new OwnSeat({
      signalling: options.signalling,
      getView: () => this.#view,
      onTaken: (view) => {
        // That of a request whose reply was lost.
        this.snapshot.patch({ error: null })
        this.#show(view)
        this.#part.resume(view)
      },
      onGivenUp: () => {
        this.#adoptAgain()
      },
    })
    this.#answering = this.#makeAnswering()
    this.#hangUp = new HangUp({
      getView: () => this.#view,
      say: () => this.#commands.send('call.hangUp', this.#view?.id),
      isSeatLost: (view) => this.#seat.isLost(view),
      takeSeat: (view) => {
        this.#seat.take(view)
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
    this.#signalling.onNews(this.#onNews.bind(this))
    this.#ring.state.subscribe(() => {
      this.snapshot.patch({ ringTone: this.#ring.state.value })
    })
    this.#signalling.state.subscribe(() => {
      this.#onConnection(this.#signalling.state.value)
    })
    followPage(() => {
      this.#part.end()
    })
  }

  async ring(citizenId: PersonId, said?: RingWords): Promise<void> {
    this.#unsureRing.begin(citizenId, this.#signalling.connection)
    const outcome = await this.#commands.run(async () => {
      const { call } = await this.#signalling.request({ type: 'call.invite', citizenId, ...said })
      this.#involvedIn = call.id
      this.#show(call)
    })
    if (outcome !== 'lost') this.#unsureRing.end()
  }

  async answer(wish: OpenWish): Promise<void> {
    const call = this.#view
    if (call === null) return
    // At once, and not after the server's reply: some browsers only ask for the camera in a tap.
    this.#part.openMedia(wish)
    this.#part.tellAnswered()
    await this.#answering.say(call.id)
  }

  #makeAnswering(): Answering {
    return new Answering({
      say: () => {
        if (this.#view !== null) this.#seat.claim(this.#view.id)
        return this.#commands.send('call.accept', this.#view?.id)
      },
      onRefused: () => {
        this.#part.end()
        this.#seat.forget()
        this.#adoptAgain()
      },
      // Its devices are open and stay so, and on the screen it has been answered.
      onUnsure: () => {
        this.#signalling.setHaste(true)
        this.#ring.stop()
        this.snapshot.patch({ error: null })
        this.#render()
      },
      onGivenUp: () => {
        if (this.#view !== null) this.#adopt(endUnseen(this.#view, Date.now()))
      },
    })
  }

  async decline(isAwaiting = false): Promise<void> {
    this.#ring.silence()
    await this.#commands.send('call.decline', this.#view?.id, isAwaiting ? { isAwaiting } : {})
  }

  async cancel(): Promise<void> {
    await this.#commands.send('call.cancel', this.#view?.id)
  }

  async hangUp(): Promise<void> {
    const call = this.#view
    if (call === null) return
    this.#hangUp.mark(call.id)
    this.#answering.forget()
    this.#part.end()
    this.#render()
    await this.#hangUp.insist(call)
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

  async setPaused(isPaused: boolean): Promise<void> {
    await this.#part.setPaused(isPaused)
  }

  silenceRing(): void {
    this.#ring.silence()
  }

  async takeOver(): Promise<void> {
    const call = this.#view?.id
    if (call === undefined) return
    this.#seat.claim(call)
    const outcome = await this.#commands.run(async () => {
      const reply = await this.#signalling.request({ type: 'call.attach', call, former: null })
      this.#show(reply.call)
    })
    if (outcome !== 'refused') return
    this.#seat.forget()
    this.#adoptAgain()
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
    this.#ring.stop()
    this.back.forgetAsked()
    this.#forget()
    this.#unsureRing.end()
    this.#view = null
    this.#render()
  }

  #onNews(news: ServerNews): void {
    this.#part.hear(news)
    switch (news.type) {
      case 'welcome':
        this.#role = news.role
        this.back.forgetAsked()
        this.#onSnapshot(news.call, news.serverTime)
        void this.back.askAgain()
        break
      case 'call.changed':
        this.#show(news.call)
        break
      case 'call.backAsked':
        this.back.noteAsked(news)
        break
      // Signals, of all news, have one.
      default:
        if ('generation' in news) this.#part.receive(news)
    }
  }

  /** The welcome's call is the truth, whatever this window believed before (PR1). */
  #onSnapshot(call: CallView | null, serverTime: UnixMs): void {
    if (call !== null) {
      const wasRinging = this.#getPhase() === 'incoming'
      const own = this.#unsureRing.recognise(call)
      if (own !== null) {
        this.#seat.claim(call.id, own.by)
        this.#involvedIn = call.id
      }
      this.#adopt(call)
      // A new connection may be the one on standby, where the former one was.
      if (wasRinging && call.state === 'ringing') this.#ring.say(call)
    } else if (this.#view !== null && this.#view.state !== 'ended') {
      this.#adopt(endUnseen(this.#view, serverTime))
    }
    this.#unsureRing.end()
  }

  /** Takes the server's word for the call, unless it is older than what is known. */
  #show(incoming: CallView): void {
    if (takeView(this.#view, incoming) === incoming) this.#adopt(incoming)
  }

  /** Does what the call as it now is asks of this window. */
  #adopt(view: CallView): void {
    this.#view = view
    this.#handover.follow(view, this.#part.state.isLinked)
    this.#part.turnTo(view.id)
    this.#seat.follow(view)
    this.#answering.follow(view)
    const phase = this.#getPhase()
    const isOnTheWay = this.#isSeatLost(view) || this.#answering.isUnsureOf(view.id)
    this.#signalling.setHaste(isParty(view) || isOnTheWay)
    if (phase === 'elsewhere') this.#leaveTo(view)
    else if (phase !== 'idle' && phase !== 'ended') this.#involvedIn = view.id
    // What is not there by the answer is asked for again by whoever needs it.
    if (phase === 'incoming' || phase === 'outgoing') this.#loadLink().catch(() => undefined)
    if (this.back.follow(view, phase, this.#role)) void this.#answerBack(view)
    if (view.state === 'ended') this.#forget()
    if (!this.back.isAnswering(view.id)) this.#ringOrBeQuiet(view, phase)
    this.#act(view, phase)
    this.#render()
  }

  #act(view: CallView, phase: CallPhase): void {
    if (this.#hangUp.isOf(view.id)) void this.#hangUp.insist(view)
    else if (this.#answering.isUnsureOf(view.id)) void this.#answering.say(view.id)
    // The part is kept meanwhile: sound and picture need no server.
    else if (this.#isSeatLost(view)) this.#seat.take(view)
    else if (phase === 'talking') this.#part.talkOn(view, this.#role)
    else if (isPreparing(view)) this.#part.prepare(view, this.#role)
    // A window that is being answered in has its devices open already.
    else if (phase !== 'incoming' && !this.#isBeingAnswered(view)) this.#part.end()
  }

  /** What has changed here, and not in the view, has consequences as well. */
  #adoptAgain(): void {
    if (this.#view !== null) this.#adopt(this.#view)
  }

  /** Another window's answer may be known before the refusal of this one's. */
  #isSeatLost(view: CallView): boolean {
    return this.#seat.isLost(view) && !this.#isBeingAnswered(view)
  }

  #isBeingAnswered({ id, state }: CallView): boolean {
    return state !== 'ended' && this.#answering.isSaying(id)
  }

  /** Whoever talks elsewhere is told of the end there, and says there what is to be on. */
  #leaveTo(view: CallView): void {
    this.#involvedIn = null
    if (!this.#isSeatLost(view)) talkMemory.forget()
  }

  /** What this tab remembers of a call is nobody's after it. */
  #forget(): void {
    this.#seat.forget()
    this.#answering.forget()
    talkMemory.forget()
  }

  /** The ring that was asked for was not answered after all: now it rings. */
  async #answerBack({ id }: CallView): Promise<void> {
    await this.back.answerRing()
    if (this.#view?.id === id && this.#getPhase() === 'incoming') this.#adoptAgain()
  }

  #ringOrBeQuiet(view: CallView, phase: CallPhase): void {
    if (phase === 'incoming') this.#ring.ring(view)
    else this.#ring.stop()
  }

  #reportAgain(view: CallView): void {
    if (view.state === 'inviting') this.#ringOrBeQuiet(view, this.#getPhase())
    this.#part.resume(view)
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
    if (this.#answering.isUnsureOf(view.id)) return 'talking'
    // A window on its way back to its own seat shows what it showed: the picture must not blink.
    const isHeld = view.seat === 'vacant' || view.id === this.#involvedIn
    const isReturning = isHeld && this.#isSeatLost(view)
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
      ...describeCounterpart(view, this.#role),
      call: view,
      isHandedOver: this.#handover.isOn,
      ...this.#part.state,
    })
  }
}
