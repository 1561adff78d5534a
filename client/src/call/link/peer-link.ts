import type { IceServer, MediaPolicy, Path } from '@naervaer/shared'
import type Peer from 'simple-peer/simplepeer.min.js'
import { readFingerprints, type Fingerprints } from './fingerprints.ts'
import { openOwnFrame, type OwnFrame } from './own-frame.ts'
import { PathWatch } from './path-watch.ts'
import { findSelectedPath } from './selected-path.ts'
import { SideChannels } from './side-channels.ts'
import { toSignal } from './to-signal.ts'
import type { Signal } from './signal-order.ts'
import type { TextChannel } from './text-channel.ts'

const STATS_RETRY_MS = 100

export type TrackKind = 'audio' | 'video'

export interface PeerLinkOptions {
  /** The worker's side makes every offer, so offers never collide (a rollback freezes Chromium's picture). */
  readonly isOfferer: boolean
  readonly iceServers: readonly IceServer[]
  readonly policy: MediaPolicy
  /** The same for all links of a call, so that its fingerprint stays; null makes a new one. */
  readonly certificate: RTCCertificate | null
  /** The one before was given up: the networks may be others than the page knows. */
  readonly isRecovery: boolean
}

/** What a link tells its owner. After `onDown` or `close` it says nothing more. */
export interface PeerLinkListener {
  onSignal(signal: Signal): void
  /** Sound or picture of the other side begins to arrive. */
  onFlowing(): void
  /** The connection is up. */
  onUp(path: Path): void
  /** Nothing arrives any more, though nothing has failed yet. */
  onSilent(): void
  /** Something arrives again, after a silence. */
  onHeard(): void
  /** A text that the other side has sent beside sound and picture; unchecked. */
  onMessage(text: string): void
  /** The connection could not be made, has failed, or was closed by the other side. */
  onDown(): void
}

/** simple-peer's class, as its bundle leaves it with the window. */
export type PeerClass = typeof Peer

/** Makes a link; the bundle that it needs is there. */
export type MakeLink = (options: PeerLinkOptions, listener: PeerLinkListener) => PeerLink

/**
 * One peer connection, from its making to its end; a new attempt makes a new link.
 *
 * It is set up once with one audio, one video and one data channel in both directions, and never
 * renegotiated: cameras and microphones come and go by `setTrack`. Beside what fetches it, the only file
 * that knows simple-peer, whose bundle has no types and whose life ends with the first "failed".
 */
export class PeerLink {
  /** What arrives from the other side; its tracks are silent and black until something is sent. */
  readonly remoteStream = new MediaStream()
  readonly #peer: Peer
  readonly #listener: PeerLinkListener
  readonly #certificate: RTCCertificate | null
  readonly #frame: OwnFrame | null
  /** Marks both own tracks as belonging together, so that the other side keeps them in step. */
  readonly #outgoing = new MediaStream()
  readonly #senders = new Map<TrackKind, RTCRtpSender>()
  readonly #tracks = new Map<TrackKind, MediaStreamTrack | null>()
  readonly #receivers = new Set<RTCRtpReceiver>()
  readonly #channels: SideChannels | null
  readonly #watch: PathWatch
  /** Of questions to the connection: once it has ended, some browsers never answer. */
  readonly #unanswered = new Set<() => void>()
  #isClosed = false

