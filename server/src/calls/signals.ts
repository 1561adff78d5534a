import {
  findSignalling,
  getSeat,
  NaervaerError,
  type CallId,
  type ServerMessageOf,
  type SignalMessage,
} from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import type { LiveCall } from './live-call.ts'
import type { LiveCalls } from './live-calls.ts'
import { relay } from './relay.ts'
import type { CallsOptions } from './service.ts'
import { getSideOfPerson } from './view.ts'

/** What `turn.reply` tells. */
export type IceConfig = Pick<ServerMessageOf<'turn.reply'>, 'iceServers' | 'policy'>

/** What signals need of the calls. */
export interface SignalsHost {
  readonly live: LiveCalls
  /** @throws NaervaerError CALL_NOT_FOUND */
  loadEnded(id: CallId): Promise<LiveCall>
}

/** How the two sides of a call meet: their signals, their TURN credentials, and what may be in them. */
export class Signals {
  readonly #options: CallsOptions
  readonly #host: SignalsHost

  constructor(options: CallsOptions, host: SignalsHost) {
    this.#options = options
    this.#host = host
  }

  /**
   * Passes a signal on; see `relay`. At once where the call is live: only a refusal looks further.
   *
   * @throws NaervaerError CALL_NOT_FOUND for strangers, and what `relay` throws
   */
  pass(sender: Connection, message: SignalMessage, frame: Buffer): void | Promise<void> {
    const live = this.#host.live.find(message.call)
    if (live === undefined) return this.#refuseLate(sender, message.call)
    const side = getSideOfPerson(live.call, sender.personId)
    const isNewGeneration = relay(live, message, sender, frame, this.#options.presence)
    // Only what has been let through: a refused frame reached nobody.
    live.notes.noteSignal(side, message)
    if (isNewGeneration) this.#keepGeneration(live, message.generation)
  }

  /**
   * ICE servers and policy for the two that exchange signals: the seats, and while it rings the window on
   * standby.
   *
   * @throws NaervaerError CALL_NOT_FOUND, CALL_ENDED, CALL_NOT_ANSWERED, CALL_NOT_A_PARTY
   */
  async getIceConfig(sender: Connection, id: CallId): Promise<IceConfig> {
    const live = this.#host.live.find(id) ?? (await this.#host.loadEnded(id))
    const side = getSideOfPerson(live.call, sender.personId)
    if (live.call.state === 'ended') throw new NaervaerError('CALL_ENDED')
    if (findSignalling(live.call, side) !== sender.id) {
      const isAnswered = getSeat(live.call, side) !== null
      throw new NaervaerError(isAnswered ? 'CALL_NOT_A_PARTY' : 'CALL_NOT_ANSWERED')
    }
    const { turn } = this.#options
    const iceServers = turn.makeIceServers(live.turnNames[side])
    live.notes.noteIceServers(side, iceServers)
    return { iceServers, policy: live.isRelayed ? 'relay' : turn.policy }
  }

  /** Holds a call to its citizen's protected address from now on, to its end, and over a restart. */
  protect(live: LiveCall | undefined): void {
    if (live === undefined || live.isRelayed) return
    live.protect()
    const { repository, log } = this.#options
    repository.saveRelayed(live.call.id).catch((error: unknown) => {
      log.error({ err: error, callId: live.call.id }, 'protection of the call not stored')
    })
  }

  #keepGeneration({ call }: LiveCall, generation: number): void {
    const { repository, log } = this.#options
    repository.saveGeneration(call.id, generation).catch((error: unknown) => {
      log.error({ err: error, callId: call.id }, 'generation not stored')
    })
  }

  /** A signal that crossed the end of its call. */
  async #refuseLate(sender: Connection, id: CallId): Promise<void> {
    getSideOfPerson((await this.#host.loadEnded(id)).call, sender.personId)
    throw new NaervaerError('CALL_ENDED')
  }
}
