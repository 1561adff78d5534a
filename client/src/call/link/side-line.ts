import type { PeerLink } from './peer-link.ts'
import {
  parseSideMessage,
  type SideMessage,
  type SideMessageOf,
  type SideMessageType,
} from './side-message.ts'

/** Far more than is said in the time that a script takes. */
const MAX_EARLY = 200

/** The way from this window to the other side's; implemented by `Talk`. */
export interface SideCarrier {
  /** @returns whether it could be sent */
  sendText(text: string): boolean
  /** The peer connection that is up; null while there is none. */
  readonly link: PeerLink | null
  /** The generation of `link`; null while there is none. */
  readonly linkNumber: number | null
  /** Asks for another peer connection: this one is up, and something does not come through. */
  renew(): void
}

/**
 * The direct line of a call, for everything that is told beside sound and picture. It outlives the
 * peer connections that carry it: after each new one, whoever has something to say says it again.
 */
export class SideLine {
  #carrier: SideCarrier | null = null
  readonly #listeners = new Map<SideMessageType, (message: SideMessage) => void>()
  readonly #upListeners = new Set<() => void>()
  /** What has come for listeners that are not there yet; null once they are. */
  #early: SideMessage[] | null = []

  connect(carrier: SideCarrier): void {
    this.#carrier = carrier
  }

  /** The peer connection that is up; null while there is none. */
  get link(): PeerLink | null {
    return this.#carrier?.link ?? null
  }

  /** The generation of `link`, the same for both windows; null while there is none. */
  get linkNumber(): number | null {
    return this.#carrier?.linkNumber ?? null
  }

  /** Asks for another peer connection: this one is up, and something does not come through. */
  renew(): void {
    this.#carrier?.renew()
  }

  /** @returns whether it could be sent; what was lost with a connection is nobody's to repeat but the sender's */
  send(message: SideMessage): boolean {
    return this.#carrier?.sendText(JSON.stringify(message)) === true
  }

  /** Each type of message has one listener. */
  on<T extends SideMessageType>(type: T, listener: (message: SideMessageOf<T>) => void): void {
    // What is kept under a type is called with messages of that type only.
    this.#listeners.set(type, listener as (message: SideMessage) => void)
  }

  /** Called whenever a peer connection has come up. */
  onUp(listener: () => void): void {
    this.#upListeners.add(listener)
  }

  receive(text: string): void {
    const message = parseSideMessage(text)
    if (message !== null) this.#deliver(message)
  }

  /** All listeners are there: they get what has come before them, and are told of a connection that is up. */
  open(): void {
    const early = this.#early ?? []
    this.#early = null
    if (this.link !== null) this.tellUp()
    for (const message of early) this.#deliver(message)
  }

  #deliver(message: SideMessage): void {
    const listener = this.#listeners.get(message.type)
    if (listener !== undefined) listener(message)
    else if (this.#early !== null && this.#early.length < MAX_EARLY) this.#early.push(message)
  }

  tellUp(): void {
    for (const listener of this.#upListeners) listener()
  }
}
