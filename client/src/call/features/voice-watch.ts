import type { DurationMs } from '@naervaer/shared'
import type { LocalMedia } from '../media/local-media.ts'
import type { SideLine } from '../link/side-line.ts'
import { OwnVoice } from './own-voice.ts'
import type { CallQuality } from './quality.ts'
import { SilenceMeter, VoiceMeter } from './speaking.ts'

const LISTEN_INTERVAL_MS: DurationMs = 100

/** Who has spoken into a microphone that is off has time to read that it is. */
const TOLD_FOR_MS: DurationMs = 4_000

/** Listens who speaks: to the other side by what arrives, to the own one by the microphone itself. */
export class VoiceWatch {
  readonly #line: SideLine
  readonly #quality: CallQuality
  readonly #ownVoice = new OwnVoice()
  readonly #own = new VoiceMeter()
  readonly #other = new VoiceMeter()
  #silence = new SilenceMeter()
  #track: MediaStreamTrack | null = null
  #media: LocalMedia | null = null
  #spokenInVainAtMs = -Infinity
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(line: SideLine, quality: CallQuality) {
    this.#line = line
    this.#quality = quality
  }

  start(media: LocalMedia): void {
    this.#media = media
    this.#timer = setInterval(() => {
      this.#listen()
    }, LISTEN_INTERVAL_MS)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#ownVoice.close()
  }

  #listen(): void {
    const tracks = this.#media?.tracks.value
    const atMs = performance.now()
    this.#listenTo(tracks?.audio ?? null)
    const own = this.#ownVoice.read()
    const isOn = tracks?.state.microphone === 'on'
    const isSpeaking = this.#own.take(own?.level ?? null, atMs)
    const isOtherSpeaking = this.#other.take(this.#line.link?.readSoundLevel() ?? null, atMs)
    if (isSpeaking && !isOn) this.#spokenInVainAtMs = atMs
    this.#tell(
      { own: isSpeaking && isOn, other: isOtherSpeaking },
      {
        isSpeakingWhileOff: !isOn && atMs - this.#spokenInVainAtMs < TOLD_FOR_MS,
        isMicrophoneSilent: this.#silence.take(isOn ? (own?.peak ?? null) : null, atMs),
      },
    )
  }

  #listenTo(track: MediaStreamTrack | null): void {
    if (track !== this.#track) this.#silence = new SilenceMeter()
    this.#track = track
    this.#ownVoice.listenTo(track)
  }

  #tell(
    voices: CallQuality['voices']['value'],
    notices: { readonly isSpeakingWhileOff: boolean; readonly isMicrophoneSilent: boolean },
  ): void {
    const { voices: heard, state } = this.#quality
    if (voices.own !== heard.value.own || voices.other !== heard.value.other) heard.set(voices)
    const isNew =
      notices.isSpeakingWhileOff !== state.value.isSpeakingWhileOff ||
      notices.isMicrophoneSilent !== state.value.isMicrophoneSilent
    if (isNew) state.patch(notices)
  }
}
