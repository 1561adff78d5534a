import type { DurationMs, IceServer } from '@naervaer/shared'
import { Store } from '../services/store.ts'
import { EchoPicture } from './echo-picture.ts'
import { EchoSound } from './echo-sound.ts'

/** How much later the echo says and shows the same. */
export const ECHO_DELAY_MS: DurationMs = 2_000

/** As long as a call waits before it begins anew. */
const PATIENCE_MS: DurationMs = 10_000

/** Twice there and twice back through one telephone: half the size, and no more bits than a face needs. */
const PICTURE = { maxBitrate: 600_000, scaleResolutionDownBy: 2 }

/** - `waiting`: the two connections look for their way; `failed`: they found none, or lost it */
export type EchoLinkState = 'waiting' | 'linked' | 'failed'

export interface EchoLinkOptions {
  /** Through these and no other way; null keeps everything in this device. */
  readonly iceServers: readonly IceServer[] | null
  /** Made in a tap. */
  readonly context: AudioContext
}

/**
 * Two connections of this page: what the near one sends goes out to the municipality's TURN server,
 * comes to the far one, and goes the same way back a while later. The server keeps nothing of it and
 * knows of no call.
 */
export class EchoLink {
  readonly state = new Store<EchoLinkState>('waiting')
  /** What comes back. */
  readonly stream: MediaStream
  readonly #near: RTCPeerConnection
  readonly #far: RTCPeerConnection
  readonly #context: AudioContext
  readonly #audio: RTCRtpTransceiver
  readonly #video: RTCRtpTransceiver
  readonly #timer: ReturnType<typeof setTimeout>
  #sound: EchoSound | null = null
  #picture: EchoPicture | null = null
  #isClosed = false

  constructor({ iceServers, context }: EchoLinkOptions) {
    this.#context = context
    const configuration: RTCConfiguration =
      iceServers === null ? {} : { iceServers: [...iceServers], iceTransportPolicy: 'relay' }
    this.#near = new RTCPeerConnection(configuration)
    this.#far = new RTCPeerConnection(configuration)
    this.#audio = this.#near.addTransceiver('audio')
    this.#video = this.#near.addTransceiver('video', { sendEncodings: [PICTURE] })
    this.stream = new MediaStream([this.#audio.receiver.track, this.#video.receiver.track])
    passCandidates(this.#near, this.#far)
    passCandidates(this.#far, this.#near)
    this.#near.addEventListener('connectionstatechange', () => {
      this.#follow(this.#near.connectionState)
    })
    this.#timer = setTimeout(() => {
      if (this.state.value === 'waiting') this.#fail()
    }, PATIENCE_MS)
    this.#describe().catch(() => {
      this.#fail()
    })
  }

  /** Sends these from now on; null sends nothing of its kind. */
  async send(audio: MediaStreamTrack | null, video: MediaStreamTrack | null): Promise<void> {
    if (this.#isClosed) return
    const pairs = [
      [this.#audio.sender, audio],
      [this.#video.sender, video],
    ] as const
    for (const [sender, track] of pairs) {
      // Refused only where the connection has been closed meanwhile.
      if (sender.track !== track) await sender.replaceTrack(track).catch(() => undefined)
    }
  }

  /** Forgets what has been seen and not been shown again. */
  forget(): void {
    this.#picture?.clear()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#near.close()
    this.#far.close()
    this.#picture?.close()
    if (this.#sound === null) this.#context.close().catch(() => undefined)
    else this.#sound.close()
  }

  #follow(state: RTCPeerConnectionState): void {
    if (state === 'connected') this.state.set('linked')
    else if (state === 'failed') this.#fail()
  }

  #fail(): void {
    if (!this.#isClosed) this.state.set('failed')
  }

  async #describe(): Promise<void> {
    const [near, far] = [this.#near, this.#far]
    const offer = await near.createOffer()
    await far.setRemoteDescription(offer)
    await near.setLocalDescription(offer)
    await this.#echo()
    const answer = await far.createAnswer()
    await near.setRemoteDescription(answer)
    await far.setLocalDescription(answer)
  }

  /** The far side has been told of both kinds now, and sends them back. */
  async #echo(): Promise<void> {
    const [audio, video] = this.#far.getTransceivers()
    if (this.#isClosed || audio === undefined || video === undefined) return
    const [heard, seen] = [audio.receiver.track, video.receiver.track]
    this.#picture = new EchoPicture(seen, heard, ECHO_DELAY_MS)
    this.#sound = new EchoSound(this.#context, heard, ECHO_DELAY_MS)
    for (const transceiver of [audio, video]) transceiver.direction = 'sendrecv'
    await audio.sender.replaceTrack(this.#sound.track)
    await video.sender.replaceTrack(this.#picture.track)
  }
}

function passCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // Only while the other is closing can it be refused; then it does not matter.
    if (candidate !== null) to.addIceCandidate(candidate).catch(() => undefined)
  })
}