  /** @param SimplePeer - the bundle's class, which comes after the first script */
  constructor(SimplePeer: PeerClass, options: PeerLinkOptions, listener: PeerLinkListener) {
    this.#listener = listener
    this.#certificate = options.certificate
    this.#frame = options.isRecovery ? openOwnFrame() : null
    this.#peer = new SimplePeer({
      initiator: options.isOfferer,
      trickle: true,
      config: {
        // Always given, also when empty: simple-peer's own default is two companies' servers abroad.
        iceServers: options.iceServers.map((server) => ({ ...server, urls: [...server.urls] })),
        iceTransportPolicy: options.policy,
        // One allocation per TURN address instead of three.
        bundlePolicy: 'max-bundle',
        ...(options.certificate === null ? {} : { certificates: [options.certificate] }),
      },
      ...(this.#frame === null ? {} : { wrtc: this.#frame.classes }),
    })
    this.#channels = this.#openChannels()
    this.#watch = new PathWatch({
      readLastHeard: () => this.#readLastHeard(),
      onSilent: () => {
        this.#listener.onSilent()
      },
      onHeard: () => {
        this.#listener.onHeard()
      },
    })
    this.#listen()
    if (options.isOfferer) this.#addTransceivers()
  }

  /** For what the two people write; null once the connection is gone. */
  get text(): TextChannel | null {
    return this.#isClosed ? null : (this.#channels?.text ?? null)
  }

  /** Whether there is no connection any more, by this side's doing or by itself. */
  get isGone(): boolean {
    return this.#isClosed || this.#peer._pc === null
  }

  /** Which certificates the connection really uses; null where that cannot be known. */
  async readFingerprints(): Promise<Fingerprints | null> {
    const connection = this.#peer._pc
    return connection === null ? null : readFingerprints(connection, this.#certificate)
  }

  /** @param track - null sends nothing of this kind, until there is one again */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    // Asked for once: the sender has it only later, and every request costs time when a picture is awaited.
    if (this.#tracks.get(kind) === track) return
    this.#tracks.set(kind, track)
    this.#sendTrack(kind, track)
  }

  /** Applies what the other side's link has said. */
  receive(signal: Signal): void {
    if (this.#isClosed || this.#peer.destroyed) return
    if (signal.type === 'description') this.#peer.signal(signal.description)
    else this.#peer.signal({ type: 'candidate', candidate: signal.candidate })
  }

  /** The network may have changed: see `PathWatch`. */
  suspect(): void {
    this.#watch.suspect()
  }

  /** What is sent of this kind, to be steered; null before it is negotiated. */
  getSender(kind: TrackKind): RTCRtpSender | null {
    return this.#isClosed ? null : (this.#senders.get(kind) ?? null)
  }

  /** @returns null once the connection has ended */
  readStats(): Promise<RTCStatsReport | null> {
    const connection = this.#isClosed ? null : this.#peer._pc
    if (connection === null) return Promise.resolve(null)
    return new Promise((resolve) => {
      const giveUp = () => {
        resolve(null)
      }
      this.#unanswered.add(giveUp)
      // Rejected when the connection has closed meanwhile, and by some browsers just after it has come up.
      connection
        .getStats()
        .then(resolve, giveUp)
        .finally(() => this.#unanswered.delete(giveUp))
    })
  }

  /** How loud the other side's sound is just now, from 0 to 1; null while none arrives. */
  readSoundLevel(): number | null {
    // What belonged to a frame that is gone may not be asked any more.
    if (this.#isClosed) return null
    for (const receiver of this.#receivers) {
      if (receiver.track.kind !== 'audio') continue
      const [source] = receiver.getSynchronizationSources()
      if (source !== undefined) return source.audioLevel ?? null
    }
    return null
  }

  /** @returns whether the text could be sent to the other side's window */
  send(text: string): boolean {
    return !this.#isClosed && this.#channels?.send(text) === true
  }

  close(): void {
    if (this.#isClosed) return
    this.#end()
    this.#peer.destroy()
  }

  #end(): void {
    this.#isClosed = true
    for (const giveUp of this.#unanswered) giveUp()
    this.#watch.stop()
    this.#channels?.close()
  }

  #openChannels(): SideChannels | null {
    const connection = this.#peer._pc
    if (connection === null) return null
    const channels = new SideChannels(connection, (text) => {
      if (!this.#isClosed) this.#listener.onMessage(text)
    })
    // Nothing can be missing before there was something.
    channels.onOpen(() => {
      if (!this.#isClosed) this.#watch.start()
    })
    return channels
  }

  /** Changes with every beat, and with every packet of sound or picture that is played. */
  #readLastHeard(): number {
    let heard = this.#channels?.beats ?? 0
    for (const receiver of this.#receivers) {
      for (const { timestamp } of receiver.getSynchronizationSources()) heard += timestamp
    }
    return heard
  }

  #listen(): void {
    this.#peer.on('signal', (data) => {
      const signal = toSignal(data)
      if (signal !== null && !this.#isClosed) this.#listener.onSignal(signal)
    })
    this.#peer.on('connect', () => void this.#reportUp())
    // Read and forgotten: nothing of ours comes this way, and what is not read piles up.
    this.#peer.on('data', () => undefined)
    // Without a listener an error would be the page's; `close` follows and says all we need.
    this.#peer.on('error', () => undefined)
    this.#peer.on('close', () => {
      this.#frame?.close()
      if (this.#isClosed) return
      this.#end()
      this.#listener.onDown()
    })
    this.#peer._pc?.addEventListener('track', (event) => {
      this.#onTransceiver(event.transceiver)
    })
  }

  /** simple-peer offers in the next microtask, so both are part of the first offer. */
  #addTransceivers(): void {
    const init: RTCRtpTransceiverInit = { direction: 'sendrecv', streams: [this.#outgoing] }
    this.#peer.addTransceiver('audio', init)
    this.#peer.addTransceiver('video', init)
    for (const transceiver of this.#peer._pc?.getTransceivers() ?? []) this.#adopt(transceiver)
  }

  /** On the answering side this runs before the answer is made (W3C webrtc § 4.4.1.5). */
  #onTransceiver(transceiver: RTCRtpTransceiver): void {
    const { track } = transceiver.receiver
    this.#receivers.add(transceiver.receiver)
    track.addEventListener('unmute', () => {
      if (!this.#isClosed) this.#listener.onFlowing()
    })
    if (!this.remoteStream.getTracks().includes(track)) this.remoteStream.addTrack(track)
    if (this.#senders.get(toKind(track)) === transceiver.sender) return
    transceiver.direction = 'sendrecv'
    transceiver.sender.setStreams(this.#outgoing)
    this.#adopt(transceiver)
  }

  #adopt(transceiver: RTCRtpTransceiver): void {
    const kind = toKind(transceiver.receiver.track)
    this.#senders.set(kind, transceiver.sender)
    const track = this.#tracks.get(kind)
    if (track !== undefined) this.#sendTrack(kind, track)
  }

  #sendTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    const sender = this.#senders.get(kind)
    if (sender === undefined || this.#isClosed) return
    // What the sender has now says nothing: a request before this one may still be on its way.
    // Rejected only when the connection has closed meanwhile, and then there is nobody to send to.
    sender.replaceTrack(track).catch(() => undefined)
  }

  /**
   * Statistics may lag behind the connection they describe, or not be had just then: asked again until
   * they name the pair.
   */
  async #reportUp(): Promise<void> {
    const report = await this.readStats()
    if (this.#isClosed) return
    const path = report === null ? null : findSelectedPath(report)
    if (path !== null) this.#listener.onUp(path)
    else setTimeout(() => void this.#reportUp(), STATS_RETRY_MS)
  }
}

const toKind = (track: MediaStreamTrack): TrackKind => (track.kind === 'audio' ? 'audio' : 'video')
