import { RING_TIMEOUT_MS, type CallView, type IceServer, type Person } from '@naervaer/shared'
import { IDLE, type CallSnapshot } from '../call/call-snapshot.ts'
import { LocalMedia } from '../call/media/local-media.ts'
import { RingTone } from '../call/ring-tone.ts'
import { Store } from '../services/store.ts'
import { t } from '../texts/text.ts'
import { ECHO_DELAY_MS, EchoLink } from './echo-link.ts'

/** - `broken`: the way through the server was not found, or was lost */
export type PracticePhase = 'start' | 'ringing' | 'talking' | 'broken' | 'ended'

/** Nobody's: no call with this name is known to any server. */
const CALL_ID = 'practice' as CallView['id']
const ECHO_ID = 'echo' as Person['id']
const OWN_ID = 'own' as Person['id']

/**
 * A call with one's own echo, in this page alone: it rings, is answered, and is hung up. To the pages of
 * a call it looks like one; the server hears nothing of it but what a TURN server hears.
 */
export class PracticeCall {
  readonly phase = new Store<PracticePhase>('start')
  readonly snapshot = new Store<CallSnapshot>(IDLE)
  readonly #tone = new RingTone()
  #iceServers: readonly IceServer[] | null = null
  #media: LocalMedia | null = null
  #link: EchoLink | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #echoes = new Set<ReturnType<typeof setTimeout>>()

  constructor() {
    this.#tone.state.subscribe(() => {
      this.snapshot.patch({ ringTone: this.#tone.state.value })
    })
  }

  /** @param iceServers - the municipality's; null practises without */
  ring(iceServers: readonly IceServer[] | null): void {
    this.close()
    this.#iceServers = iceServers
    const echo: Person = { id: ECHO_ID, name: t('practice.name') }
    this.snapshot.set({ ...IDLE, phase: 'incoming', counterpart: echo, call: makeCall(echo) })
    this.#tone.start()
    this.phase.set('ringing')
    this.#timer = setTimeout(() => {
      this.stop('start')
    }, RING_TIMEOUT_MS)
  }

  silence(): void {
    this.#tone.silence()
  }

  /** To be called in a tap: some browsers demand one for the sound. */
  answer(withCamera: boolean): void {
    if (this.phase.value !== 'ringing') return
    clearTimeout(this.#timer)
    this.#tone.stop()
    const media = new LocalMedia()
    const link = new EchoLink({ iceServers: this.#iceServers, context: new AudioContext() })
    this.#media = media
    this.#link = link
    media.tracks.subscribe(() => {
      this.#follow(media, link)
    })
    link.state.subscribe(() => {
      this.#follow(media, link)
    })
    this.#follow(media, link)
    this.phase.set('talking')
    void media.open({ withCamera })
  }

  async setCamera(isOn: boolean): Promise<void> {
    await this.#media?.setCamera(isOn)
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    await this.#media?.setMicrophone(isOn)
  }

  async togglePause(): Promise<void> {
    const isPaused = this.#media?.tracks.value.isPaused === true
    if (!isPaused) this.#link?.forget()
    await this.#media?.setPaused(!isPaused)
  }

  async recoverMedia(): Promise<void> {
    await this.#media?.recover()
  }

  /** Lets go of everything, and says what is shown then. */
  stop(phase: PracticePhase): void {
    this.close()
    this.phase.set(phase)
  }

  /** Lets go of everything at once: the lamp goes out. */
  close(): void {
    clearTimeout(this.#timer)
    for (const timer of this.#echoes) clearTimeout(timer)
    this.#echoes.clear()
    this.#tone.stop()
    const [media, link] = [this.#media, this.#link]
    this.#media = null
    this.#link = null
    media?.close()
    link?.close()
  }

  #follow(media: LocalMedia, link: EchoLink): void {
    if (link !== this.#link) return
    if (link.state.value === 'failed') {
      this.stop('broken')
      return
    }
    const { audio, video, state, isOpening, isPaused, isInterrupted } = media.tracks.value
    void link.send(audio, video)
    const { call, ownMedia, localStream } = this.snapshot.value
    if (ownMedia.camera !== state.camera) this.#echoCamera(state.camera)
    this.snapshot.patch({
      phase: 'talking',
      call: call === null ? null : { ...call, state: 'connected' },
      isLinked: link.state.value === 'linked',
      remoteStream: link.stream,
      localStream: toStream(video, localStream),
      ownMedia: state,
      ...{ isOpening, isPaused, isInterrupted },
    })
  }

  /** The echo turns its camera off and on a while later, too. */
  #echoCamera(camera: CallSnapshot['ownMedia']['camera']): void {
    const timer = setTimeout(() => {
      this.#echoes.delete(timer)
      const isOn = camera === 'on'
      this.snapshot.patch({
        counterpartMedia: { camera: isOn ? 'on' : 'off', microphone: 'on' },
      })
    }, ECHO_DELAY_MS)
    this.#echoes.add(timer)
  }
}

function makeCall(echo: Person): CallView {
  const now = Date.now()
  return {
    id: CALL_ID,
    revision: 0,
    state: 'ringing',
    worker: echo,
    citizen: { id: OWN_ID, name: '' },
    seat: 'here',
    isCounterpartPresent: true,
    media: { worker: null, citizen: null },
    generation: 0,
    isWorkerAlone: false,
    notice: 'none',
    createdAt: now,
    ringingAt: now,
    answeredAt: null,
    connectedAt: null,
    endedAt: null,
    outcome: null,
    endReason: null,
  }
}

/** The same stream as long as it shows the same: a video that is given a new one begins anew. */
function toStream(video: MediaStreamTrack | null, former: MediaStream | null): MediaStream | null {
  if (video === null) return null
  return former?.getVideoTracks()[0] === video ? former : new MediaStream([video])
}
