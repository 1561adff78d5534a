import {
  findDeviceFault,
  getSeat,
  isAnswered,
  type AttemptFacts,
  type Call,
  type DeviceFault,
  type IceServer,
  type MediaState,
  type Side,
  type SignalMessage,
} from '@naervaer/shared'

const SIDES: readonly Side[] = ['worker', 'citizen']

/**
 * What a call meets on its way that its end does not tell, to say afterwards why an attempt did not
 * work: whether somebody's device failed, and whether TURN answered. Facts, never addresses.
 */
export class AttemptNotes {
  #fault: DeviceFault | null
  /** Sides whose first word on their devices has been heard; what fails later is no false start. */
  readonly #heard = new Set<Side>()
  readonly #toldOfTurn = new Set<Side>()
  readonly #relayed = new Set<Side>()

  /** @param fault - what was noted before a restart of the server */
  constructor(call: Call, fault: DeviceFault | null) {
    this.#fault = fault
    if (isAnswered(call)) for (const side of SIDES) this.#heard.add(side)
  }

  noteIceServers(side: Side, servers: readonly IceServer[]): void {
    if (servers.length > 0) this.#toldOfTurn.add(side)
  }

  noteSignal(side: Side, message: SignalMessage): void {
    const isRelayed =
      message.type === 'signal.candidate'
        ? message.candidate.candidate.includes(' typ relay')
        : message.type === 'signal.description' && message.description.sdp.includes(' typ relay')
    if (isRelayed) this.#relayed.add(side)
  }

  /** The fault that is to be kept with this step of the call: the first that a first word tells of. */
  findNewFault(call: Call): DeviceFault | null {
    if (this.#fault !== null) return null
    for (const { media } of this.#listFirstWords(call)) {
      const fault = findDeviceFault(media)
      if (fault !== null) return fault
    }
    return null
  }

  /** The step has been taken, and what `findNewFault` said is kept. */
  noteDevices(call: Call): void {
    this.#fault ??= this.findNewFault(call)
    for (const { side } of this.#listFirstWords(call)) this.#heard.add(side)
  }

  /** @param before - the call as it was when it ended */
  getFacts(before: Call): AttemptFacts {
    return {
      fault: this.#fault,
      isRelayMissing: SIDES.some((side) => this.#toldOfTurn.has(side) && !this.#relayed.has(side)),
      isMediaAway: before.state === 'reconnecting',
    }
  }

  #listFirstWords(call: Call): { side: Side; media: MediaState }[] {
    return SIDES.flatMap((side) => {
      const media = getSeat(call, side)?.media ?? null
      return media === null || this.#heard.has(side) ? [] : [{ side, media }]
    })
  }
}
