// The package's own entry needs Node's `global`, `process` and `Buffer`; its prebuilt bundle does not.
declare module 'simple-peer/simplepeer.min.js' {
  import type { ConnectionClasses } from './own-frame.ts'

  interface PeerOptions {
    initiator: boolean
    trickle: boolean
    config: RTCConfiguration
    /** The page's own where it is left out. */
    wrtc?: ConnectionClasses
  }

  interface PeerEvents {
    signal: (data: object) => void
    connect: () => void
    data: (data: unknown) => void
    close: () => void
    error: (error: Error) => void
  }

  export default class Peer {
    constructor(options: PeerOptions)
    /** Private in name; the only way to statistics, transceivers and received tracks. Null once destroyed. */
    readonly _pc: RTCPeerConnection | null
    readonly destroyed: boolean
    on<E extends keyof PeerEvents>(event: E, listener: PeerEvents[E]): this
    signal(data: object): void
    addTransceiver(kind: 'audio' | 'video', init: RTCRtpTransceiverInit): void
    destroy(): void
  }
}

declare module 'simple-peer/simplepeer.min.js?url' {
  /** Where the bundle lies in the built client. */
  const address: string
  export default address
}
