import {
  GO_BACK_MS,
  NaervaerError,
  type CallId,
  type CallView,
  type DurationMs,
  type Person,
  type PersonId,
  type ServerMessageOf,
  type Side,
} from '@naervaer/shared'
import type { SignallingClient } from '../services/socket/signalling-client.ts'
import { Store } from '../services/store.ts'
import type { CallPhase } from './call-snapshot.ts'
import { findOpenWish, type OpenWish } from './media/open-wish.ts'

export interface BackState {
  /**
   * How it stands with going back to the conversation that this person has hung up.
   *
   * - `none`: there is nothing to go back to
   * - `offered`: for two minutes
   * - `waiting`: the citizen has asked, and the worker has not rung yet
   * - `over`: the two minutes are over
   * - `late`: the same, while the citizen waited, and the worker has not rung
   * - `notNow`: the worker has said that it cannot be now
   */
  readonly own: 'none' | 'offered' | 'waiting' | 'over' | 'late' | 'notNow'
  /** The citizens who want to go back, of this worker's; who asked first comes first. */
  readonly asked: readonly Person[]
}

export interface GoingBackOptions {
  readonly signalling: Pick<SignallingClient, 'request'>
  /** Runs what the person has asked for; trouble shows in the session's snapshot. */
  readonly command: (run: () => Promise<void>) => Promise<boolean>
  readonly ring: (citizenId: PersonId) => Promise<void>
  readonly answer: (wish: OpenWish) => Promise<void>
}

/** What pages may do about a conversation that has been hung up. */
export interface BackControl {
  readonly state: Store<BackState>
  /** The worker rings; the citizen asks the worker to. */
  goBack(): Promise<void>
  /** The citizen has thought better of it. */
  stop(): Promise<void>
  /** The worker rings a citizen who has asked. */
  answer(citizenId: PersonId): Promise<void>
  /** The worker cannot now, and the citizen is told so. */
  dismiss(citizenId: PersonId): void
}

/** A citizen who wants to go back. */
interface Wish {
  readonly call: CallId
  readonly citizen: Person
  readonly timer: ReturnType<typeof setTimeout>
}

/** What follows one's own hang-up, or the other's: see docs/call-lifecycle.md, "After a hang-up". */
export class GoingBack implements BackControl {
  readonly state = new Store<BackState>({ own: 'none', asked: [] })
  readonly #options: GoingBackOptions
  #hungUp: CallView | null = null
  #wish: OpenWish = { withCamera: false }
  #answering: CallId | null = null
  #ownTimer: ReturnType<typeof setTimeout> | undefined
  readonly #wishes = new Map<PersonId, Wish>()

  constructor(options: GoingBackOptions) {
    this.#options = options
  }

  async goBack(): Promise<void> {
    const call = this.#hungUp
    if (call === null) return
    if (call.endReason === 'hangup_staff') {
      await this.#options.ring(call.citizen.id)
      return
    }
    // At once: the worker may ring before the reply is here.
    this.#setWaiting(true)
    const isDone = await this.#ask(call.id, true)
    if (!isDone) this.#setWaiting(false)
  }

  async stop(): Promise<void> {
    const call = this.#hungUp
    this.#setWaiting(false)
    if (call !== null) await this.#ask(call.id, false)
  }

