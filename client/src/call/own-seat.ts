import {
  NaervaerError,
  type CallId,
  type CallView,
  type ConnectionId,
  type DurationMs,
} from '@naervaer/shared'
import type { SignallingClient } from '../services/socket/signalling-client.ts'
import { seatMemory } from './seat-memory.ts'

/** A little longer than the server gives a connection that may be dead (protocol.md, SE6). */
const CHALLENGE_MS: DurationMs = 2_500

/** Before what the server could not take in is asked again. */
const ASK_AGAIN_MS: DurationMs = 2_000

/** More losses than that in a row, each in the middle of a question, are none worth a frame. */
const MOST_FORMER = 4

export interface OwnSeatOptions {
  readonly signalling: Pick<SignallingClient, 'state' | 'connection' | 'request'>
  readonly getView: () => CallView | null
  /** It is this window's again. */
  readonly onTaken: (view: CallView) => void
  /** Another window has it, or there is none: this window has no part in the call any more. */
  readonly onGivenUp: () => void
}

/**
 * The seat that this window has in a call, and its way back to it when the connection has been lost:
 * what may be this very tab's own former socket is given the time to be found dead.
 */
export class OwnSeat {
  readonly #options: OwnSeatOptions
  /**
   * The connection with which this window had its seat last, and before it those by which it has asked for
   * it since: the reply may be lost.
   */
  #by: readonly ConnectionId[] = []
  #isAsking = false
  /** How often the server has said on this connection that somebody sits there. */
  #refusals = 0
  #askedOn: ConnectionId | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OwnSeatOptions) {
    this.#options = options
  }

  /**
   * This window is about to ask for the seat.
   *
   * @param by - the connection that it asks, or has asked, with
   */
  claim(call: CallId, by: ConnectionId | null = this.#options.signalling.connection): void {
    seatMemory.remember(call)
    this.#by = by === null ? [] : [by]
  }

  /** Keeps up with the call that this window shows. */
  follow({ id, state, seat }: CallView): void {
    if (state === 'ended') clearTimeout(this.#timer)
    else if (seat === 'here') this.claim(id)
  }

  /** Whether the seat was this window's, and the server does not think so now. */
  isLost({ id, state, seat }: CallView): boolean {
    const isElsewhere = seat === 'vacant' || seat === 'elsewhere'
    return state !== 'ended' && isElsewhere && seatMemory.isRemembered(id)
  }

  /** Asks for the seat; without a connection the next welcome is the time for it. */
  take({ id: call }: CallView): void {
    const { signalling } = this.#options
    if (this.#isAsking || signalling.state.value !== 'open') return
    const { connection } = signalling
    if (connection !== this.#askedOn) this.#refusals = 0
    clearTimeout(this.#timer)
    this.#askedOn = connection
    this.#ask(call, this.#by)
  }

  #ask(call: CallId, [former, ...others]: readonly ConnectionId[]): void {
    const { signalling } = this.#options
    const { connection } = signalling
    this.#isAsking = true
    const reply = signalling.request({ type: 'call.attach', call, former: former ?? null })
    seatMemory.remember(call)
    this.#forgetBy(connection)
    if (connection !== null) this.#by = [connection, ...this.#by].slice(0, MOST_FORMER)
    reply.then(
      (taken) => {
        this.#isAsking = false
        this.#options.onTaken(taken.call)
      },
      (error: unknown) => {
        this.#isAsking = false
        if (!(error instanceof NaervaerError)) return
        this.#forgetBy(connection)
        if (error.code === 'CALL_SEAT_TAKEN' && others.length > 0) this.#ask(call, others)
        else this.#onRefused(call, error)
      },
    )
  }

  /** The seat is not this connection's, whatever it has asked for. */
  #forgetBy(connection: ConnectionId | null): void {
    this.#by = this.#by.filter((each) => each !== connection)
  }

  /** What this tab remembers of it is nobody's any more. */
  forget(): void {
    clearTimeout(this.#timer)
    seatMemory.forget()
  }

  #onRefused(call: CallId, { code, retry }: NaervaerError): void {
    const isTaken = code === 'CALL_SEAT_TAKEN'
    if (isTaken) this.#refusals += 1
    if (isTaken ? this.#refusals > 1 : retry !== 'later') {
      this.forget()
      this.#options.onGivenUp()
      return
    }
    this.#timer = setTimeout(
      () => {
        const view = this.#options.getView()
        if (view?.id === call && this.isLost(view)) this.take(view)
      },
      isTaken ? CHALLENGE_MS : ASK_AGAIN_MS,
    )
  }
}