  async answer(citizenId: PersonId): Promise<void> {
    if (this.#wishes.has(citizenId)) await this.#options.ring(citizenId)
  }

  dismiss(citizenId: PersonId): void {
    const wish = this.#wishes.get(citizenId)
    if (wish === undefined) return
    this.#endWish(citizenId)
    const { call } = wish
    // Lost with the connection, it leaves the citizen to the end of the two minutes, and nothing worse.
    void this.#options.signalling
      .request({ type: 'call.goBack', call, isWanted: false })
      .catch(() => undefined)
  }

  /**
   * Keeps up with the call that this window shows; before what the tab remembers of its end is forgotten.
   *
   * @returns whether it is the ring that was asked for, which this window answers by itself, once
   */
  follow(view: CallView, phase: CallPhase, side: Side): boolean {
    if (phase === 'ended') this.#noteEnd(view, side)
    else if (phase === 'incoming') return this.#take(view)
    else if (phase === 'talking' || phase === 'outgoing') this.#forget()
    return false
  }

  /** Answers the ring that was asked for, with camera and microphone as they were. */
  async answerRing(): Promise<void> {
    this.#setWaiting(false)
    await this.#options.answer(this.#wish)
    this.#answering = null
  }

  isAnswering(call: CallId | undefined): boolean {
    return call !== undefined && this.#answering === call
  }

  /** The person has left the end of the call behind. */
  leave(): void {
    if (this.state.value.own === 'waiting') void this.stop()
    this.#forget()
  }

  /** A new connection: who still wants to go back is told after its welcome, and only that. */
  forgetAsked(): void {
    for (const citizenId of [...this.#wishes.keys()]) this.#endWish(citizenId)
  }

  /** The connection is back: a server that was started anew does not know what the citizen has asked for. */
  async askAgain(): Promise<void> {
    const call = this.#hungUp
    if (call === null || this.state.value.own !== 'waiting') return
    try {
      await this.#options.signalling.request({ type: 'call.goBack', call: call.id, isWanted: true })
    } catch (error) {
      if (error instanceof NaervaerError) this.state.patch({ own: 'late' })
    }
  }

  noteAsked({ call, citizen, leftMs }: ServerMessageOf<'call.backAsked'>): void {
    if (leftMs > 0) this.#showWish(call, citizen, leftMs)
    else this.#endWish(citizen.id)
    const isOwn = call === this.#hungUp?.id && this.state.value.own === 'waiting'
    if (isOwn && leftMs === 0) this.state.patch({ own: 'notNow' })
  }

  #noteEnd(view: CallView, side: Side): void {
    if (view.id === this.#hungUp?.id || !isOwnHangUp(view, side)) return
    this.#hungUp = view
    const { withCamera, withMicrophone } = findOpenWish(view, side)
    this.#wish = { withCamera, withMicrophone }
    this.state.patch({ own: 'offered' })
    clearTimeout(this.#ownTimer)
    this.#ownTimer = setTimeout(() => {
      this.state.patch({ own: afterTime(this.state.value.own) })
    }, GO_BACK_MS)
  }

  #take(ringing: CallView): boolean {
    const isAsked =
      this.state.value.own === 'waiting' && this.#hungUp?.worker.id === ringing.worker.id
    if (!isAsked) return false
    // Whoever has put the phone away is not shown to anybody: there it rings, like any other call.
    if (document.visibilityState !== 'visible') {
      this.#forget()
      return false
    }
    this.#answering = ringing.id
    return true
  }

  #forget(): void {
    clearTimeout(this.#ownTimer)
    this.#hungUp = null
    this.state.patch({ own: 'none' })
  }

  #setWaiting(isWaiting: boolean): void {
    if (this.#hungUp !== null) this.state.patch({ own: isWaiting ? 'waiting' : 'offered' })
  }

  #ask(call: CallId, isWanted: boolean): Promise<boolean> {
    return this.#options.command(async () => {
      await this.#options.signalling.request({ type: 'call.goBack', call, isWanted })
    })
  }

  #showWish(call: CallId, citizen: Person, leftMs: DurationMs): void {
    clearTimeout(this.#wishes.get(citizen.id)?.timer)
    const timer = setTimeout(() => {
      this.#endWish(citizen.id)
    }, leftMs)
    this.#wishes.set(citizen.id, { call, citizen, timer })
    this.#showWishes()
  }

  #endWish(citizenId: PersonId): void {
    clearTimeout(this.#wishes.get(citizenId)?.timer)
    if (this.#wishes.delete(citizenId)) this.#showWishes()
  }

  #showWishes(): void {
    this.state.patch({ asked: [...this.#wishes.values()].map(({ citizen }) => citizen) })
  }
}

/** What is left of it when the two minutes are over. */
function afterTime(own: BackState['own']): BackState['own'] {
  if (own === 'waiting') return 'late'
  return own === 'offered' ? 'over' : own
}

function isOwnHangUp({ state, endReason, answeredAt }: CallView, side: Side): boolean {
  const own = side === 'worker' ? 'hangup_staff' : 'hangup_citizen'
  return state === 'ended' && endReason === own && answeredAt !== null
}
